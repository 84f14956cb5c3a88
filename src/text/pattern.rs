//! Regular expressions that are compiled once, when they are first used.

/// Makes a static [`Regex`](regex::Regex) of each name and pattern. The tests compile all of them.
macro_rules! patterns {
    ($($(#[$doc:meta])* $name:ident = $pattern:expr;)+) => {$(
        $(#[$doc])*
        static $name: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
            regex::Regex::new(&$pattern).expect("a pattern that the tests compile")
        });
    )+};
}

pub(crate) use patterns;

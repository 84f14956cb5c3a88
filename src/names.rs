//! Macros for enums whose values have names.

/// Implements `ALL`, `as_str` and `Display` for an enum.
macro_rules! named {
    ($type:ident, $($value:ident = $name:literal),+ $(,)?) => {
        #[allow(unreachable_pub)] // some of these enums are for the crate alone
        impl $type {
            /// All values, in the order in which tables show them.
            pub const ALL: &'static [$type] = &[$($type::$value),+];

            /// The name, as tables and options write it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($type::$value => $name),+
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

/// The same, and `FromStr`; `$what` is the name of the enum in messages.
macro_rules! names {
    ($type:ident, $what:literal, $($value:ident = $name:literal),+ $(,)?) => {
        $crate::names::named!($type, $($value = $name),+);

        impl std::str::FromStr for $type {
            type Err = $crate::error::Error;

            /// The value with this name, in any case, with blanks, hyphens or underscores between its words. Otherwise an
            /// error that lists the names.
            fn from_str(name: &str) -> $crate::error::Result<$type> {
                let plain = |name: &str| name.trim().to_lowercase().replace([' ', '_'], "-");
                let found = $type::ALL.iter().find(|value| plain(value.as_str()) == plain(name));
                found.copied().ok_or_else(|| {
                    let expected = format!("one of {}", [$($name),+].join(", "));
                    $crate::error::Error::argument($what, $crate::error::quoted(name.trim()), expected)
                })
            }
        }
    };
}

pub(crate) use {named, names};

//! What reports and addenda share as text: lines, and the words that a page adds to them.

/// Lines as Unix, Windows and the old Mac end them.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let now = rest?;
        let end = now.find(['\n', '\r']);
        rest = end.map(|at| now[at..].strip_prefix("\r\n").unwrap_or(&now[at + 1..]));
        Some(&now[..end.unwrap_or(now.len())])
    })
}

/// A number as pages bear it.
pub(super) fn is_number(word: &str) -> bool {
    (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether only a running header or a footer has this word: `A/HRC/28/15/Add.1`, `GE.15-04261`, `Page`.
pub(super) fn is_of_a_header(word: &str) -> bool {
    word.starts_with("A/HRC/") || word.starts_with("GE.") || word.eq_ignore_ascii_case("page")
}

/// Whether a running header or a footer can have this word: one of those above, a number, a date or a language.
pub(super) fn may_be_of_a_header(word: &str) -> bool {
    let date = || word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_of_a_header(word) || is_number(word) || word == "(E)" || date()
}

//! Texts of strangers as they may be shown on a terminal, in a log or in a message.

use super::fold::is_invisible;
use std::borrow::Cow;

/// A text whose invisible characters are written as escapes, as [`export::visible`](fn@crate::export::visible) offers it.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match is_invisible(c) {
            true => shown.extend(c.escape_default()),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

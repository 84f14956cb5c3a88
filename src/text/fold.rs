//! Folds a character to the form in which names and words are compared: lower case, without accents, with
//! every apostrophe straight.
//!
//! Only the comparison is folded; the text itself is never changed. Used by [`state`](crate::State) for names
//! and by `words` for texts and patterns.

/// The apostrophes met in real lists: straight, curly, the U+201F of one report, and accents typed in their place.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '\u{201B}' | '\u{201F}' | '`' | '´' | 'ʼ' | '′')
}

/// Appends the folded form of `c`: nothing for a combining accent, two letters for a ligature.
#[inline]
pub(crate) fn push_folded(c: char, to: &mut String) {
    if c.is_ascii() {
        to.push(c.to_ascii_lowercase());
        return;
    }
    for lower in c.to_lowercase() {
        match base_letters(lower) {
            Some(base) => to.push_str(base),
            None if is_combining_accent(lower) => {}
            None => to.push(lower),
        }
    }
}

/// U+0300 to U+036F: accents that are as characters of their own in decomposed text (as macOS writes it).
pub(crate) fn is_combining_accent(c: char) -> bool {
    ('\u{0300}'..='\u{036F}').contains(&c)
}

/// Characters that nobody sees: control characters, soft hyphens, blanks of no width, and those that turn the direction of
/// what follows, so that a text reads as another.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}')
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
}

/// The letters behind the accented lower-case letters of Latin-1 and Latin Extended-A, and the ligatures that PDFs use.
fn base_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut to = String::new();
        text.chars().for_each(|c| push_folded(c, &mut to));
        to
    }

    #[test]
    fn accents_fall_away_in_both_unicode_forms() {
        assert_eq!(folded("CÔTE d'Ivoire"), "cote d'ivoire");
        assert_eq!(folded("Co\u{302}te"), "cote");
        assert_eq!(folded("Türkiye"), "turkiye");
        assert_eq!(folded("TÜRKİYE"), "turkiye", "the dotted capital I of Turkish");
    }

    #[test]
    fn other_scripts_stay() {
        assert_eq!(folded("Китай"), "китай");
    }
}

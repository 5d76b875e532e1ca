//! How well some letters name a text.

/// How well the letters of `query` name `text`, in order and without regard to case; `None` if they do not. Letters at the start of a
/// word and letters in a row count more, and a short text more than a long one.
pub fn score(query: &str, text: &str) -> Option<i32> {
    let mut wanted = query
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .flat_map(char::to_lowercase)
        .peekable();
    let (mut score, mut row, mut before) = (0_i32, 0, ' ');
    for letter in text.chars() {
        let same = letter.to_lowercase().next();
        if wanted.peek().is_some() && wanted.peek() == same.as_ref() {
            wanted.next();
            row += 1;
            score += 2 * row + if before.is_alphanumeric() { 0 } else { 8 };
        } else {
            row = 0;
        }
        before = letter;
    }
    let length = i32::try_from(text.chars().count()).unwrap_or(i32::MAX);
    wanted.next().is_none().then(|| {
        if query.is_empty() {
            0
        } else {
            score.saturating_mul(4).saturating_sub(length)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::score;

    fn best<'a>(query: &str, texts: &[&'a str]) -> Option<&'a str> {
        let scored = texts
            .iter()
            .filter_map(|text| Some((score(query, text)?, *text)));
        scored.max_by_key(|(score, _)| *score).map(|(_, text)| text)
    }

    #[test]
    fn letters_in_order_are_found_and_others_are_not() {
        assert!(score("bknd", "policies/backend.yaml").is_some());
        assert_eq!(score("dnkb", "policies/backend.yaml"), None);
        assert_eq!(score("", "anything"), Some(0));
    }

    #[test]
    fn starts_of_words_and_short_names_come_first() {
        assert_eq!(
            best(
                "back",
                &["storefront/feedback", "backend", "policies/backend.yaml"]
            ),
            Some("backend")
        );
        assert_eq!(
            best("ex zip", &["Export as zip", "next: extra in zip codes"]),
            Some("Export as zip")
        );
    }
}

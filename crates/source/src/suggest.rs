/// Longer words are no slips of anything, and comparing them is expensive.
const MAX_WORD: usize = 100;

/// The candidate most like `word`, if one is near enough to ask "did you mean".
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_WORD {
        return None;
    }
    let wanted = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, _)| *distance <= 1 + word.len() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_a_slip_of_the_keyboard_or_of_case() {
        let fields = ["selector", "namespaceSelector", "types"];
        assert_eq!(nearest("selectr", fields), Some("selector"));
        assert_eq!(nearest("Types", fields), Some("types"));
        assert_eq!(nearest("replicas", fields), None);
    }
}

//! What a person finds by typing: commands, documents, themes, marks.

/// How well something is meant by what was typed, the less the better; nothing where it is not. All
/// of the typed words have to stand in it, whatever their case: best at its beginning, next at the
/// beginning of a word, else inside one.
#[must_use]
pub fn rank(typed: &str, name: &str) -> Option<usize> {
    let name = name.to_lowercase();
    let typed = typed.to_lowercase();
    let mut rank = 0;
    for word in typed.split_whitespace() {
        let is_at_word = |at: usize| {
            let before = name[..at].chars().next_back();
            before.is_none_or(|c| !c.is_alphanumeric())
        };
        let mut places = name.match_indices(word).map(|(at, _)| at);
        rank += match places.next()? {
            0 => 0,
            first if is_at_word(first) || places.any(is_at_word) => 1,
            _ => 3,
        };
    }
    Some(rank)
}

/// The best of some names, of those that are as good the first, by their numbers: so many at most.
#[must_use]
pub fn best<'a>(typed: &str, names: impl Iterator<Item = &'a str>, most: usize) -> Vec<usize> {
    let ranked = names.enumerate();
    let mut ranked: Vec<(usize, usize)> = ranked
        .filter_map(|(number, name)| Some((rank(typed, name)?, number)))
        .collect();
    ranked.sort_unstable();
    ranked.truncate(most);
    ranked.into_iter().map(|(_, number)| number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_so_comes_first() {
        let names = [
            "Reopen",
            "Next document",
            "Open texts…",
            "Interview with Open Society",
        ];
        assert_eq!(best("open", names.into_iter(), 9), [2, 3, 0]);
        assert_eq!(best("OPEN te", names.into_iter(), 9), [2, 3]);
        assert_eq!(best("", names.into_iter(), 2), [0, 1]);
        assert_eq!(best("nothing", names.into_iter(), 9), [0; 0]);
        assert_eq!(rank("нефть", "Казахстан и Нефть"), Some(1));
    }
}

//! The bar below the text: what the next key is about, the themes, and what was done last.

/// The name of the bar.
pub const LABEL: &str = "Tag selection";

/// On a button beside the key that does it.
pub const NOTE: &str = "Note";

pub const WRITE_NOTE: &str = "Write a note";
pub const DELETE: &str = "Delete";
pub const DELETE_MARK: &str = "Delete the mark";

/// The name of the menu.
pub const MORE: &str = "More for the selection";

pub const SECOND_MARK: &str = "Second mark on these words";
pub const MARK_WITHOUT_THEME: &str = "Mark without a theme";

/// What a theme's key would tag.
pub fn tag(words: &str) -> String {
    format!("Tag “{words}”")
}

/// Where the mark would be put that is being attached.
pub fn attach_to(words: &str) -> String {
    format!("Attach to “{words}”")
}

/// A passage is being chosen for a mark, and none is selected yet.
pub const SELECT_PASSAGE: &str = "Select the passage in the text";

/// How to begin where there are no keys.
pub const CHOOSE_THEME: &str = "Select text, then choose a theme";

/// How to begin, with so many themes that have a key: 9 at most.
pub fn press(themes: usize) -> String {
    match themes {
        0 => "Select text, then N for a note".into(),
        1 => "Select text, then press 1".into(),
        themes => format!("Select text, then press 1–{themes}"),
    }
}

/// The three first steps, of which so many are made, with so many themes that have a key.
pub fn steps(made: usize, themes: usize, has_keys: bool) -> String {
    let tag = match themes {
        _ if !has_keys => "choose a theme".into(),
        0 => "add a theme".into(),
        1 => "press 1".into(),
        themes => format!("press 1–{themes}"),
    };
    let note = if has_keys {
        "N for a note"
    } else {
        "write a note"
    };
    let steps = ["Select words", &*tag, note].into_iter().enumerate();
    let ticked = steps.map(|(number, step)| match number < made {
        true => format!("✓ {step}"),
        false => step.to_owned(),
    });
    ticked.collect::<Vec<_>>().join(" → ")
}

/// The name of the button that takes back what was done last, with what was said of that.
pub fn undo(said: &str) -> String {
    format!("Undo: {said}")
}

/// Themes that the menu has no room for; nothing where there are none.
pub fn not_listed(themes: usize) -> Option<String> {
    super::count::more_themes(themes).map(|more| format!("{more} are not listed here"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_ticked_off_one_by_one() {
        assert_eq!(steps(0, 3, true), "Select words → press 1–3 → N for a note");
        assert_eq!(steps(1, 1, true), "✓ Select words → press 1 → N for a note");
        assert_eq!(
            steps(2, 3, false),
            "✓ Select words → ✓ choose a theme → write a note"
        );
    }
}

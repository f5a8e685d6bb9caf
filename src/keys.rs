//! One table of keys: the page's handler, the list of keys and the tips on buttons are all read
//! from it. A column for Macs has what is usual there; what their system keeps for itself, such
//! as Control with an arrow, is not in it.
//!
//! A key is named as it is written: "Ctrl+Shift+Z", "Alt+Left", "N". A letter is named by what
//! it types, or, on a layout of another script, by where it stands; a digit that a layout writes
//! with Shift is known without Shift as well.

use std::borrow::Cow;

use crate::words;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Moves the caret; with Shift, the end of the selection.
    Move(Motion),
    /// Goes to the next heading, or to the one before.
    Heading(Way),
    /// Selects the sentence after the caret or the selection, or the one before.
    Sentence(Way),
    /// Selects the paragraph after it, or the one before.
    Paragraph(Way),
    /// Selects the whole text.
    SelectAll,
    /// Chooses the mark at the caret, or attaches what is being reviewed.
    Enter,
    /// Chooses the next mark where several overlap, or the one before.
    Overlapping(Way),
    /// Tags with the theme of a number, from 1.
    Tag(usize),
    /// Writes a note.
    Note,
    /// Moves an end of a mark.
    Resize(End, Side, Step),
    /// Deletes a mark.
    Delete,
    /// Lets go of what is selected.
    Escape,
    /// Scrolls the text by a page.
    Page(Way),
    /// Chooses the next mark of the list, or the one before.
    Mark(Way),
    /// Opens the next document, or the one before.
    Document(Way),
    /// Shows what can be done, to be chosen by typing.
    Palette,
    /// Looks for words in the text.
    Find,
    /// Goes to the next hit of what is looked for, or to the one before.
    Hit(Way),
    /// Takes the last step back.
    Undo,
    /// Does it again.
    Redo,
    /// Shows the list of keys.
    Keys,
}

/// Where a caret goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// To the next character on a side.
    Character(Side),
    /// To the next word on a side.
    Word(Side),
    /// To the next line, or the one before.
    Line(Way),
    /// To the start of the next paragraph, or of this one or the one before.
    Paragraph(Way),
    /// To the line's end, or its start.
    LineEnd(Way),
    /// To the text's end, or its start.
    TextEnd(Way),
}

/// Along the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards the end.
    On,
    /// Towards the start.
    Back,
}

impl Way {
    /// The same as a number of places.
    #[must_use]
    pub fn by(self) -> isize {
        match self {
            Self::On => 1,
            Self::Back => -1,
        }
    }
}

/// As the eye sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// An end of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Where it begins.
    Start,
    /// Where it ends.
    End,
}

/// How far an end moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// By a word.
    Word,
    /// By a character.
    Character,
}

/// Under which heading the list has a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What reads and selects.
    Text,
    /// What is done to what is selected.
    Subject,
    /// The rest.
    Page,
}

impl Group {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 3] = [Self::Text, Self::Subject, Self::Page];

    /// The heading.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Text => words::keys::IN_TEXT,
            Self::Subject => words::keys::WITH_SUBJECT,
            Self::Page => words::keys::EVERYWHERE,
        }
    }
}

/// What has the keyboard focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The text.
    Text,
    /// Nothing: then keys are about the text, too.
    Nothing,
    /// A control, which has keys of its own.
    Control,
}

/// A key's name on most machines and on a Mac (empty where it has none there), and what it
/// asks for.
struct Key(&'static str, &'static str, Command);

/// A line of the list.
struct Row {
    group: Group,
    /// Whether a control that has the focus keeps these for itself.
    yields: bool,
    does: &'static str,
    keys: &'static [Key],
}

/// A key that is the same on every machine.
const fn same(name: &'static str, command: Command) -> Key {
    Key(name, name, command)
}

use Command::*;
use Motion::{Character, Line, LineEnd, TextEnd, Word};
use Side::{Left, Right};
use Way::{Back, On};

/// The table.
const TABLE: &[Row] = &[
    Row {
        group: Group::Text,
        yields: true,
        does: words::keys::MOVE_CARET,
        keys: &[
            same("Left", Move(Character(Left))),
            same("Right", Move(Character(Right))),
            same("Up", Move(Line(Back))),
            same("Down", Move(Line(On))),
        ],
    },
    Row {
        group: Group::Text,
        yields: true,
        does: words::keys::BY_WORD,
        keys: &[
            Key("Ctrl+Left", "Alt+Left", Move(Word(Left))),
            Key("Ctrl+Right", "Alt+Right", Move(Word(Right))),
        ],
    },
    Row {
        group: Group::Text,
        yields: true,
        does: words::keys::BY_PARAGRAPH,
        keys: &[
            Key("Ctrl+Up", "", Move(Motion::Paragraph(Back))),
            Key("Ctrl+Down", "", Move(Motion::Paragraph(On))),
        ],
    },
    Row {
        group: Group::Text,
        yields: true,
        does: words::keys::TO_LINE_END,
        keys: &[
            Key("Home", "Cmd+Left", Move(LineEnd(Back))),
            Key("End", "Cmd+Right", Move(LineEnd(On))),
        ],
    },
    Row {
        group: Group::Text,
        yields: true,
        does: words::keys::TO_TEXT_END,
        keys: &[
            Key("Ctrl+Home", "Cmd+Up", Move(TextEnd(Back))),
            Key("Ctrl+End", "Cmd+Down", Move(TextEnd(On))),
        ],
    },
    Row {
        group: Group::Text,
        yields: false,
        does: words::keys::HEADING,
        keys: &[same("H", Heading(On)), same("Shift+H", Heading(Back))],
    },
    Row {
        group: Group::Text,
        yields: false,
        does: words::keys::SENTENCE,
        keys: &[
            same("Alt+Down", Sentence(On)),
            same("Alt+Up", Sentence(Back)),
        ],
    },
    Row {
        group: Group::Text,
        yields: false,
        does: words::keys::PARAGRAPH,
        keys: &[
            same("Alt+Shift+Down", Paragraph(On)),
            same("Alt+Shift+Up", Paragraph(Back)),
        ],
    },
    Row {
        group: Group::Text,
        yields: false,
        does: words::keys::SELECT_ALL,
        keys: &[Key("Ctrl+A", "Cmd+A", SelectAll)],
    },
    Row {
        group: Group::Text,
        yields: true,
        does: words::keys::CHOOSE_AT_CARET,
        keys: &[same("Enter", Enter)],
    },
    Row {
        group: Group::Text,
        yields: true,
        does: words::keys::CHOOSE_OVERLAPPING,
        keys: &[
            same("Tab", Overlapping(On)),
            same("Shift+Tab", Overlapping(Back)),
        ],
    },
    Row {
        group: Group::Subject,
        yields: false,
        does: words::keys::TAG,
        keys: &[
            same("1", Tag(1)),
            same("2", Tag(2)),
            same("3", Tag(3)),
            same("4", Tag(4)),
            same("5", Tag(5)),
            same("6", Tag(6)),
            same("7", Tag(7)),
            same("8", Tag(8)),
            same("9", Tag(9)),
        ],
    },
    Row {
        group: Group::Subject,
        yields: false,
        does: words::keys::NOTE,
        keys: &[same("N", Note)],
    },
    Row {
        group: Group::Subject,
        yields: false,
        does: words::keys::MOVE_START,
        keys: &[
            same("Alt+Left", Resize(End::Start, Left, Step::Word)),
            same("Alt+Right", Resize(End::Start, Right, Step::Word)),
        ],
    },
    Row {
        group: Group::Subject,
        yields: false,
        does: words::keys::BY_CHARACTER,
        keys: &[
            same("Ctrl+Alt+Left", Resize(End::Start, Left, Step::Character)),
            same("Ctrl+Alt+Right", Resize(End::Start, Right, Step::Character)),
        ],
    },
    Row {
        group: Group::Subject,
        yields: false,
        does: words::keys::MOVE_END,
        keys: &[
            same("Alt+Shift+Left", Resize(End::End, Left, Step::Word)),
            same("Alt+Shift+Right", Resize(End::End, Right, Step::Word)),
        ],
    },
    Row {
        group: Group::Subject,
        yields: false,
        does: words::keys::BY_CHARACTER,
        keys: &[
            same(
                "Ctrl+Alt+Shift+Left",
                Resize(End::End, Left, Step::Character),
            ),
            same(
                "Ctrl+Alt+Shift+Right",
                Resize(End::End, Right, Step::Character),
            ),
        ],
    },
    Row {
        group: Group::Subject,
        yields: false,
        does: words::keys::DELETE,
        keys: &[Key("Delete", "Backspace", Delete)],
    },
    Row {
        group: Group::Subject,
        yields: false,
        does: words::keys::LET_GO,
        keys: &[same("Escape", Escape)],
    },
    Row {
        group: Group::Page,
        yields: true,
        does: words::keys::SCROLL,
        keys: &[
            same("PageDown", Page(On)),
            same("PageUp", Page(Back)),
            same("Space", Page(On)),
            same("Shift+Space", Page(Back)),
        ],
    },
    Row {
        group: Group::Page,
        yields: false,
        does: words::keys::NEXT_MARK,
        keys: &[same("J", Mark(On)), same("K", Mark(Back))],
    },
    Row {
        group: Group::Page,
        yields: false,
        does: words::keys::NEXT_DOCUMENT,
        keys: &[
            same("Alt+PageDown", Document(On)),
            same("Alt+PageUp", Document(Back)),
        ],
    },
    Row {
        group: Group::Page,
        yields: false,
        does: words::keys::PALETTE,
        keys: &[Key("Ctrl+K", "Cmd+K", Palette)],
    },
    Row {
        group: Group::Page,
        yields: false,
        does: words::keys::FIND,
        keys: &[Key("Ctrl+F", "Cmd+F", Find)],
    },
    Row {
        group: Group::Page,
        yields: false,
        does: words::keys::NEXT_HIT,
        keys: &[
            Key("F3", "Cmd+G", Hit(On)),
            Key("Shift+F3", "Shift+Cmd+G", Hit(Back)),
            Key("Ctrl+G", "F3", Hit(On)),
            Key("Ctrl+Shift+G", "Shift+F3", Hit(Back)),
        ],
    },
    Row {
        group: Group::Page,
        yields: false,
        does: words::keys::UNDO,
        keys: &[Key("Ctrl+Z", "Cmd+Z", Undo)],
    },
    Row {
        group: Group::Page,
        yields: false,
        does: words::keys::REDO,
        keys: &[
            Key("Ctrl+Shift+Z", "Shift+Cmd+Z", Redo),
            Key("Ctrl+Y", "", Redo),
        ],
    },
    Row {
        group: Group::Page,
        yields: false,
        does: words::keys::SHOW_KEYS,
        keys: &[same("?", Keys)],
    },
];

/// A key as a browser tells it.
#[derive(Clone, Debug, Default)]
pub struct Press {
    /// What it types or is called: `KeyboardEvent.key`.
    pub key: String,
    /// Where it stands: `KeyboardEvent.code`.
    pub code: String,
    /// Control is down.
    pub control: bool,
    /// Command is down, or the key of the system's sign.
    pub command: bool,
    /// Alt or Option is down.
    pub alt: bool,
    /// Shift is down.
    pub shift: bool,
}

impl Press {
    /// The name the table knows it by.
    fn name(&self) -> String {
        let place = self.code.strip_prefix("Key");
        let digit = self.code.strip_prefix("Digit").filter(|_| !self.shift);
        let mut signs = self.key.chars();
        let (key, is_sign): (Cow<'_, str>, bool) = match (signs.next(), signs.next()) {
            // WebKitGTK has no name for the key that Shift makes of Tab.
            _ if self.code == "Tab" => ("Tab".into(), false),
            (Some(' '), None) => ("Space".into(), false),
            (Some(sign), None) if sign.is_ascii_digit() => (self.key.as_str().into(), true),
            _ if digit.is_some() => (digit.unwrap_or_default().into(), true),
            (Some(sign), None) if sign.is_ascii_alphabetic() => {
                (sign.to_ascii_uppercase().to_string().into(), false)
            }
            // On a Mac, Option makes other signs of letters; elsewhere it is another script.
            (Some(sign), None) if !sign.is_ascii() && place.is_some() => {
                (place.unwrap_or_default().into(), false)
            }
            (Some(_), None) => (self.key.as_str().into(), true),
            _ => {
                let arrow = self.key.strip_prefix("Arrow");
                (arrow.unwrap_or(&self.key).into(), false)
            }
        };
        let held = [
            ("Ctrl+", self.control),
            ("Alt+", self.alt),
            // What a sign needs Shift for, another layout may have without.
            ("Shift+", self.shift && !is_sign),
            ("Cmd+", self.command),
        ];
        let mut name = String::new();
        for (modifier, _) in held.iter().filter(|(_, is_down)| *is_down) {
            name += modifier;
        }
        name + &key
    }
}

/// What a key asks for here, and whether a movement is to select.
///
/// `has_chosen` tells whether a mark is chosen: on a Mac, Option with an arrow moves that one's
/// ends, and the caret where there is none. Without `single` no key acts that only types.
#[must_use]
pub fn command(
    press: &Press,
    is_mac: bool,
    focus: Focus,
    has_chosen: bool,
    single: bool,
) -> Option<(Command, bool)> {
    let name = press.name();
    if !single && is_single(&name) {
        return None;
    }
    let resizes = |command: &Command| matches!(command, Resize(..));
    let rows = TABLE
        .iter()
        .filter(|row| focus != Focus::Control || !row.yields);
    let keys = || rows.clone().flat_map(|row| row.keys);
    let is = |key: &&Key, name: &str| *key.name(is_mac) == *name;
    let usable = |key: &&Key| !is_mac || has_chosen || !resizes(&key.2);
    let exact: Vec<&Key> = keys().filter(|key| is(key, &name) && usable(key)).collect();
    // Of two that bear one name, the mark's ends come first.
    let found = exact.iter().find(|key| resizes(&key.2)).or(exact.first());
    if let Some(key) = found {
        return Some((key.2, false));
    }
    let bare = name.replacen("Shift+", "", 1);
    let moves = |key: &&Key| matches!(key.2, Move(_)) && bare != name && is(key, &bare);
    keys().find(moves).map(|key| (key.2, true))
}

impl Key {
    fn name(&self, is_mac: bool) -> &'static str {
        if is_mac { self.1 } else { self.0 }
    }
}

/// Whether a name is that of a key that types something, with nothing but Shift held.
fn is_single(name: &str) -> bool {
    name.trim_start_matches("Shift+").chars().count() == 1
}

/// A key for the eye: "Ctrl + Shift + Z", on a Mac "⇧⌘Z".
#[must_use]
pub fn shown(name: &str, is_mac: bool) -> String {
    let parts = name.split('+').map(|part| words::keys::cap(part, is_mac));
    let parts: Vec<&str> = parts.collect();
    parts.join(if is_mac { "" } else { " + " })
}

/// The first key for a command, for the eye; nothing where this kind of machine has none.
#[must_use]
pub fn tip(command: Command, is_mac: bool) -> Option<String> {
    let mut keys = TABLE.iter().flat_map(|row| row.keys);
    let key = keys.find(|key| key.2 == command)?.name(is_mac);
    (!key.is_empty()).then(|| shown(key, is_mac))
}

/// The lines of the list under a heading: keys for the eye, each of which does it, and what that
/// is.
pub fn listed(group: Group, is_mac: bool) -> impl Iterator<Item = (Vec<String>, &'static str)> {
    let rows = TABLE.iter().filter(move |row| row.group == group);
    rows.filter_map(move |row| {
        let names = row.keys.iter().map(|key| key.name(is_mac));
        let names: Vec<String> = names
            .filter(|name| !name.is_empty())
            .map(|name| shown(name, is_mac))
            .collect();
        let keys = match names.as_slice() {
            [] => return None,
            [first, .., last] if names.len() > 4 => vec![words::keys::range(first, last)],
            _ => names,
        };
        Some((keys, row.does))
    })
}

/// Keys of the list of documents, which has them while the focus is in it, and what they do there.
const OF_DOCUMENTS: [(&[&str], &str); 9] = [
    (&["Up", "Down"], words::keys::BESIDE),
    (&["Home", "End"], words::keys::AT_END),
    (&["Enter"], words::keys::OPEN_DOCUMENT),
    (&["Left", "Right"], words::keys::FOLD),
    (&["Ctrl+Space"], words::keys::CHOOSE_BESIDES),
    (&["Shift+Up", "Shift+Down"], words::keys::CHOOSE_UP_TO),
    (
        &["Alt+Shift+Up", "Alt+Shift+Down"],
        words::keys::MOVE_TO_FOLDER,
    ),
    (&["F2"], words::keys::DESCRIBE),
    (&["Delete"], words::keys::DELETE_DOCUMENT),
];

/// The lines of the list with what keys do in the list of documents.
pub fn of_documents(is_mac: bool) -> impl Iterator<Item = (Vec<String>, &'static str)> {
    OF_DOCUMENTS.into_iter().map(move |(keys, does)| {
        let keys = keys.iter().map(|name| shown(name, is_mac));
        (keys.collect(), does)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key by its name, as a browser would tell it.
    fn press(name: &str) -> Press {
        let mut press = Press::default();
        for part in name.split('+') {
            match part {
                "Ctrl" => press.control = true,
                "Cmd" => press.command = true,
                "Alt" => press.alt = true,
                "Shift" => press.shift = true,
                "Left" | "Right" | "Up" | "Down" => press.key = format!("Arrow{part}"),
                "Space" => press.key = " ".into(),
                letter if letter.len() == 1 && !press.shift => press.key = letter.to_lowercase(),
                key => press.key = key.into(),
            }
        }
        press
    }

    #[track_caller]
    fn check(name: &str, is_mac: bool, expect: Option<(Command, bool)>) {
        let found = command(&press(name), is_mac, Focus::Text, true, true);
        assert_eq!(found, expect, "{name}");
    }

    #[test]
    fn every_key_of_the_table_asks_for_what_stands_beside_it() {
        for is_mac in [false, true] {
            for key in TABLE.iter().flat_map(|row| row.keys) {
                let name = key.name(is_mac);
                if name.is_empty() {
                    continue;
                }
                assert_eq!(press(name).name(), name, "as it is written");
                // On a Mac one name is a word's movement as well, where no mark is chosen.
                let has_chosen = !matches!(key.2, Move(_));
                let found = command(&press(name), is_mac, Focus::Text, has_chosen, true);
                assert_eq!(found, Some((key.2, false)), "{name}");
            }
        }
    }

    #[test]
    fn no_two_keys_bear_one_name_but_the_macs_option_arrows() {
        for is_mac in [false, true] {
            let mut names: Vec<_> = TABLE.iter().flat_map(|row| row.keys).collect();
            names.retain(|key| !key.name(is_mac).is_empty());
            let count = names.len();
            names.sort_by_key(|key| key.name(is_mac));
            names.dedup_by_key(|key| key.name(is_mac));
            assert_eq!(count - names.len(), if is_mac { 2 } else { 0 });
        }
    }

    #[test]
    fn on_a_mac_the_system_keeps_control_with_an_arrow() {
        for key in TABLE.iter().flat_map(|row| row.keys) {
            let name = key.name(true);
            let is_kept = ["Ctrl+Left", "Ctrl+Right", "Ctrl+Up", "Ctrl+Down"].contains(&name);
            assert!(!is_kept, "{name}");
            assert!(!key.name(false).contains("Cmd"), "{}", key.name(false));
        }
    }

    #[test]
    fn shift_makes_movements_select_and_nothing_else() {
        check("Shift+Right", false, Some((Move(Character(Right)), true)));
        check("Ctrl+Shift+End", false, Some((Move(TextEnd(On)), true)));
        check("Shift+Cmd+Left", true, Some((Move(LineEnd(Back)), true)));
        check("Shift+Escape", false, None);
        check("Ctrl+Shift+A", false, None);
    }

    #[test]
    fn option_with_an_arrow_moves_the_caret_of_a_mac_where_no_mark_is_chosen() {
        let by_word = |name| command(&press(name), true, Focus::Text, false, true);
        assert_eq!(by_word("Alt+Left"), Some((Move(Word(Left)), false)));
        assert_eq!(by_word("Alt+Shift+Left"), Some((Move(Word(Left)), true)));
        check(
            "Alt+Left",
            true,
            Some((Resize(End::Start, Left, Step::Word), false)),
        );
    }

    #[test]
    fn digits_and_letters_are_known_by_where_they_stand_as_well() {
        let typed = |key: &str, code: &str, shift| {
            let press = Press {
                key: key.into(),
                code: code.into(),
                shift,
                ..Press::default()
            };
            command(&press, false, Focus::Text, false, true).map(|(command, _)| command)
        };
        // A French layout writes digits with Shift, a Russian one has other letters.
        for (key, code, shift, expect) in [
            ("&", "Digit1", false, Some(Tag(1))),
            ("1", "Digit1", true, Some(Tag(1))),
            ("ç", "Digit9", false, Some(Tag(9))),
            ("3", "Numpad3", false, Some(Tag(3))),
            ("!", "Digit1", true, None),
            ("т", "KeyY", false, None),
            ("Т", "KeyN", true, None),
            ("т", "KeyN", false, Some(Note)),
            ("р", "KeyH", false, Some(Heading(On))),
            ("Р", "KeyH", true, Some(Heading(Back))),
            ("?", "Minus", true, Some(Keys)),
            ("N", "KeyN", false, Some(Note)),
            ("Unidentified", "Tab", true, Some(Overlapping(Back))),
        ] {
            assert_eq!(typed(key, code, shift), expect, "{key} {code}");
        }
        let undo = Press {
            key: "я".into(),
            code: "KeyZ".into(),
            control: true,
            ..Press::default()
        };
        assert_eq!(
            command(&undo, false, Focus::Text, false, true),
            Some((Undo, false))
        );
    }

    #[test]
    fn a_control_keeps_its_own_keys_and_whoever_dictates_all_that_type() {
        let at = |name, focus, single| {
            let found = command(&press(name), false, focus, false, single);
            found.map(|(command, _)| command)
        };
        assert_eq!(at("Space", Focus::Control, true), None);
        assert_eq!(at("Enter", Focus::Control, true), None);
        assert_eq!(at("Enter", Focus::Nothing, true), Some(Enter));
        assert_eq!(at("2", Focus::Control, true), Some(Tag(2)));
        for name in ["2", "N", "Shift+H", "?"] {
            assert_eq!(at(name, Focus::Text, false), None, "{name}");
        }
        assert_eq!(at("Alt+Down", Focus::Text, false), Some(Sentence(On)));
        assert_eq!(at("Delete", Focus::Text, false), Some(Delete));
    }

    #[test]
    fn keys_are_shown_as_the_machine_has_them() {
        assert_eq!(tip(Redo, false).as_deref(), Some("Ctrl + Shift + Z"));
        assert_eq!(tip(Redo, true).as_deref(), Some("⇧⌘Z"));
        assert_eq!(tip(Move(Motion::Paragraph(On)), true), None);
        let lines = |group, is_mac| -> Vec<_> {
            listed(group, is_mac)
                .map(|(keys, does)| format!("{}: {does}", keys.join(", ")))
                .collect()
        };
        let subject = lines(Group::Subject, false);
        assert_eq!(subject[0], "1 to 9: Tag with a theme, or take it away");
        assert!(subject.contains(&"Alt + ←, Alt + →: Move the start of the mark by a word".into()));
        let text = lines(Group::Text, true);
        assert_eq!(text[0], "←, →, ↑, ↓: Move the caret; with Shift, select");
        assert_eq!(text[1], "⌥←, ⌥→: … by a word");
        assert!(!text.iter().any(|line| line.ends_with("by a paragraph")));
    }
}

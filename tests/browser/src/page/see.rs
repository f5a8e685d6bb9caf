//! What a person sees.

use serde::Deserialize;
use serde_json::json;

use super::Page;

/// A registered highlight's range.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Highlight {
    /// The highlight's name.
    pub name: String,
    /// Where it begins in the text, in UTF-16 code units.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The text between.
    pub text: String,
}

/// An entry of the region "Annotations".
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Entry {
    /// The quoted passage.
    pub quote: String,
    /// Names of its themes.
    pub themes: Vec<String>,
    /// Its note, empty for none.
    pub note: String,
    /// What is said where it has no place, empty where it has.
    pub unplaced: String,
    /// Whether it is the selected one.
    pub current: bool,
    /// When it was made, as it is shown.
    pub time: String,
}

/// An open dialog.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Dialog {
    /// Its heading.
    pub heading: String,
    /// Its paragraphs and list items.
    pub lines: Vec<String>,
    /// Whether it keeps the rest of the page out of reach.
    pub modal: bool,
}

/// A rectangle of the viewport, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct Rectangle {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Rectangle {
    /// Whether two rectangles have a place in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

impl Page {
    /// Every registered highlight, in text order.
    #[must_use]
    pub fn highlights(&self) -> Vec<Highlight> {
        self.ask("painted", json!([]))
    }

    /// The texts of the highlights whose name begins so, in text order: `tint-1` for
    /// what one mark lies over, `line-0` for what is underlined as the first theme is.
    #[must_use]
    pub fn painted(&self, name: &str) -> Vec<String> {
        let highlights = self.highlights();
        let named = highlights.into_iter().filter(|highlight| {
            highlight.name == name
                || highlight
                    .name
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('-'))
        });
        named.map(|highlight| highlight.text).collect()
    }

    /// The region "Annotations", entry by entry.
    #[must_use]
    pub fn list(&self) -> Vec<Entry> {
        self.ask("list", json!([]))
    }

    /// The quotes of the list.
    #[must_use]
    pub fn quotes(&self) -> Vec<String> {
        self.list().into_iter().map(|entry| entry.quote).collect()
    }

    /// The list, an entry a line: `quote [themes] note`.
    #[must_use]
    pub fn listed(&self) -> Vec<String> {
        let line = |entry: Entry| {
            format!(
                "{} [{}] {}",
                entry.quote,
                entry.themes.join(", "),
                entry.note
            )
            .trim_end()
            .to_owned()
        };
        self.list().into_iter().map(line).collect()
    }

    /// The quote of the selected annotation.
    #[must_use]
    pub fn current(&self) -> Option<String> {
        let current = self.list().into_iter().find(|entry| entry.current);
        current.map(|entry| entry.quote)
    }

    /// What is selected in the page, as it would be copied.
    #[must_use]
    pub fn selection(&self) -> String {
        self.ask("selection", json!([]))
    }

    /// Sees that a passage is selected and that it can be tagged.
    #[track_caller]
    pub fn see_selected(&self, passage: &str) {
        let shown = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.see(
            "the selection",
            |page| shown(page.selection()),
            shown(passage.into()),
        );
        // The page has taken it over when the code bar says what would be tagged.
        self.wait(&format!("the code bar is about “{passage}”"), || {
            let about = self.about();
            about.starts_with("Tag “") || about.starts_with("Attach to “")
        });
    }

    /// What the code bar says the next key is about.
    #[must_use]
    pub fn about(&self) -> String {
        self.script("return document.querySelector('.about')?.textContent ?? '';")
    }

    /// Whether something can be tagged: a passage is selected, or a mark.
    #[must_use]
    pub fn can_tag(&self) -> bool {
        self.script("return !document.querySelector('.code-bar .note-button[aria-disabled=true]');")
    }

    /// What is written in the field of a note that is open.
    #[must_use]
    pub fn note_field(&self) -> Option<String> {
        self.script("return document.querySelector('.note-editor textarea')?.value ?? null;")
    }

    /// What is said, and whether it is saved.
    #[must_use]
    pub fn status(&self) -> String {
        self.ask("status", json!([]))
    }

    /// Waits until the status line says something.
    #[track_caller]
    pub fn see_status(&self, words: &str) {
        self.see(
            "the status line",
            |page| {
                let status = page.status();
                if status.contains(words) {
                    words.to_owned()
                } else {
                    status
                }
            },
            words,
        );
    }

    /// Waits until the page says that everything is saved.
    #[track_caller]
    pub fn see_saved(&self) {
        self.wait("the page says “Saved”", || {
            let status = self.status();
            status == "Saved" || status.ends_with("· Saved")
        });
    }

    /// What the page warns of, one text an alert.
    #[must_use]
    pub fn alerts(&self) -> Vec<String> {
        self.ask("alerts", json!([]))
    }

    /// Waits for a warning that says all of this.
    #[track_caller]
    pub fn see_alert(&self, words: &[&str]) {
        self.wait("the page says so", || {
            let says = |alert: &String| words.iter().all(|words| alert.contains(words));
            self.alerts().iter().any(says)
        });
    }

    /// What the page tells in passing, one text a notice.
    #[must_use]
    pub fn notices(&self) -> Vec<String> {
        self.ask("notices", json!([]))
    }

    /// Waits for a notice that says so.
    #[track_caller]
    pub fn see_notice(&self, words: &str) {
        self.wait(&format!("the page tells “{words}”"), || {
            self.notices().iter().any(|notice| notice.contains(words))
        });
    }

    /// Whether something of a role and a name is to be seen.
    #[must_use]
    pub fn has(&self, role: &str, name: &str) -> bool {
        self.ask("has", json!([role, name]))
    }

    /// The names of the buttons in the code bar, a menu, a region or a group.
    #[must_use]
    pub fn buttons_in(&self, role: &str, name: &str) -> Vec<String> {
        self.ask("buttons", json!([role, name]))
    }

    /// What a button says of itself by an attribute, `aria-pressed` say.
    #[must_use]
    pub fn attribute_of(&self, button: &str, attribute: &str) -> Option<String> {
        self.ask("attribute", json!([button, null, attribute]))
    }

    /// Whether a theme's button in the code bar is pressed; none where it can't be.
    #[must_use]
    pub fn pressed_in_bar(&self, button: &str) -> Option<String> {
        self.ask(
            "attribute",
            json!([button, ["toolbar", "Tag selection"], "aria-pressed"]),
        )
    }

    /// The open dialog.
    #[must_use]
    pub fn dialog(&self) -> Option<Dialog> {
        self.ask("dialog", json!([]))
    }

    /// Waits for the dialog with a heading, and gives its paragraphs and items.
    #[track_caller]
    pub fn see_dialog(&self, heading: &str) -> Vec<String> {
        let open = |page: &Self| page.dialog().map(|dialog| dialog.heading);
        self.see("the open dialog", open, Some(heading.to_owned()));
        self.dialog().map(|dialog| dialog.lines).unwrap_or_default()
    }

    /// What the tooltip says.
    #[must_use]
    pub fn tooltip(&self) -> Option<String> {
        self.ask("tooltip", json!([]))
    }

    /// The headline of the open article.
    #[must_use]
    pub fn headline(&self) -> String {
        self.ask("openArticle", json!([]))
    }

    /// The article's text, as exports mean it: its blocks joined by a line feed.
    #[must_use]
    pub fn text(&self) -> String {
        self.ask("text", json!([]))
    }

    /// Whether all of a passage is in the pane.
    #[must_use]
    pub fn in_view(&self, passage: &str) -> bool {
        self.ask("inPane", json!([passage]))
    }

    /// The rectangles of a passage's lines.
    #[must_use]
    pub fn lines_of(&self, passage: &str) -> Vec<Rectangle> {
        self.ask("passageArea", json!([passage]))
    }

    /// Where something of a role and a name stands.
    #[must_use]
    pub fn area_of(&self, role: &str, name: &str) -> Rectangle {
        self.ask("areaOf", json!([role, name]))
    }
}

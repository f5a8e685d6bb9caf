//! What a person does with a mouse.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use thirtyfour::action_chain::ActionChain;

use super::Page;

/// How long the pointer takes from one place to the next.
const GLIDE: Duration = Duration::from_millis(40);

/// A point of the viewport, in CSS pixels.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// Where in the pane a passage is brought before something is done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Its first line at the upper edge.
    Top,
    /// Its middle in the middle.
    Middle,
    /// Its last line at the lower edge.
    Bottom,
}

impl Page {
    /// Scrolls to a passage and selects it by dragging the pointer over it.
    ///
    /// # Panics
    /// When something lies over the passage, as it would for a person.
    #[track_caller]
    pub fn drag_over(&self, passage: &str) {
        self.drag_over_at(passage, At::Middle);
    }

    /// The same with the passage at another place of the pane.
    ///
    /// # Panics
    /// When something lies over the passage.
    #[track_caller]
    pub fn drag_over_at(&self, passage: &str, at: At) {
        self.scroll_to(passage, at);
        let [from, to]: [Point; 2] = self.ask("ends", json!([passage]));
        self.uncovered(passage, from);
        let chain = self
            .pointer()
            .move_to(from.x.round() as i64, from.y.round() as i64);
        let chain = chain.click_and_hold();
        // Two steps, as a hand does it: an engine takes one step of a few pixels for a
        // trembling click.
        let (x, y) = ((from.x + to.x) / 2.0, (from.y + to.y) / 2.0);
        let chain = chain.move_to(x.round() as i64, y.round() as i64);
        let chain = chain
            .move_to(to.x.round() as i64, to.y.round() as i64)
            .release();
        self.run(chain.perform());
    }

    /// Drags the handle at the start or the end of the selected mark to the end of a passage.
    ///
    /// # Panics
    /// When there is no such handle.
    #[track_caller]
    pub fn drag_handle(&self, start: bool, passage: &str) {
        let from = self.handle(if start { "start" } else { "end" });
        self.drag(from, self.end_of(passage));
    }

    /// Where the handle at the start or the end of the chosen mark is.
    #[must_use]
    #[track_caller]
    pub fn handle(&self, end: &str) -> Point {
        self.script(&format!(
            "const area = document.querySelector('.handle.{end}').getBoundingClientRect();
             return {{ x: area.left + area.width / 2, y: area.top + area.height / 2 }};"
        ))
    }

    /// Where a passage ends: well inside the last sign, since at its edge engines differ by a
    /// pixel.
    #[must_use]
    #[track_caller]
    pub fn end_of(&self, passage: &str) -> Point {
        let [_, mut to]: [Point; 2] = self.ask("ends", json!([passage]));
        to.x -= 3.0;
        to
    }

    /// The middle of a passage's first line.
    #[must_use]
    #[track_caller]
    pub fn middle_of(&self, passage: &str) -> Point {
        self.ask("middle", json!([passage]))
    }

    /// Selects a passage by dragging, and sees that it is selected and can be tagged.
    #[track_caller]
    pub fn select(&self, passage: &str) {
        self.drag_over(passage);
        self.see_selected(passage);
    }

    /// Selects a passage by dragging and tags it by a theme's number.
    #[track_caller]
    pub fn mark(&self, passage: &str, number: &str) {
        self.select(passage);
        self.press(number);
        self.wait(&format!("“{passage}” is in the list"), || {
            self.list()
                .iter()
                .any(|entry| entry.quote == passage && entry.current)
        });
    }

    /// Writes a note on what is selected, by keys.
    #[track_caller]
    pub fn note(&self, words: &str) {
        self.press("n");
        self.see_note_field();
        self.write(words);
        self.press("Escape");
        self.see(
            "the field of the note is closed",
            Page::note_field,
            None::<String>,
        );
    }

    /// Waits until a note can be written.
    #[track_caller]
    pub fn see_note_field(&self) {
        self.see("the focus", Page::focused, "Note".to_owned());
    }

    /// Clicks in the middle of a passage's first line.
    ///
    /// # Panics
    /// When something lies over it.
    #[track_caller]
    pub fn click_on(&self, passage: &str) {
        let point = self.meet(passage);
        self.run(self.pointer().move_to(point.0, point.1).click().perform());
    }

    /// Rests the pointer on a passage.
    ///
    /// # Panics
    /// When something lies over it.
    #[track_caller]
    pub fn hover(&self, passage: &str) {
        let (x, y) = self.meet(passage);
        // From beside, since a pointer that has not moved says nothing.
        self.run(self.pointer().move_to(x + 3, y).move_to(x, y).perform());
    }

    #[track_caller]
    fn meet(&self, passage: &str) -> (i64, i64) {
        let in_view: bool = self.ask("inPane", json!([passage]));
        if !in_view {
            self.scroll_to(passage, At::Middle);
        }
        let point: Point = self.ask("middle", json!([passage]));
        self.uncovered(passage, point);
        (point.x.round() as i64, point.y.round() as i64)
    }

    #[track_caller]
    fn uncovered(&self, passage: &str, at: Point) {
        let cover: Option<String> = self.ask("coverAt", json!([at.x, at.y]));
        if let Some(cover) = cover {
            panic!("“{passage}” can't be reached by the pointer: {cover} lies over it.");
        }
    }

    /// Scrolls the pane so that a passage stands at its top, middle or bottom, once it is there:
    /// a page that has loaded still draws what is further down.
    #[track_caller]
    pub fn scroll_to(&self, passage: &str, at: At) {
        let at = format!("{at:?}").to_lowercase();
        self.wait(&format!("“{passage}” is in the article"), || {
            self.ask("bring", json!([passage, at]))
        });
        // Scrolling is told to the page with the next frame.
        self.settle();
    }

    /// Clicks the button of a name.
    ///
    /// # Panics
    /// When there is not exactly one.
    #[track_caller]
    pub fn click(&self, button: &str) {
        self.run(self.find("button", json!([button])).click());
    }

    /// Clicks a button inside the code bar, menu, region or dialog of a name.
    ///
    /// # Panics
    /// When there is not exactly one.
    #[track_caller]
    pub fn click_in(&self, role: &str, name: &str, button: &str) {
        self.run(self.find("button", json!([button, [role, name]])).click());
    }

    /// Chooses a line of the menu "More".
    ///
    /// # Panics
    /// When there is not exactly one.
    #[track_caller]
    pub fn menu(&self, line: &str) {
        self.click("More");
        self.click_in("menu", "More", line);
    }

    /// Chooses a line of the code bar's menu.
    ///
    /// # Panics
    /// When there is not exactly one.
    #[track_caller]
    pub fn menu_of_bar(&self, line: &str) {
        self.click("More for the selection");
        self.click_in("menu", "More for the selection", line);
    }

    /// Clicks a theme, "Note" or "Delete" in the code bar.
    #[track_caller]
    pub fn click_in_bar(&self, button: &str) {
        self.click_in("toolbar", "Tag selection", button);
    }

    /// Clicks a passage's entry in the list.
    #[track_caller]
    pub fn click_entry(&self, quote: &str) {
        self.run(self.find("entry", json!([quote])).click());
    }

    /// Clicks on the note in a passage's entry in the list.
    #[track_caller]
    pub fn click_on_note(&self, quote: &str) {
        let entry = self.find("entry", json!([quote]));
        let note = self.run(entry.find(thirtyfour::By::Css(".note")));
        self.run(note.click());
    }

    /// Drags the pointer from one point to another.
    pub fn drag(&self, from: Point, to: Point) {
        let chain = moved(self.pointer(), from).click_and_hold();
        let middle = Point {
            x: (from.x + to.x) / 2.0,
            y: (from.y + to.y) / 2.0,
        };
        let chain = moved(moved(chain, middle), to);
        self.run(chain.release().perform());
    }

    /// Puts a value into the first field or choice that a selector finds, and says so by an event as the
    /// browser would: `input` or `change`.
    #[track_caller]
    pub fn put(&self, selector: &str, value: &str, event: &str) {
        let [selector, value, event] = [selector, value, event].map(|words| json!(words));
        let _: bool = self.script(&format!(
            "const field = document.querySelector({selector});
             field.value = {value};
             field.dispatchEvent(new Event({event}, {{ bubbles: true }}));
             return true;"
        ));
    }

    /// Clicks at a point while a key such as Ctrl is held.
    pub fn click_holding(&self, key: thirtyfour::Key, at: Point) {
        let chain = moved(self.pointer().key_down(key.clone()), at).click();
        self.run(chain.key_up(key).perform());
    }

    /// Drags the pointer from one point to another, and presses Escape before it is let go of.
    pub fn drag_called_off(&self, from: Point, to: Point) {
        let chain = moved(moved(self.pointer(), from).click_and_hold(), to);
        let chain = chain
            .key_down(thirtyfour::Key::Escape)
            .key_up(thirtyfour::Key::Escape);
        self.run(chain.release().perform());
    }

    /// Drags the pointer along some points, lets it go, and presses a key so long after; in the
    /// same breath where that is no time at all.
    ///
    /// # Panics
    /// When there are no points.
    #[track_caller]
    pub fn drag_along(&self, points: &[Point], key: char, after: Duration) {
        let (first, rest) = points.split_first().expect("points");
        let chain = self
            .web()
            .action_chain_with_delay(Some(Duration::ZERO), Some(Duration::from_millis(12)));
        let chain = moved(chain, *first).click_and_hold();
        let chain = rest.iter().copied().fold(chain, moved).release();
        if after.is_zero() {
            self.run(chain.key_down(key).key_up(key).perform());
        } else {
            self.run(chain.perform());
            std::thread::sleep(after);
            self.press(&key.to_string());
        }
    }

    /// Scrolls until a stretch of the text is in the pane, in UTF-16 code units, and tells where
    /// it begins and ends.
    #[track_caller]
    pub fn edges_of(&self, start: usize, end: usize) -> [Point; 2] {
        let _: Option<()> = self.ask("bringSpan", json!([start, end]));
        self.settle();
        self.ask("edges", json!([start, end]))
    }

    /// The place in the text that is nearest to a point, in UTF-16 code units, worked out from
    /// where its signs stand.
    #[must_use]
    pub fn offset_near(&self, at: Point) -> usize {
        self.ask("offsetNear", json!([at.x, at.y]))
    }

    /// Clicks at a point.
    pub fn click_at(&self, at: Point) {
        self.run(moved(self.pointer(), at).click().perform());
    }

    /// Clicks at a point twice.
    pub fn double_click_at(&self, at: Point) {
        self.run(moved(self.pointer(), at).click().click().perform());
    }

    /// Moves the pointer from point to point.
    pub fn move_over(&self, points: &[Point]) {
        let chain = points.iter().copied().fold(self.pointer(), moved);
        self.run(chain.perform());
    }

    fn pointer(&self) -> ActionChain {
        self.web()
            .action_chain_with_delay(Some(Duration::ZERO), Some(GLIDE))
    }
}

fn moved(chain: ActionChain, to: Point) -> ActionChain {
    chain.move_to(to.x.round() as i64, to.y.round() as i64)
}

//! What a person does with the keyboard.

use std::time::Duration;

use serde_json::json;
use thirtyfour::Key;

use super::Page;

impl Page {
    /// Presses a key, or several together: `"2"`, `"Enter"`, `"Ctrl+Shift+Z"`.
    ///
    /// # Panics
    /// When there is no key of that name.
    #[track_caller]
    pub fn press(&self, chord: &str) {
        let (held, key) = chord.rsplit_once('+').unwrap_or(("", chord));
        let held: Vec<char> = held
            .split('+')
            .filter(|name| !name.is_empty())
            .map(key_named)
            .collect();
        let key = key_named(key);
        let mut chain = self
            .web()
            .action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO));
        for modifier in &held {
            chain = chain.key_down(*modifier);
        }
        chain = chain.key_down(key).key_up(key);
        for modifier in held.iter().rev() {
            chain = chain.key_up(*modifier);
        }
        self.run(chain.perform());
    }

    /// Presses a key a number of times.
    #[track_caller]
    pub fn press_times(&self, times: usize, chord: &str) {
        for _ in 0..times {
            self.press(chord);
        }
    }

    /// Types a text, key by key.
    pub fn write(&self, text: &str) {
        let chain = self
            .web()
            .action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO));
        self.run(chain.send_keys(text).perform());
    }

    /// Pastes a text into a field, in the place of what is in it.
    ///
    /// # Panics
    /// When there is no such field.
    #[track_caller]
    pub fn paste(&self, field: &str, text: &str) {
        let pasted: bool = self.ask("paste", json!([field, text]));
        assert!(pasted, "there is no field “{field}”");
    }

    /// Goes on by Tab until something of a name has the focus.
    ///
    /// # Panics
    /// When it is not reached.
    #[track_caller]
    pub fn tab_to(&self, name: &str) {
        let mut passed = Vec::new();
        for _ in 0..60 {
            self.press("Tab");
            let focused = self.focused();
            if focused == name {
                return;
            }
            passed.push(focused);
        }
        panic!("“{name}” can't be reached by Tab; passed: {passed:?}");
    }

    /// What has the focus: "article", or the name of a control.
    #[must_use]
    pub fn focused(&self) -> String {
        self.ask("focused", json!([]))
    }
}

#[track_caller]
fn key_named(name: &str) -> char {
    let key = match name {
        "Ctrl" => Key::Control,
        "Shift" => Key::Shift,
        "Alt" => Key::Alt,
        "Tab" => Key::Tab,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Delete" => Key::Delete,
        "Space" => Key::Space,
        "Home" => Key::Home,
        "PageDown" => Key::PageDown,
        "PageUp" => Key::PageUp,
        "End" => Key::End,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "Up" => Key::Up,
        "Down" => Key::Down,
        "F2" => Key::F2,
        "F3" => Key::F3,
        _ => {
            let mut signs = name.chars();
            return match (signs.next(), signs.next()) {
                (Some(sign), None) => sign,
                _ => panic!("there is no key “{name}”"),
            };
        }
    };
    key.into()
}

//! Several windows on the same page, in one browser.

use serde_json::json;
use thirtyfour::WindowHandle;

use super::Page;
use crate::settings::{Engine, engine};

impl Page {
    /// The window that is asked and acted on.
    #[must_use]
    pub fn window(&self) -> WindowHandle {
        self.run(self.web().window())
    }

    /// Opens the page in another window, and turns to that.
    pub fn open_window(&self) -> WindowHandle {
        let window = self.begin_window();
        self.wait_until_loaded();
        window
    }

    /// The same, without waiting until it is there.
    pub fn begin_window(&self) -> WindowHandle {
        // A tab where that is turned to; in WebKit it would stay behind, and never be drawn.
        let window = match engine() {
            Engine::Webkit => self.run(self.web().new_window()),
            Engine::Chromium | Engine::Firefox => self.run(self.web().new_tab()),
        };
        self.turn_to(&window);
        // Not as a driver does, which waits until all is loaded.
        let address = format!("{}/", self.server.origin());
        let _: Option<()> = self.script(&format!("location.href = '{address}';"));
        self.wait("the page begins", || {
            self.holds("document.querySelector('[role=status]') !== null")
        });
        window
    }

    /// All windows that are open.
    #[must_use]
    pub fn windows(&self) -> Vec<WindowHandle> {
        self.run(self.web().windows())
    }

    /// Turns to another window.
    pub fn turn_to(&self, window: &WindowHandle) {
        self.run(self.web().switch_to_window(window.clone()));
    }

    /// Closes the window, without a question; another has to be turned to then.
    pub fn close_window(&self) {
        self.run(self.web().close_window());
    }

    /// Freezes the window, as engines do with one that is not seen for long, or lets it go on;
    /// whether the engine can.
    #[must_use]
    pub fn freeze(&self, frozen: bool) -> bool {
        let state = if frozen { "frozen" } else { "active" };
        let can = engine() == Engine::Chromium;
        if can {
            let words = json!({ "state": state });
            self.run(
                self.web()
                    .cdp()
                    .send_raw("Page.setWebLifecycleState", words),
            );
        }
        can
    }
}

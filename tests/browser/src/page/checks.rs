//! The accessibility checker, run on the page as it stands.

use std::fs;

use serde_json::{Value, json};

use super::Page;
use crate::settings;

impl Page {
    /// What axe-core finds wrong, one line a place; nothing, if all is well or axe-core could
    /// not be had, of which whoever runs the visits is told.
    ///
    /// # Panics
    /// When the checker does not run.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        let Some(axe) = settings::axe() else {
            return Vec::new();
        };
        self.settle();
        let known: bool = self.script("return typeof axe === 'object';");
        if !known {
            let axe = fs::read_to_string(axe).expect("axe-core, as one script");
            let _: Value = self.script(&format!("{axe}\nwindow.axe = axe;"));
        }
        self.ask_later(
            "axe.run().then(({ violations }) => done(violations.flatMap((violation) =>
               violation.nodes.map((node) => `${violation.id}: ${violation.help}: ${node.html.slice(0, 160)} ` +
                 `${node.any.map((check) => check.message).join(' ')}`))),
               (error) => done([`axe failed: ${error}`]));",
            vec![json!(null)],
        )
    }
}

//! What a person does with the themes.

use super::Session;
use crate::browser::clock;
use crate::codebook::{Colour, OFFERED, Order, Theme, ThemeId};
use crate::project::{Edit, Filter, OnTheme, Project};
use crate::text::one_line;
use crate::words;

impl Session {
    /// Adds a theme; whether there is one with that name now.
    pub fn add_theme(&self, name: &str) -> bool {
        let name = one_line(name);
        let is_there = |project: &Project| project.codebook().named(&name).is_some();
        if name.is_empty() || self.with(is_there) {
            self.say(&words::themes::is_there(&name));
            return false;
        }
        let theme = self.with(|project| Theme {
            id: ThemeId(clock::name()),
            name: name.as_str().into(),
            colour: next_colour(project.codebook().themes().map(|own| own.colour)),
            order: project.codebook().next_order(),
            deleted: false,
        });
        let is_added = self.dispatch(&words::steps::new_theme(&name), vec![Edit::AddTheme(theme)]);
        if is_added {
            self.say_done(&words::themes::added(&name));
        }
        is_added
    }

    /// Gives a theme another name and colour, as one step.
    ///
    /// # Errors
    /// Why it can't have that name, in a sentence.
    pub fn change_theme(&self, id: ThemeId, name: &str, colour: Colour) -> Result<(), String> {
        let name = one_line(name);
        let is_anothers = self.with(|project| {
            let own = project.codebook().named(&name);
            own.is_some_and(|own| own.id != id)
        });
        if name.is_empty() || is_anothers {
            return Err(words::themes::is_there(&name));
        }
        let Some(before) = self.with(|project| project.codebook().get(id).cloned()) else {
            return Ok(());
        };
        let mut edits = Vec::new();
        if *before.name != *name {
            edits.push(Edit::Theme(id, OnTheme::Name(name.as_str().into())));
        }
        if before.colour != colour {
            edits.push(Edit::Theme(id, OnTheme::Colour(colour)));
        }
        if !edits.is_empty() && self.dispatch(&words::steps::change_theme(&before.name), edits) {
            self.say_done(&words::themes::changed(&name));
        }
        Ok(())
    }

    /// Moves a theme so many places on in the list.
    pub fn move_theme(&self, id: ThemeId, by: isize) {
        let order = self.with(|project| {
            let codebook = project.codebook();
            let others: Vec<&Order> = codebook
                .themes()
                .filter(|own| own.id != id)
                .map(|own| &own.order)
                .collect();
            let here = isize::try_from(codebook.position(id)?).ok()?;
            let place = usize::try_from(here + by)
                .ok()
                .filter(|place| *place <= others.len())?;
            let before = place.checked_sub(1).and_then(|at| others.get(at)).copied();
            Some(Order::between(before, others.get(place).copied()))
        });
        if let Some(order) = order {
            let label = words::steps::change_theme(&self.name_of(id));
            self.dispatch(&label, vec![Edit::Theme(id, OnTheme::Order(order))]);
        }
    }

    /// How many marks bear a theme, in all documents.
    #[must_use]
    pub fn marks_with(&self, id: ThemeId) -> usize {
        self.with(|project| {
            let documents = project.live_documents();
            let counts = documents.map(|own| project.index(own.id, Filter::Theme(id)).len());
            counts.sum()
        })
    }

    /// Puts a theme into the bin: marks bear it no longer, until undo brings it back.
    pub fn delete_theme(&self, id: ThemeId) {
        let name = self.name_of(id);
        let deleted = vec![Edit::Theme(id, OnTheme::Deleted(true))];
        if self.dispatch(&words::steps::delete_theme(&name), deleted) {
            self.say_done(&words::themes::deleted(&name));
        }
    }
}

/// The first of the colours that are offered that no theme has; where all are taken, the one that the
/// fewest have.
fn next_colour(taken: impl Iterator<Item = Colour>) -> Colour {
    let taken: Vec<Colour> = taken.collect();
    let count = |own: &Colour| taken.iter().filter(|other| *other == own).count();
    let least = OFFERED.iter().min_by_key(|own| count(own));
    least.copied().unwrap_or(OFFERED[0])
}

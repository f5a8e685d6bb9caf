//! The themes a person tags with.

mod colour;
mod order;

pub use colour::{Colour, LINE_CONTRAST, Scheme, TEXT_CONTRAST, contrast};
pub use order::Order;

use std::sync::Arc;

use uuid::Uuid;

/// Names a theme for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThemeId(pub Uuid);

/// One theme (a "code" in other tools).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Its lasting name.
    pub id: ThemeId,
    /// What people call it.
    pub name: Arc<str>,
    /// Its colour; what is painted is derived from it so that text stays readable.
    pub colour: Colour,
    /// Where it stands among the others.
    pub order: Order,
    /// In the bin.
    pub deleted: bool,
}

/// The themes of a project, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codebook {
    themes: Vec<Arc<Theme>>,
}

/// The themes a new project starts with. Their ids are fixed, so that two people's
/// files speak of the same themes.
const FIRST: [(u128, &str, Colour); 3] = [
    (
        0x5b0d_7c10_3f5e_8a01_9b1c_9a52_e0c4_0001,
        "Sovereignty",
        Colour(0x2b, 0x6c, 0xd4),
    ),
    (
        0x5b0d_7c10_3f5e_8a01_9b1c_9a52_e0c4_0002,
        "Energy",
        Colour(0xe0, 0x8a, 0x00),
    ),
    (
        0x5b0d_7c10_3f5e_8a01_9b1c_9a52_e0c4_0003,
        "Counterterrorism",
        Colour(0x0f, 0x9d, 0x76),
    ),
];

impl Codebook {
    /// Sovereignty, Energy and Counterterrorism.
    #[must_use]
    pub fn first() -> Self {
        let mut codebook = Self::default();
        for (id, name, colour) in FIRST {
            codebook.put(Theme {
                id: ThemeId(Uuid::from_u128(id)),
                name: name.into(),
                colour,
                order: codebook.next_order(),
                deleted: false,
            });
        }
        codebook
    }

    /// Every theme, deleted or not, in order.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Theme>> {
        self.themes.iter()
    }

    /// The themes in use, in order.
    pub fn themes(&self) -> impl Iterator<Item = &Arc<Theme>> {
        self.themes.iter().filter(|theme| !theme.deleted)
    }

    /// A theme, deleted or not.
    #[must_use]
    pub fn get(&self, id: ThemeId) -> Option<&Arc<Theme>> {
        self.themes.iter().find(|theme| theme.id == id)
    }

    /// The theme people call so, whatever the case of its letters.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Arc<Theme>> {
        let name = name.trim().to_lowercase();
        self.themes()
            .find(|theme| theme.name.trim().to_lowercase() == name)
    }

    /// Its place among the themes in use, from 0; themes are numbered by it.
    #[must_use]
    pub fn position(&self, id: ThemeId) -> Option<usize> {
        self.themes().position(|theme| theme.id == id)
    }

    /// An order key behind every theme there is.
    #[must_use]
    pub fn next_order(&self) -> Order {
        Order::between(self.themes.last().map(|theme| &theme.order), None)
    }

    /// Adds a theme, or puts it in the place of the one with its id. A project's own
    /// codebook is only changed by its transactions.
    pub fn put(&mut self, theme: Theme) {
        self.remove(theme.id);
        let at = self
            .themes
            .partition_point(|other| (&other.order, other.id) <= (&theme.order, theme.id));
        self.themes.insert(at, Arc::new(theme));
    }

    /// Forgets a theme.
    pub(crate) fn remove(&mut self, id: ThemeId) {
        self.themes.retain(|other| other.id != id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_codebook_has_the_three_themes_in_order() {
        let codebook = Codebook::first();
        let names: Vec<&str> = codebook.themes().map(|theme| &*theme.name).collect();
        assert_eq!(names, ["Sovereignty", "Energy", "Counterterrorism"]);
    }

    #[test]
    fn a_theme_is_found_by_name_whatever_its_case() {
        let codebook = Codebook::first();
        let id = codebook.themes().nth(1).unwrap().id;
        assert_eq!(codebook.named(" energy ").map(|theme| theme.id), Some(id));
        assert_eq!(codebook.position(id), Some(1));
        assert!(codebook.named("Trade").is_none());
    }

    #[test]
    fn a_theme_put_again_takes_its_own_place() {
        let mut codebook = Codebook::first();
        let mut theme = Theme::clone(codebook.named("Energy").unwrap());
        theme.name = "Oil".into();
        codebook.put(theme);
        let names: Vec<&str> = codebook.themes().map(|theme| &*theme.name).collect();
        assert_eq!(names, ["Sovereignty", "Oil", "Counterterrorism"]);
    }
}

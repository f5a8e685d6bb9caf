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

/// The themes of a project, in order. A file may bring thousands: finding one, by its id or by
/// its number, costs O(log n).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codebook {
    /// Every theme, in order.
    all: Vec<Arc<Theme>>,
    /// The themes in use, in order: the place of one is its number.
    in_use: Vec<Arc<Theme>>,
    /// Every theme, in the order of their ids.
    by_id: Vec<Arc<Theme>>,
}

/// The themes a new project starts with. Their ids are fixed, so that two people's
/// files speak of the same themes.
const FIRST: [(u128, &str, Colour); 3] = [
    (
        0x5b0d_7c10_3f5e_8a01_9b1c_9a52_e0c4_0001,
        "Sovereignty",
        OFFERED[0],
    ),
    (
        0x5b0d_7c10_3f5e_8a01_9b1c_9a52_e0c4_0002,
        "Energy",
        OFFERED[1],
    ),
    (
        0x5b0d_7c10_3f5e_8a01_9b1c_9a52_e0c4_0003,
        "Counterterrorism",
        OFFERED[2],
    ),
];

/// Colours that new themes get in turn, far from each other to eyes of every kind: the first three are
/// those of the first codebook, the others after Paul Tol's qualitative schemes.
pub const OFFERED: [Colour; 12] = [
    Colour(0x2b, 0x6c, 0xd4),
    Colour(0xe0, 0x8a, 0x00),
    Colour(0x0f, 0x9d, 0x76),
    Colour(0xcc, 0x33, 0x77),
    Colour(0x88, 0x55, 0xcc),
    Colour(0x33, 0xbb, 0xee),
    Colour(0xcc, 0x3b, 0x11),
    Colour(0x99, 0x99, 0x33),
    Colour(0x88, 0x22, 0x55),
    Colour(0x00, 0x99, 0x88),
    Colour(0xdd, 0xaa, 0x33),
    Colour(0x77, 0x77, 0x77),
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
        self.all.iter()
    }

    /// The themes in use, in order.
    pub fn themes(&self) -> impl Iterator<Item = &Arc<Theme>> {
        self.in_use.iter()
    }

    /// How many themes are in use.
    #[must_use]
    pub fn count(&self) -> usize {
        self.in_use.len()
    }

    /// A theme, deleted or not.
    #[must_use]
    pub fn get(&self, id: ThemeId) -> Option<&Arc<Theme>> {
        let at = self.place_of(id).ok()?;
        Some(&self.by_id[at])
    }

    /// Where the theme with an id stands among all in the order of ids, or is to stand.
    fn place_of(&self, id: ThemeId) -> Result<usize, usize> {
        self.by_id.binary_search_by_key(&id, |theme| theme.id)
    }

    /// Whether a theme is there and not deleted.
    #[must_use]
    pub fn is_in_use(&self, id: ThemeId) -> bool {
        self.get(id).is_some_and(|theme| !theme.deleted)
    }

    /// The theme people call so, whatever the case of its letters. It is looked for among all:
    /// who looks for many names makes a table of them.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Arc<Theme>> {
        let name = folded(name);
        self.themes().find(|theme| folded(&theme.name) == name)
    }

    /// Its place among the themes in use, from 0; themes are numbered by it.
    #[must_use]
    pub fn position(&self, id: ThemeId) -> Option<usize> {
        place(&self.in_use, self.get(id)?).ok()
    }

    /// The theme in use with a number, from 0.
    #[must_use]
    pub fn numbered(&self, number: usize) -> Option<&Arc<Theme>> {
        self.in_use.get(number)
    }

    /// The numbers of those of some themes that are in use, in order.
    #[must_use]
    pub fn numbers(&self, ids: &[ThemeId]) -> Vec<usize> {
        let mut numbers: Vec<usize> = ids.iter().filter_map(|id| self.position(*id)).collect();
        numbers.sort_unstable();
        numbers
    }

    /// The numbers of those of some themes that are in use, in order; at most so many, the first.
    #[must_use]
    pub fn first_numbers(&self, ids: &[ThemeId], most: usize) -> Vec<usize> {
        let mut numbers = Vec::new();
        for number in ids.iter().filter_map(|id| self.position(*id)) {
            let at = numbers.partition_point(|other| *other < number);
            if at < most {
                numbers.insert(at, number);
                numbers.truncate(most);
            }
        }
        numbers
    }

    /// Whether a theme in use has an order key.
    #[must_use]
    pub fn is_taken(&self, order: &Order) -> bool {
        let at = self.in_use.partition_point(|theme| theme.order < *order);
        self.in_use
            .get(at)
            .is_some_and(|theme| theme.order == *order)
    }

    /// An order key behind every theme there is.
    #[must_use]
    pub fn next_order(&self) -> Order {
        Order::between(self.all.last().map(|theme| &theme.order), None)
    }

    /// Adds a theme, or puts it in the place of the one with its id. A project's own
    /// codebook is only changed by its transactions.
    pub fn put(&mut self, theme: Theme) {
        self.remove(theme.id);
        let theme = Arc::new(theme);
        insert(&mut self.all, &theme);
        if !theme.deleted {
            insert(&mut self.in_use, &theme);
        }
        if let Err(at) = self.place_of(theme.id) {
            self.by_id.insert(at, theme);
        }
    }

    /// Forgets a theme.
    pub(crate) fn remove(&mut self, id: ThemeId) {
        if let Ok(at) = self.place_of(id) {
            let theme = self.by_id.remove(at);
            for themes in [&mut self.all, &mut self.in_use] {
                if let Ok(at) = place(themes, &theme) {
                    themes.remove(at);
                }
            }
        }
    }
}

/// A theme's name as it is compared: two that differ by no more than the case of their letters
/// and the space around them are the same.
#[must_use]
pub fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Where a theme stands among themes that are in order, or is to stand.
fn place(themes: &[Arc<Theme>], theme: &Theme) -> Result<usize, usize> {
    themes.binary_search_by(|other| (&other.order, other.id).cmp(&(&theme.order, theme.id)))
}

fn insert(themes: &mut Vec<Arc<Theme>>, theme: &Arc<Theme>) {
    if let Err(at) = place(themes, theme) {
        themes.insert(at, theme.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn every_way_to_a_theme_leads_to_the_same(
            steps in proptest::collection::vec((0..6_u128, 0..4_usize, any::<bool>(), 0..5_u8), 0..24),
        ) {
            let mut keys = vec![Order::between(None, None)];
            keys.extend((0..3).scan(keys[0].clone(), |last, _| {
                *last = Order::between(Some(last), None);
                Some(last.clone())
            }));
            let mut codebook = Codebook::default();
            let mut plain: Vec<Theme> = Vec::new();
            for (id, order, deleted, kind) in steps {
                let id = ThemeId(Uuid::from_u128(id));
                plain.retain(|theme| theme.id != id);
                if kind == 0 {
                    codebook.remove(id);
                    continue;
                }
                let name = "a name".into();
                let order = keys[order].clone();
                let theme = Theme { id, name, colour: Colour(1, 2, 3), order, deleted };
                plain.push(theme.clone());
                codebook.put(theme);
            }
            plain.sort_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
            prop_assert!(codebook.all().map(|theme| &**theme).eq(&plain));
            let in_use: Vec<&Theme> = plain.iter().filter(|theme| !theme.deleted).collect();
            prop_assert!(codebook.themes().map(|theme| &**theme).eq(in_use.iter().copied()));
            prop_assert_eq!(codebook.count(), in_use.len());
            for id in (0..6).map(|id| ThemeId(Uuid::from_u128(id))) {
                let own = plain.iter().find(|theme| theme.id == id);
                prop_assert_eq!(codebook.get(id).map(|theme| &**theme), own);
                let number = in_use.iter().position(|theme| theme.id == id);
                prop_assert_eq!(codebook.position(id), number);
                prop_assert_eq!(codebook.is_in_use(id), number.is_some());
                let numbered = number.and_then(|number| codebook.numbered(number));
                prop_assert_eq!(numbered.map(|theme| theme.id), number.map(|_| id));
            }
            let ids: Vec<ThemeId> = plain.iter().rev().map(|theme| theme.id).collect();
            prop_assert!(codebook.first_numbers(&ids, 9).into_iter().eq(0..in_use.len()));
            prop_assert!(codebook.first_numbers(&ids, 2).into_iter().eq(0..in_use.len().min(2)));
            for key in &keys {
                let taken = in_use.iter().any(|theme| theme.order == *key);
                prop_assert_eq!(codebook.is_taken(key), taken);
            }
        }
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

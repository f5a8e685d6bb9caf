//! What a format can't hold.

use serde::{Deserialize, Serialize};

use crate::words::export as words;

/// What is not in a file, or not as it was. Each is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Loss {
    /// Documents whose text is not in it.
    Texts,
    /// Documents whose fields are not.
    Fields,
    /// Themes whose colour and order are not.
    Colours,
    /// Themes that are not in it, since no mark has them.
    UnusedThemes,
    /// Marks of which it does not say when they were made.
    Times,
    /// Marks of which it does not say who made them, though that is known.
    Creators,
    /// Marks whose place is not sure, and not in it.
    Place,
    /// Cells before which stands a guard, since they would run as formulas.
    Formulas,
    /// Marks whose themes can't be told from each other for sure.
    Semicolons,
    /// Cells that are longer than spreadsheets have them.
    LongCells,
}

impl Loss {
    /// What is lost, as a sentence with how many.
    #[must_use]
    pub fn sentence(self, count: usize) -> String {
        let sentence = match self {
            Self::Texts => words::texts,
            Self::Fields => words::fields,
            Self::Colours => words::colours,
            Self::UnusedThemes => words::unused_themes,
            Self::Times => words::times,
            Self::Creators => words::creators,
            Self::Place => words::without_place,
            Self::Formulas => words::formulas,
            Self::Semicolons => words::semicolons,
            Self::LongCells => words::long_cells,
        };
        sentence(count)
    }
}

/// All that is lost, each with how often.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Losses(Vec<(Loss, usize)>);

impl Losses {
    /// Counts something so often more.
    pub fn add(&mut self, loss: Loss, count: usize) {
        if count == 0 {
            return;
        }
        match self.0.iter_mut().find(|(own, _)| *own == loss) {
            Some((_, counted)) => *counted += count,
            None => self.0.push((loss, count)),
        }
    }

    /// How often something is lost.
    #[must_use]
    pub fn of(&self, loss: Loss) -> usize {
        let own = self.0.iter().find(|(own, _)| *own == loss);
        own.map_or(0, |(_, count)| *count)
    }

    /// All of it in sentences, that which a person should act on first.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let mut all = self.0.clone();
        all.sort_by_key(|(loss, _)| std::cmp::Reverse(*loss));
        all.into_iter()
            .map(|(loss, count)| loss.sentence(count))
            .collect()
    }
}

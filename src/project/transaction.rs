//! What is done in one step, and who did it when.

use std::sync::Arc;

use uuid::Uuid;

use super::Edit;
use crate::time::Timestamp;

/// Names a transaction for good: a UUIDv7 made by its author's device, or one that follows from the
/// record of a journal that names none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransactionId(pub Uuid);

/// Names the device on which a transaction was made, and so its author.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuthorId(pub Uuid);

/// Where a transaction comes from. All are applied alike; only history and the
/// status line tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A person's gesture on this page, an import included.
    Person,
    /// A step of history taken back.
    Undo,
    /// A step of history done again.
    Redo,
}

/// Edits that happen together or not at all, as one step of history: the one way to change a
/// project, and what history, journal and other windows speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// All but the edits.
    pub head: Head,
    /// The edits, applied in order.
    pub edits: Vec<Edit>,
}

/// What a transaction says beside its edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its lasting name.
    pub id: TransactionId,
    /// Who made it; nothing where the journal's record does not say so.
    pub author: Option<AuthorId>,
    /// What it does, in words for a person: "tag Energy".
    pub label: Arc<str>,
    /// Where it comes from.
    pub origin: Origin,
    /// When it was made.
    pub at: Timestamp,
    /// The transaction that an undo takes back, or the undo that a redo takes back; nothing where
    /// the journal's record does not say so.
    pub undoes: Option<TransactionId>,
}

/// What time, chance and device give a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Its name.
    pub id: TransactionId,
    /// Its author.
    pub author: AuthorId,
    /// When it is made.
    pub at: Timestamp,
}

impl Head {
    /// That of a person's change.
    #[must_use]
    pub fn new(Stamp { id, author, at }: Stamp, label: &str) -> Self {
        Self {
            author: Some(author),
            label: label.into(),
            ..Self::of_nobody(id, at)
        }
    }

    /// Whether it is what a project begins with, which nobody has made and nobody can take back.
    #[must_use]
    pub fn is_nobodys(&self) -> bool {
        self.id == TransactionId::default()
    }

    /// That of what is no change of anybody's: records that travel, or that stand for others.
    #[must_use]
    pub fn of_nobody(id: TransactionId, at: Timestamp) -> Self {
        Self {
            id,
            author: None,
            label: Arc::default(),
            origin: Origin::Person,
            at,
            undoes: None,
        }
    }
}

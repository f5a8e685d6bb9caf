//! The list of a project's documents: sorted, filtered, in folders; which is next. And the table of
//! them, a column a field.
//!
//! A folder is what documents name in their field [`FOLDER`]: it is there as long as a document lies in
//! it, and none lies in another.

mod cells;
mod chosen;
mod filter;
mod kind;
mod paste;
mod table;
mod visits;

pub use cells::{read as read_cells, write as write_cells};
pub use chosen::Chosen;
pub use filter::Sought;
pub use kind::Kind;
pub use paste::{Place, Plan, plan};
pub use table::{By, Column, Line, Table, delete_column, set};
pub use visits::Visits;

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::document::{DocumentId, LANGUAGE, Record};
use crate::project::{Edit, Filter, OnDocument, Project};
use crate::text::one_line;
use crate::time::Timestamp;

/// The name of the field that says in which folder a document lies.
pub const FOLDER: &str = "folder";

/// The names of fields that every document may have.
pub const AUTHOR: &str = "author";
/// When it was written.
pub const DATE: &str = "date";
/// Where it is from.
pub const SOURCE: &str = "source";

/// The fields that every document may have, in the order in which they are shown.
pub const KNOWN: [&str; 5] = [FOLDER, AUTHOR, DATE, SOURCE, LANGUAGE];

/// A field as a record keeps it; nothing where its name or value says nothing.
#[must_use]
pub fn field(name: &str, value: &str) -> Option<(Arc<str>, Arc<str>)> {
    let name = one_line(name);
    let value = value.trim().replace('\t', " ");
    (!name.is_empty() && !value.is_empty()).then(|| (name.into(), value.into()))
}

/// By what documents are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By title, numbers by what they count: "Interview 9" before "Interview 10".
    #[default]
    Title,
    /// The one that was added last first.
    Added,
    /// The one with the most marks first, as they were when it was sorted.
    Marks,
    /// The one that was opened last first, those that never were by title.
    Opened,
}

impl Sort {
    /// All of them, as they are offered.
    pub const ALL: [Self; 4] = [Self::Title, Self::Opened, Self::Added, Self::Marks];

    /// The name by which a browser remembers it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Added => "added",
            Self::Marks => "marks",
            Self::Opened => "opened",
        }
    }

    /// The one of a name; the first where there is none.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|own| own.name() == name).unwrap_or_default()
    }
}

/// A document as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Which.
    pub id: DocumentId,
    /// Its title.
    pub title: Arc<str>,
    /// The folder it lies in; empty for none.
    pub folder: Arc<str>,
}

/// The documents that are not in the bin and hold what is [`Sought`], those without a folder first,
/// then folder by folder. It costs as much as sorting all there are.
#[must_use]
pub fn list(project: &Project, sort: Sort, words: &str, visits: &Visits) -> Vec<Listed> {
    let sought = Sought::read(words);
    let count = |id| project.index(id, Filter::All).len();
    let opened = |id| visits.opened(id).filter(|_| sort == Sort::Opened);
    let found = project
        .live_documents()
        .filter(|own| sought.is_in(own, &|| count(own.id)));
    let mut listed: Vec<(Listed, usize, Option<Timestamp>)> = found
        .map(|own| {
            let listed = Listed {
                id: own.id,
                title: own.title.clone(),
                folder: folder_of(own),
            };
            (listed, count(own.id), opened(own.id))
        })
        .collect();
    listed.sort_by(|(a, marks, opened), (b, others, before)| {
        let by_title = || natural(&a.title, &b.title);
        let inside = match sort {
            Sort::Title => by_title(),
            // What comes with the program was there before all else, whatever its id.
            Sort::Added => match (added(a.id), added(b.id)) {
                (None, None) => by_title(),
                (a_time, b_time) => b_time.cmp(&a_time).then(b.id.cmp(&a.id)),
            },
            Sort::Marks => others.cmp(marks).then_with(by_title),
            Sort::Opened => before.cmp(opened).then_with(by_title),
        };
        natural(&a.folder, &b.folder)
            .then(inside)
            .then(a.id.cmp(&b.id))
    });
    listed.into_iter().map(|(own, ..)| own).collect()
}

fn folder_of(record: &Record) -> Arc<str> {
    record.fields.get(FOLDER).cloned().unwrap_or_default()
}

/// The folders that documents lie in, in their order.
#[must_use]
pub fn folders(project: &Project) -> Vec<Arc<str>> {
    let mut folders: Vec<Arc<str>> = project.live_documents().map(|own| folder_of(own)).collect();
    folders.retain(|own| !own.is_empty());
    folders.sort_by(|a, b| natural(a, b));
    folders.dedup();
    folders
}

/// What has some documents lie in a folder, or in none.
#[must_use]
pub fn into_folder(project: &Project, ids: &[DocumentId], folder: &str) -> Vec<Edit> {
    let column = Column::Field(FOLDER.into());
    let records = ids.iter().filter_map(|id| project.record(*id));
    let moved = records.filter_map(|own| set(own, &column, &one_line(folder)));
    moved.collect()
}

/// What gives a folder another name: its documents lie in one of that name then.
#[must_use]
pub fn rename_folder(project: &Project, folder: &str, name: &str) -> Vec<Edit> {
    let own = project.live_documents();
    let own = own.filter(|own| *folder_of(own) == *folder);
    let ids: Vec<DocumentId> = own.map(|own| own.id).collect();
    into_folder(project, &ids, name)
}

/// What puts some documents into the bin.
#[must_use]
pub fn delete(ids: &[DocumentId]) -> Vec<Edit> {
    let deleted = |id: &DocumentId| Edit::Document(*id, OnDocument::Deleted(true));
    ids.iter().map(deleted).collect()
}

/// The time in a document's id, in ms since 1970; none where it is no UUIDv7.
fn added(id: DocumentId) -> Option<u128> {
    (id.0.get_version_num() == 7).then(|| id.0.as_u128() >> 80)
}

/// The document so many places on in a list; round and round.
#[must_use]
pub fn beside(listed: &[Listed], open: DocumentId, by: isize) -> Option<DocumentId> {
    let here = listed.iter().position(|own| own.id == open);
    let count = isize::try_from(listed.len()).ok()?;
    let next = match here {
        Some(here) => (isize::try_from(here).ok()? + by).rem_euclid(count.max(1)),
        None if by < 0 => count - 1,
        None => 0,
    };
    listed.get(usize::try_from(next).ok()?).map(|own| own.id)
}

/// Orders words as people do: whatever the case, numbers by what they count.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (pieces(a), pieces(b));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return a.cmp(b),
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(left), Some(right)) => match left.cmp(&right) {
                Ordering::Equal => {}
                order => return order,
            },
        }
    }
}

/// A stretch of digits, as its number's length and digits without zeros before it, or one letter.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Piece<'a> {
    Number(usize, &'a str),
    Letter(char),
}

fn pieces(words: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = words;
    std::iter::from_fn(move || {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            let number = rest[..digits].trim_start_matches('0');
            rest = &rest[digits..];
            return Some(Piece::Number(number.len(), number));
        }
        let first = rest.chars().next()?;
        rest = &rest[first.len_utf8()..];
        // One that stands for several is ordered by the first.
        Some(Piece::Letter(first.to_lowercase().next().unwrap_or(first)))
    })
}

/// A short name fit for a file, of a title: letters, digits and hyphens, in lower case.
#[must_use]
pub fn name(title: &str) -> String {
    const MOST_LETTERS: usize = 48;
    let mut name = String::new();
    for c in title.chars() {
        if c.is_alphanumeric() {
            name.extend(c.to_lowercase());
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
        if name.chars().count() >= MOST_LETTERS {
            break;
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() {
        "document".into()
    } else {
        name.into()
    }
}

/// A title that none of the documents has: with a number behind it where one has it already.
#[must_use]
pub fn free_title(project: &Project, title: &str) -> String {
    Titles::of(project).take(title)
}

/// Titles of what is there, and of what is about to come.
pub struct Titles {
    taken: HashSet<String>,
    /// The number that is tried next, of titles that were taken already.
    numbers: HashMap<String, u32>,
}

impl Titles {
    /// Those of a project's documents.
    #[must_use]
    pub fn of(project: &Project) -> Self {
        Self::beside(project.live_documents().map(|own| own.title.to_string()))
    }

    /// Those that are taken.
    pub fn beside(taken: impl IntoIterator<Item = String>) -> Self {
        Self {
            taken: taken.into_iter().collect(),
            numbers: HashMap::new(),
        }
    }

    /// Takes a title that none has: this one, or else this with a number behind it.
    pub fn take(&mut self, title: &str) -> String {
        let mut free = title.to_owned();
        if self.taken.contains(title) {
            let number = self.numbers.entry(free.clone()).or_insert(2);
            while self.taken.contains(&free) {
                free = format!("{title} ({number})");
                *number += 1;
            }
        }
        self.taken.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Edit, OnDocument};
    use crate::testing::{document, other_version};
    use uuid::Uuid;

    fn record(id: u128, title: &str, folder: &str) -> Record {
        let mut record = Record::clone(&document().record);
        record.id = DocumentId(Uuid::from_u128(id));
        record.title = title.into();
        record.version = other_version(1).id();
        if !folder.is_empty() {
            record.fields.set(&FOLDER.into(), &folder.into());
        }
        record
    }

    fn project(titles: &[(&str, &str)]) -> Project {
        let mut project = Project::new([]);
        for (at, (title, folder)) in titles.iter().enumerate() {
            // UUIDv7, of a ms each.
            let id = (at as u128 + 1) << 80 | 7 << 76;
            project.apply(&[Edit::AddDocument(Box::new(record(id, title, folder)))]);
        }
        project
    }

    fn titles(project: &Project, sort: Sort, words: &str) -> Vec<String> {
        let listed = list(project, sort, words, &Visits::default());
        listed.iter().map(|own| own.title.to_string()).collect()
    }

    #[test]
    fn numbers_are_ordered_by_what_they_count_and_letters_whatever_their_case() {
        let project = project(&[
            ("Interview 10", ""),
            ("interview 9", ""),
            ("Interview 09b", ""),
            ("Abend", ""),
            ("äther", ""),
        ]);
        assert_eq!(
            titles(&project, Sort::Title, ""),
            [
                "Abend",
                "interview 9",
                "Interview 09b",
                "Interview 10",
                "äther"
            ]
        );
        assert_eq!(titles(&project, Sort::Added, "")[0], "äther");
    }

    #[test]
    fn what_was_opened_last_comes_first_and_what_never_was_by_title() {
        let project = project(&[("A", ""), ("B", ""), ("C", ""), ("D", "")]);
        let all = list(&project, Sort::Title, "", &Visits::default());
        let mut visits = Visits::default();
        visits.open(all[3].id, Timestamp(1));
        visits.open(all[1].id, Timestamp(2));
        let listed = list(&project, Sort::Opened, "", &visits);
        let titles: Vec<&str> = listed.iter().map(|own| &*own.title).collect();
        assert_eq!(titles, ["B", "D", "A", "C"]);
    }

    #[test]
    fn what_has_no_folder_comes_before_folders() {
        let project = project(&[
            ("B", "Round 2"),
            ("A", "Round 10"),
            ("C", ""),
            ("D", "Round 2"),
        ]);
        assert_eq!(titles(&project, Sort::Title, ""), ["C", "B", "D", "A"]);
        assert_eq!(titles(&project, Sort::Title, " ROUND 2"), ["B", "D"]);
        assert_eq!(titles(&project, Sort::Title, "nowhere"), [""; 0]);
    }

    #[test]
    fn what_is_in_the_bin_is_not_listed_and_next_goes_round() {
        let mut project = project(&[("A", ""), ("B", ""), ("C", "")]);
        let all = list(&project, Sort::Title, "", &Visits::default());
        let [a, b, c] = [all[0].id, all[1].id, all[2].id];
        assert_eq!(beside(&all, c, 1), Some(a));
        assert_eq!(beside(&all, a, -1), Some(c));
        project.apply(&[Edit::Document(b, OnDocument::Deleted(true))]);
        let left = list(&project, Sort::Title, "", &Visits::default());
        assert_eq!(left.len(), 2);
        assert_eq!(
            (beside(&left, b, 1), beside(&left, b, -1)),
            (Some(a), Some(c))
        );
        assert_eq!(beside(&[], b, 1), None);
    }

    #[test]
    fn a_name_is_fit_for_a_file() {
        for (title, expected) in [
            ("Interview 03: Anna & Berik", "interview-03-anna-berik"),
            ("Казахстан — нефть", "казахстан-нефть"),
            ("../..", "document"),
            (
                &"long ".repeat(40),
                "long-long-long-long-long-long-long-long-long-lon",
            ),
        ] {
            assert_eq!(name(title), expected);
        }
    }

    #[test]
    fn a_title_that_is_taken_gets_a_number() {
        let project = project(&[("A", ""), ("A (2)", "")]);
        assert_eq!(free_title(&project, "A"), "A (3)");
        assert_eq!(free_title(&project, "B"), "B");
        // Of several that come together each has its own.
        let mut titles = Titles::of(&project);
        let mut take = |title: &str| titles.take(title);
        assert_eq!(
            [take("A"), take("A"), take("A")],
            ["A (3)", "A (4)", "A (5)"]
        );
        assert_eq!(
            [take("B"), take("B"), take("B (2)")],
            ["B", "B (2)", "B (2) (2)"]
        );
        assert_eq!(take("B"), "B (3)");
    }
}

//! Change as a value.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Mark, Placed, Project};
use crate::annotation::{Annotation, AnnotationId, Target, add_sorted};
use crate::codebook::{Colour, Order, Theme, ThemeId};
use crate::document::{DocumentId, LANGUAGE, Record, UNDETERMINED, Version, VersionId};
use crate::time::Timestamp;

/// One field of one record gets a value. An edit names the record and the field,
/// never a position, so that two people's edits of different fields both stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A record is there. Where one with this id is there already nothing changes.
    AddAnnotation(Arc<Annotation>),
    /// A field of an annotation.
    Annotation(AnnotationId, OnAnnotation),
    /// A theme is there. Where one with this id is there already nothing changes.
    AddTheme(Theme),
    /// A field of a theme.
    Theme(ThemeId, OnTheme),
    /// A document is there. Where one with this id is there already nothing changes.
    AddDocument(Box<Record>),
    /// A field of a document.
    Document(DocumentId, OnDocument),
}

/// A field of an annotation and its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnAnnotation {
    /// Tagged with this theme, or not.
    Tag(ThemeId, bool),
    /// The note; empty for none.
    Note(Arc<str>),
    /// What it points at.
    Target(Box<Target>),
    /// Who made it.
    Creator(Option<Arc<str>>),
    /// When it was last changed.
    Modified(Timestamp),
    /// In the bin, or not.
    Deleted(bool),
}

/// A field of a theme and its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnTheme {
    /// What people call it.
    Name(Arc<str>),
    /// Its colour.
    Colour(Colour),
    /// Where it stands.
    Order(Order),
    /// In the bin, or not.
    Deleted(bool),
}

/// A field of a document and its new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnDocument {
    /// The headline.
    Title(Arc<str>),
    /// A field by its name; empty for none. That of [`LANGUAGE`] is the record's own.
    Field(Arc<str>, Arc<str>),
    /// What it says. Its annotations stand where their selectors find them in that, as soon as it
    /// has been read.
    Version(Box<VersionId>),
    /// In the bin, or not.
    Deleted(bool),
}

/// An edit that changed something, and the one that takes it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// An annotation was added. History keeps one of these for each that was ever imported,
    /// so it is no more than the record: that says what takes it back as well.
    Added(Arc<Annotation>),
    /// Any other edit, and its inverse.
    Edited(Box<(Edit, Edit)>),
}

#[cfg(target_arch = "wasm32")]
const _: () = assert!(size_of::<Edit>() <= 40 && size_of::<Change>() <= 8);

impl Edit {
    /// What gives a document another text, and the headline of that, where the title is to follow it.
    pub fn replacing(
        id: DocumentId,
        version: &Version,
        follows: bool,
    ) -> impl Iterator<Item = Self> {
        let title = version.headline().filter(|_| follows);
        let fields = [
            Some(OnDocument::Version(Box::new(version.id()))),
            title.map(|title| OnDocument::Title(title.into())),
        ];
        let fields = fields.into_iter().flatten();
        fields.map(move |field| Self::Document(id, field))
    }

    /// The version of a text that it names.
    #[must_use]
    pub fn version(&self) -> Option<&VersionId> {
        match self {
            Self::AddDocument(record) => Some(&record.version),
            Self::Document(_, OnDocument::Version(id)) => Some(id),
            _ => None,
        }
    }
}

impl Change {
    fn edited(now: &Edit, was: Edit) -> Self {
        Self::Edited(Box::new((now.clone(), was)))
    }

    /// The edit.
    #[must_use]
    pub fn now(&self) -> Cow<'_, Edit> {
        match self {
            Self::Added(annotation) => Cow::Owned(Edit::AddAnnotation(annotation.clone())),
            Self::Edited(edits) => Cow::Borrowed(&edits.0),
        }
    }

    /// Its inverse.
    #[must_use]
    pub fn was(&self) -> Cow<'_, Edit> {
        match self {
            Self::Added(annotation) => {
                let deleted = OnAnnotation::Deleted(!annotation.deleted);
                Cow::Owned(Edit::Annotation(annotation.id, deleted))
            }
            Self::Edited(edits) => Cow::Borrowed(&edits.1),
        }
    }
}

/// What a transaction did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The edits that changed something, in order, with their inverses.
    pub changes: Vec<Change>,
    /// What has to be shown anew.
    pub touched: Touched,
}

/// What has to be shown anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// These annotations, and where each stood before; one that several edits name may stand
    /// here several times.
    pub annotations: Vec<Mark>,
    /// The codebook.
    pub codebook: bool,
    /// These documents.
    pub documents: Vec<DocumentId>,
}

impl Project {
    /// Applies the edits of a transaction, or some of them: a long one goes in several batches.
    /// An edit that names a record which is not there, or gives a field the value it has, changes
    /// nothing; so applying never fails, and the changes it reports are all real.
    pub fn apply(&mut self, edits: &[Edit]) -> Applied {
        let mut applied = Applied::default();
        for edit in edits {
            let change = self.apply_edit(edit, &mut applied.touched);
            applied.changes.extend(change);
        }
        applied
    }

    /// Takes changes back, last first, leaving alone every field that someone has
    /// given another value since. The changes it reports are what it did.
    pub fn take_back(&mut self, changes: &[Change]) -> Applied {
        let mut applied = Applied::default();
        for change in changes.iter().rev() {
            if self.bears(&change.now()) {
                let was = change.was();
                applied.add(self.apply(std::slice::from_ref(&*was)));
            }
        }
        applied
    }

    /// Takes changes out as if they had not been made, so that others can be made before
    /// them. Right only where nothing has changed since.
    pub fn withdraw(&mut self, changes: &[Change]) -> Touched {
        let mut touched = Touched::default();
        for change in changes.iter().rev() {
            match change {
                Change::Added(annotation) => {
                    let own = self.annotations.get_mut(&annotation.id);
                    if let Some(placed) = own.and_then(Option::take) {
                        self.remove_from_indexes(&placed);
                        touched.annotations.push(placed.mark());
                    }
                }
                Change::Edited(edits) => match &**edits {
                    (Edit::AddTheme(theme), _) => {
                        self.codebook.remove(theme.id);
                        self.reindex(theme.id);
                        touched.codebook = true;
                    }
                    (Edit::AddDocument(record), _) => {
                        self.remove_document(record.id);
                        touched.documents.push(record.id);
                    }
                    (_, was) => {
                        self.apply_edit(was, &mut touched);
                    }
                },
            }
        }
        touched
    }

    /// Whether the field an edit wrote still has that value.
    fn bears(&self, edit: &Edit) -> bool {
        match edit {
            Edit::AddAnnotation(annotation) => self.live(annotation.id).is_some(),
            Edit::AddTheme(theme) => self.codebook.get(theme.id).is_some_and(|own| !own.deleted),
            Edit::Annotation(id, field) => self
                .annotation(*id)
                .is_some_and(|placed| field.now(&placed.annotation) == *field),
            Edit::Theme(id, field) => self
                .codebook
                .get(*id)
                .is_some_and(|theme| field.now(theme) == *field),
            Edit::AddDocument(record) => self.record(record.id).is_some_and(|own| !own.deleted),
            Edit::Document(id, field) => self
                .record(*id)
                .is_some_and(|record| field.now(record) == *field),
        }
    }

    /// Applies one edit, and tells if that changed something.
    fn apply_edit(&mut self, edit: &Edit, touched: &mut Touched) -> Option<Change> {
        match edit {
            Edit::AddAnnotation(annotation) => {
                if self.annotation(annotation.id).is_some() {
                    return None;
                }
                let placed = Placed {
                    place: self.place_if_exact(annotation),
                    annotation: annotation.clone(),
                };
                self.insert_into_indexes(&placed);
                self.annotations.insert(annotation.id, Some(placed));
                touched.annotations.push(Mark::new(annotation.id, None));
                Some(Change::Added(annotation.clone()))
            }
            Edit::Annotation(id, field) => {
                let before = self.annotation(*id)?.clone();
                let was = field.now(&before.annotation);
                if was == *field {
                    return None;
                }
                self.remove_from_indexes(&before);
                touched.annotations.push(before.mark());
                let mut placed = before;
                field.write(Arc::make_mut(&mut placed.annotation));
                if matches!(field, OnAnnotation::Target(_)) {
                    placed.place = self.place_if_exact(&placed.annotation);
                }
                self.insert_into_indexes(&placed);
                self.annotations.insert(*id, Some(placed));
                Some(Change::edited(edit, Edit::Annotation(*id, was)))
            }
            Edit::AddTheme(theme) => {
                if self.codebook.get(theme.id).is_some() {
                    return None;
                }
                self.codebook.put(theme.clone());
                self.reindex(theme.id);
                touched.codebook = true;
                let was = OnTheme::Deleted(!theme.deleted);
                Some(Change::edited(edit, Edit::Theme(theme.id, was)))
            }
            Edit::Theme(id, field) => {
                let mut theme = Theme::clone(self.codebook.get(*id)?);
                let was = field.now(&theme);
                if was == *field {
                    return None;
                }
                field.write(&mut theme);
                self.codebook.put(theme);
                touched.codebook = true;
                if matches!(field, OnTheme::Deleted(_)) {
                    self.reindex(*id);
                }
                Some(Change::edited(edit, Edit::Theme(*id, was)))
            }
            Edit::AddDocument(record) => {
                if self.record(record.id).is_some() {
                    return None;
                }
                self.put_document(Arc::new(Record::clone(record)));
                touched.documents.push(record.id);
                let was = OnDocument::Deleted(!record.deleted);
                Some(Change::edited(edit, Edit::Document(record.id, was)))
            }
            Edit::Document(id, field) => {
                let before = self.record(*id)?;
                let was = field.now(before);
                if was == *field {
                    return None;
                }
                let mut record = Record::clone(before);
                field.write(&mut record);
                self.put_document(Arc::new(record));
                touched.documents.push(*id);
                Some(Change::edited(edit, Edit::Document(*id, was)))
            }
        }
    }
}

impl Applied {
    /// Takes in what was done right after.
    pub fn add(&mut self, other: Self) {
        self.changes.extend(other.changes);
        self.touched.add(other.touched);
    }
}

impl Touched {
    /// Takes in what has to be shown besides.
    pub fn add(&mut self, other: Self) {
        self.annotations.extend(other.annotations);
        self.codebook |= other.codebook;
        self.documents.extend(other.documents);
    }
}

impl OnAnnotation {
    /// The same field as it is in a record.
    #[must_use]
    pub fn now(&self, record: &Annotation) -> Self {
        match self {
            Self::Tag(theme, _) => Self::Tag(*theme, record.bears(*theme)),
            Self::Note(_) => Self::Note(record.note.clone()),
            Self::Target(_) => Self::Target(Box::new(record.target.clone())),
            Self::Creator(_) => Self::Creator(record.creator.clone()),
            Self::Modified(_) => Self::Modified(record.modified),
            Self::Deleted(_) => Self::Deleted(record.deleted),
        }
    }

    /// Puts the value into a record.
    fn write(&self, record: &mut Annotation) {
        match self {
            Self::Tag(theme, tagged) => {
                if *tagged {
                    add_sorted(&mut record.themes, *theme);
                } else {
                    record.themes.retain(|other| other != theme);
                }
            }
            Self::Note(note) => record.note.clone_from(note),
            Self::Target(target) => record.target.clone_from(target),
            Self::Creator(creator) => record.creator.clone_from(creator),
            Self::Modified(at) => record.modified = *at,
            Self::Deleted(deleted) => record.deleted = *deleted,
        }
    }
}

impl OnTheme {
    /// The same field as it is in a record.
    #[must_use]
    pub fn now(&self, record: &Theme) -> Self {
        match self {
            Self::Name(_) => Self::Name(record.name.clone()),
            Self::Colour(_) => Self::Colour(record.colour),
            Self::Order(_) => Self::Order(record.order.clone()),
            Self::Deleted(_) => Self::Deleted(record.deleted),
        }
    }

    /// Puts the value into a record.
    fn write(&self, record: &mut Theme) {
        match self {
            Self::Name(name) => record.name.clone_from(name),
            Self::Colour(colour) => record.colour = *colour,
            Self::Order(order) => record.order.clone_from(order),
            Self::Deleted(deleted) => record.deleted = *deleted,
        }
    }
}

impl OnDocument {
    /// The same field as it is in a record.
    #[must_use]
    pub fn now(&self, record: &Record) -> Self {
        match self {
            Self::Title(_) => Self::Title(record.title.clone()),
            Self::Field(name, _) => {
                let value = record.said(name).cloned().unwrap_or_default();
                Self::Field(name.clone(), value)
            }
            Self::Version(_) => Self::Version(Box::new(record.version.clone())),
            Self::Deleted(_) => Self::Deleted(record.deleted),
        }
    }

    /// Puts the value into a record.
    fn write(&self, record: &mut Record) {
        match self {
            Self::Title(title) => record.title.clone_from(title),
            Self::Field(name, value) if &**name == LANGUAGE => {
                record.language = if value.is_empty() {
                    UNDETERMINED.into()
                } else {
                    value.clone()
                };
            }
            Self::Field(name, value) => record.fields.set(name, value),
            Self::Version(version) => record.version.clone_from(version),
            Self::Deleted(deleted) => record.deleted = *deleted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{edits, project};
    use proptest::prelude::*;

    #[test]
    fn an_annotation_that_comes_before_its_document_is_listed_with_it() {
        let document = crate::testing::document();
        let mut project = Project::default();
        let record = crate::testing::annotation(1, crate::testing::span_of("fox"));
        project.apply(&[Edit::AddAnnotation(Arc::new(record))]);
        assert_eq!(project.annotations(document.id()).count(), 0);
        let add = [Edit::AddDocument(Box::new(Record::clone(&document.record)))];
        let added = project.apply(&add).changes;
        assert_eq!(project.annotations(document.id()).count(), 1);
        assert_eq!(project.read(document.version()), [document.id()]);
        let placed = project.annotations(document.id()).next();
        assert!(placed.is_some_and(|placed| placed.span().is_some()));
        project.check().unwrap();
        project.withdraw(&added);
        assert_eq!(project.annotations(document.id()).count(), 0);
        project.apply(&add);
        assert_eq!(project.annotations(document.id()).count(), 1);
        project.check().unwrap();
    }

    /// All that a project holds, what is deleted as well.
    fn all(project: &Project) -> String {
        project.check().unwrap();
        let placed: Vec<&Placed> = project.placed().collect();
        let documents: Vec<&Arc<Record>> = project.documents().collect();
        format!("{placed:?} {:?} {documents:?}", project.codebook())
    }

    proptest! {
        #[test]
        fn what_is_withdrawn_was_never_there(
            before in edits(&project(), 0..12),
            changed in edits(&project(), 1..12),
        ) {
            let mut project = project();
            project.apply(&before);
            let then = all(&project);
            let applied = project.apply(&changed);
            let touched = project.withdraw(&applied.changes);
            prop_assert_eq!(all(&project), then);
            let are_told = |touched: &Touched| {
                let mut ids: Vec<_> = touched.annotations.iter().map(|mark| mark.id).collect();
                ids.sort();
                ids.dedup();
                (ids, touched.codebook, touched.documents.is_empty())
            };
            prop_assert_eq!(are_told(&touched), are_told(&applied.touched));
        }

        /// Two pages change the same; one has not seen the other's changes when it makes its own.
        #[test]
        fn pages_agree_that_take_in_what_came_before_their_own(
            before in edits(&project(), 0..8),
            theirs in edits(&project(), 0..8),
            own in proptest::collection::vec(edits(&project(), 0..8), 1..3),
        ) {
            let (mut here, mut there) = (project(), project());
            here.apply(&before);
            there.apply(&before);
            let steps: Vec<Vec<Change>> =
                own.iter().map(|edits| here.apply(edits).changes).collect();
            for changes in steps.iter().rev() {
                here.withdraw(changes);
            }
            here.apply(&theirs);
            there.apply(&theirs);
            for changes in &steps {
                let edits: Vec<Edit> = changes.iter().map(|change| change.now().into_owned()).collect();
                here.apply(&edits);
                // What is read of it in the journal.
                there.apply(&edits);
            }
            prop_assert_eq!(all(&here), all(&there));
        }
    }
}

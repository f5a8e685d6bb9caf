//! What taking a project back to how it was would do, before anything is done; and what
//! brings a new one there.

use std::sync::Arc;

use crate::annotation::Annotation;
use crate::codebook::Theme;
use crate::document::{DocumentId, LANGUAGE, Record};
use crate::import::counted;
use crate::project::{Edit, OnAnnotation, OnDocument, OnTheme, Project};
use crate::text;
use crate::words;

/// The edits that make a project what it was, and how many annotations they concern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// All of it, as one step.
    pub edits: Vec<Edit>,
    /// Annotations that were there then.
    pub then: usize,
    /// Of these, those that come back.
    pub back: Group,
    /// Of these, those that are here and were otherwise.
    pub changed: Group,
    /// Annotations that were not there, and go to the bin.
    pub gone: Group,
    /// Texts that were others.
    pub texts: usize,
    /// Documents that come back.
    pub documents_back: usize,
    /// Documents that were not there, and go to the bin.
    pub documents_gone: usize,
    /// Documents of which something else was said.
    pub documents_described: usize,
    /// Records of the file that can't be read; it is taken back to what the others say.
    pub unread: usize,
    /// Records are missing in its middle.
    pub incomplete: bool,
}

/// Annotations to which the same happens: how many, and the passages of the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// How many.
    pub count: usize,
    passages: Vec<String>,
}

/// Passages that are named, at most.
const NAMED_PASSAGES: usize = 3;

/// Beginning of a passage that is named, in bytes at most.
const OPENING_BYTES: usize = 60;

impl Group {
    fn add(&mut self, annotation: &Annotation) {
        self.count += 1;
        if self.passages.len() < NAMED_PASSAGES
            && let Some(quote) = &annotation.target.selectors.quote
        {
            self.passages.push(quoted(quote.exact()));
        }
    }

    /// What happens to them, with the first of them by their words.
    fn sentence(&self, what: &str) -> String {
        if self.passages.is_empty() {
            return what.to_owned();
        }
        let has_more = self.count > self.passages.len();
        words::restore::with_passages(what, &self.passages, has_more)
    }
}

/// The first words of a passage in quotation marks and on one line; in its own direction,
/// whatever stands around it.
fn quoted(words: &str) -> String {
    let first = text::opening(words, OPENING_BYTES).replace('\n', " ");
    words::common::quoted(&format!("\u{2068}{first}\u{2069}"))
}

impl Plan {
    /// Counts what becomes of documents, of the edits that are about these.
    fn count_documents(&mut self) {
        let mut described: Vec<DocumentId> = Vec::new();
        // A text brings its own headline.
        let mut text = None;
        for edit in &self.edits {
            match edit {
                Edit::AddDocument(record) => self.documents_back += usize::from(!record.deleted),
                Edit::Document(_, OnDocument::Deleted(true)) => self.documents_gone += 1,
                Edit::Document(_, OnDocument::Deleted(false)) => self.documents_back += 1,
                Edit::Document(id, OnDocument::Version(_)) => {
                    self.texts += 1;
                    text = Some(*id);
                }
                Edit::Document(id, OnDocument::Title(_)) if text == Some(*id) => {}
                // The edits of one document stand together.
                Edit::Document(id, OnDocument::Title(_) | OnDocument::Field(..))
                    if described.last() != Some(id) =>
                {
                    described.push(*id);
                }
                _ => {}
            }
        }
        self.documents_described = described.len();
    }

    /// What there is to say of it: a first line, with `{}` for the version's name, and one for each
    /// thing that would happen.
    #[must_use]
    pub fn preview(&self) -> (&'static str, Vec<String>) {
        let intro = if self.edits.is_empty() {
            words::restore::IS_NOW
        } else {
            words::restore::CAN_BE
        };
        let here = self.then + self.gone.count - self.back.count;
        let then = words::restore::then_and_now(self.then, here);
        let back = self.back.sentence(words::restore::COME_BACK);
        let changed = self.changed.sentence(words::restore::CHANGED_BACK);
        let gone = self.gone.sentence(words::restore::GO);
        let mut lines = counted(&[
            (self.then, &*then),
            (self.back.count, &back),
            (self.gone.count, &gone),
            (self.changed.count, &changed),
            (self.documents_back, words::restore::DOCUMENTS_BACK),
            (self.documents_gone, words::restore::DOCUMENTS_GONE),
            (
                self.documents_described,
                words::restore::DOCUMENTS_DESCRIBED,
            ),
            (self.texts, words::restore::TEXTS),
            (self.unread, words::restore::UNREAD),
        ]);
        if self.incomplete {
            lines.push(words::restore::INCOMPLETE.into());
        }
        (intro, lines)
    }
}

/// Plans to make a project what it was: what is in another one. Records that came since stay, in
/// the bin.
#[must_use]
pub fn plan(now: &Project, then: &Project) -> Plan {
    let mut plan = Plan {
        edits: of_documents(now, then),
        ..Plan::default()
    };
    for is in now.documents() {
        if !is.deleted && then.record(is.id).is_none() {
            plan.edits
                .push(Edit::Document(is.id, OnDocument::Deleted(true)));
        }
    }
    plan.count_documents();
    plan.edits.extend(of_themes(now, then));
    for is in now.codebook().themes() {
        if then.codebook().get(is.id).is_none() {
            plan.edits.push(Edit::Theme(is.id, OnTheme::Deleted(true)));
        }
    }
    for was in then.records() {
        plan.then += usize::from(!was.deleted);
        let is = now.annotation(was.id).map(|is| &is.annotation);
        let edits = match is {
            Some(is) => of_annotation(is, was),
            None if was.deleted => continue,
            None => vec![Edit::AddAnnotation(was.clone())],
        };
        let is_here = is.is_some_and(|is| !is.deleted);
        if !edits.is_empty() {
            match (is_here, !was.deleted) {
                (false, true) => plan.back.add(was),
                (true, true) => plan.changed.add(was),
                (true, false) => plan.gone.add(was),
                (false, false) => {}
            }
        }
        plan.edits.extend(edits);
    }
    for is in now.records() {
        if !is.deleted && then.annotation(is.id).is_none() {
            plan.gone.add(is);
            let gone = OnAnnotation::Deleted(true);
            plan.edits.push(Edit::Annotation(is.id, gone));
        }
    }
    plan
}

/// The edits that make a project in which nothing was done yet what another one is, with what is in
/// its bin. A document is in them whether it is in that project or not: with a later version of the
/// program that may be another one.
#[must_use]
pub fn snapshot(new: &Project, then: &Project) -> Vec<Edit> {
    let mut edits = Vec::new();
    for record in then.documents() {
        edits.push(Edit::AddDocument(Box::new(Record::clone(record))));
        let fields = fields_of(record);
        edits.extend(fields.map(|field| Edit::Document(record.id, field)));
    }
    edits.extend(of_themes(new, then));
    edits.extend(then.records().cloned().map(Edit::AddAnnotation));
    edits
}

/// The edits that give a new project the themes of another one, or none at all.
#[must_use]
pub fn themes(of: Option<&Project>) -> Vec<Edit> {
    let new = Project::new([]);
    match of {
        Some(of) => {
            let edits = of_themes(&new, of).into_iter();
            edits
                .filter(|edit| !matches!(edit, Edit::AddTheme(own) if own.deleted))
                .collect()
        }
        None => {
            let all = new.codebook().themes();
            all.map(|own| Edit::Theme(own.id, OnTheme::Deleted(true)))
                .collect()
        }
    }
}

/// The edits that make a document what it was, or bring it.
fn of_documents(is: &Project, was: &Project) -> Vec<Edit> {
    let mut edits = Vec::new();
    for was in was.documents() {
        match is.record(was.id) {
            Some(is) => edits.extend(of_document(is, was)),
            None => edits.push(Edit::AddDocument(Box::new(Record::clone(was)))),
        }
    }
    edits
}

fn of_document(is: &Record, was: &Record) -> impl Iterator<Item = Edit> {
    let id = is.id;
    let added = is.fields.iter().map(|(name, _)| name);
    let added = added.filter(|name| was.fields.get(name).is_none());
    let added: Vec<OnDocument> = added
        .map(|name| OnDocument::Field(name.clone(), Arc::default()))
        .collect();
    let changed = different(fields_of(was).chain(added), |field| field.now(is));
    changed.map(move |field| Edit::Document(id, field))
}

/// The fields of a document that edits can change, as they were.
fn fields_of(was: &Record) -> impl Iterator<Item = OnDocument> {
    let fields = was.fields.iter();
    let fields: Vec<OnDocument> = fields
        .map(|(name, value)| OnDocument::Field(name.clone(), value.clone()))
        .collect();
    [
        OnDocument::Version(Box::new(was.version.clone())),
        OnDocument::Title(was.title.clone()),
        OnDocument::Deleted(was.deleted),
        OnDocument::Field(
            LANGUAGE.into(),
            was.said(LANGUAGE).cloned().unwrap_or_default(),
        ),
    ]
    .into_iter()
    .chain(fields)
}

/// The fields that are not as they were.
fn different<F: PartialEq>(
    were: impl IntoIterator<Item = F>,
    now: impl Fn(&F) -> F,
) -> impl Iterator<Item = F> {
    were.into_iter().filter(move |field| now(field) != *field)
}

fn of_themes(is: &Project, was: &Project) -> Vec<Edit> {
    let mut edits = Vec::new();
    for was in was.codebook().all() {
        match is.codebook().get(was.id) {
            Some(is) => edits.extend(of_theme(is, was)),
            None => edits.push(Edit::AddTheme(Theme::clone(was))),
        }
    }
    edits
}

fn of_theme(is: &Theme, was: &Theme) -> impl Iterator<Item = Edit> {
    let fields = [
        OnTheme::Name(was.name.clone()),
        OnTheme::Colour(was.colour),
        OnTheme::Order(was.order.clone()),
        OnTheme::Deleted(was.deleted),
    ];
    let id = is.id;
    let changed = different(fields, |field| field.now(is));
    changed.map(move |field| Edit::Theme(id, field))
}

fn of_annotation(is: &Annotation, was: &Annotation) -> Vec<Edit> {
    let tags = is
        .themes
        .iter()
        .chain(&was.themes)
        .map(|theme| OnAnnotation::Tag(*theme, was.bears(*theme)));
    let fields = [
        OnAnnotation::Target(Box::new(was.target.clone())),
        OnAnnotation::Note(was.note.clone()),
        OnAnnotation::Creator(was.creator.clone()),
        OnAnnotation::Modified(was.modified),
        OnAnnotation::Deleted(was.deleted),
    ];
    let mut edits: Vec<Edit> = Vec::new();
    for field in tags.chain(fields) {
        if field.now(is) != field {
            let edit = Edit::Annotation(is.id, field);
            // A theme that both bear is named twice.
            if !edits.contains(&edit) {
                edits.push(edit);
            }
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::annotation::{AnnotationId, Target};
    use crate::project::Placed;
    use crate::testing::{edits, project};
    use crate::text::Span;
    use crate::time::Timestamp;
    use proptest::prelude::*;
    use uuid::Uuid;

    /// What a project shows and exports: the bin is nobody's business.
    fn seen(project: &Project) -> String {
        let live: Vec<&Arc<Annotation>> = project.records().filter(|own| !own.deleted).collect();
        let themes: Vec<&Arc<Theme>> = project.codebook().themes().collect();
        let documents = project.documents().filter(|own| !own.deleted);
        let documents: Vec<&Arc<Record>> = documents.collect();
        format!("{live:?} {themes:?} {documents:?}")
    }

    #[test]
    fn what_becomes_of_documents_is_said() {
        let then = project();
        let mut now = project();
        let document = crate::testing::document();
        let added = Record {
            id: DocumentId(Uuid::from_u128(0xd7)),
            ..Record::clone(&document.record)
        };
        let field = OnDocument::Field("author".into(), "Anna".into());
        let title = OnDocument::Title("Another".into());
        now.apply(&[
            Edit::AddDocument(Box::new(added)),
            Edit::Document(document.id(), title),
            Edit::Document(document.id(), field),
        ]);
        let (_, lines) = plan(&now, &then).preview();
        let gone = format!("1 {}", words::restore::DOCUMENTS_GONE);
        let described = format!("1 {}", words::restore::DOCUMENTS_DESCRIBED);
        assert!(
            lines.contains(&gone) && lines.contains(&described),
            "{lines:?}"
        );
        let (_, lines) = plan(&then, &now).preview();
        let back = format!("1 {}", words::restore::DOCUMENTS_BACK);
        assert!(
            lines.contains(&back) && lines.contains(&described),
            "{lines:?}"
        );
    }

    #[test]
    fn a_language_goes_back_as_fields_do() {
        let (then, mut now) = (project(), project());
        let id = crate::testing::document().id();
        let field = OnDocument::Field(LANGUAGE.into(), "kk".into());
        now.apply(&[Edit::Document(id, field)]);
        assert_eq!(now.record(id).map(|own| &*own.language), Some("kk"));
        let edits = plan(&now, &then).edits;
        now.apply(&edits);
        assert_eq!(now.record(id), then.record(id));
    }

    #[test]
    fn a_few_are_named_and_each_in_short() {
        let mut some = Group::default();
        let sentence = |some: &Group| some.sentence("would go");
        assert_eq!(sentence(&some), "would go");
        let document = &crate::testing::document();
        let text = document.text.text();
        let whole = Target::on(document, Span::between(0, text.len()));
        let mut add = |target: Target| {
            some.add(&Annotation::new(
                AnnotationId(Uuid::nil()),
                target,
                Timestamp(0),
            ));
            sentence(&some)
        };
        let said = add(whole.clone());
        assert!(
            said.len() < 2 * OPENING_BYTES && said.ends_with("…\u{2069}”"),
            "{said}"
        );
        assert!(!said.contains('\n'), "{said}");
        for _ in 1..NAMED_PASSAGES {
            add(Target::on(document, Span::between(0, 3)));
        }
        let said = add(whole);
        assert!(
            said.ends_with(", …") && said.matches('“').count() == NAMED_PASSAGES,
            "{said}"
        );
    }

    proptest! {
        #[test]
        fn a_project_is_what_it_was_and_one_undo_later_what_it_is(
            before in edits(&project(), 0..12),
            since in edits(&project(), 0..12),
        ) {
            let mut then = project();
            then.apply(&before);
            let mut now = then.clone();
            now.apply(&since);
            let is = seen(&now);
            let counted = |project: &Project| {
                project.records().filter(|own| !own.deleted).count()
            };
            let here = counted(&now);

            let plan = plan(&now, &then);
            let applied = now.apply(&plan.edits);
            prop_assert_eq!(seen(&now), seen(&then));
            prop_assert_eq!(plan.then, counted(&then));
            prop_assert_eq!(here + plan.back.count - plan.gone.count, plan.then);
            // Each of the edits does something, and nothing is left to do.
            prop_assert_eq!(applied.changes.len(), plan.edits.len());
            prop_assert_eq!(super::plan(&now, &then).edits, Vec::new());

            now.take_back(&applied.changes);
            prop_assert_eq!(seen(&now), is);
        }

        #[test]
        fn a_snapshot_is_all_that_was_done(done in edits(&project(), 0..20)) {
            let all = |project: &Project| {
                let placed: Vec<&Placed> = project.placed().collect();
                let themes: Vec<&Arc<Theme>> = project.codebook().all().collect();
                format!("{placed:?} {themes:?} {}", seen(project))
            };
            let mut was = project();
            was.apply(&done);
            let mut is = project();
            is.apply(&snapshot(&is, &was));
            prop_assert_eq!(all(&is), all(&was));
        }
    }
}

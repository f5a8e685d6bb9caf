//! What taking a file in would do, before anything is done.

use std::collections::HashMap;
use std::sync::Arc;

use crate::anchor::{Finder, Quote, verify_position};
use crate::annotation::{Annotation, Target};
use crate::codebook::{Codebook, Theme, ThemeId};
use crate::document::Document;
use crate::project::{Edit, OnAnnotation, OnTheme, Placed, Project};
use crate::words;

/// The edits an import would make, and how many annotations they concern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// All of it, as one step.
    pub edits: Vec<Edit>,
    /// Annotations that are not here yet.
    pub new: usize,
    /// Annotations that are here and would change.
    pub changed: usize,
    /// Annotations that are here just so.
    pub same: usize,
    /// Annotations that are here on another document; they are left as they are.
    pub on_other: usize,
    /// Of the new and the changed, those without a sure place in this text. They are
    /// kept, listed and exported, and not painted.
    pub unplaced: usize,
    /// Of these, those that name another address than this article's.
    pub elsewhere: usize,
    /// Annotations of the file that are found on other words here than they quote.
    pub reworded: usize,
    /// Titles of documents that annotations would go into, and how many new or changed ones; none
    /// where all are for the open one.
    pub into: Vec<(Arc<str>, usize)>,
    /// What texts are called that no document here has, and how many annotations are left out for
    /// that.
    pub left: Vec<(Arc<str>, usize)>,
    /// Titles of documents whose texts can't be read, and how many annotations are left out for that.
    pub unread: Vec<(Arc<str>, usize)>,
}

/// Themes that are named of those that would be added, and documents: more are not read.
const NAMED: usize = 12;

/// How many annotations something is about, in all of its lines but the first.
fn about(documents: &[(Arc<str>, usize)], line: fn(&str) -> String, rest: &str) -> Vec<String> {
    let named = documents.iter().take(NAMED);
    let mut lines: Vec<String> = named
        .map(|(title, count)| format!("{count} {}", line(title)))
        .collect();
    let besides = documents.iter().skip(NAMED);
    let besides: usize = besides.map(|(_, count)| count).sum();
    lines.extend(counted(&[(besides, rest)]));
    lines
}

impl Plan {
    /// What there is to say of it: a first line, with `{}` for the file's name, and one for each
    /// thing that would happen.
    #[must_use]
    pub fn preview(&self) -> (&'static str, Vec<String>) {
        let intro = match (self.edits.is_empty(), self.same + self.on_other) {
            (true, 0) if !(self.left.is_empty() && self.unread.is_empty()) => {
                words::import::NONE_OF_IT
            }
            (true, 0) => words::import::EMPTY,
            (true, _) => words::import::ALL_HERE,
            (false, _) => words::import::BRINGS,
        };
        let mut lines = counted(&[
            (self.elsewhere, words::import::ELSEWHERE),
            (self.new, words::import::NEW),
            (self.changed, words::import::CHANGED),
            (self.reworded, words::import::REWORDED),
            (self.same, words::import::SAME),
            (self.on_other, words::import::ON_OTHER),
            (self.unplaced, words::import::UNPLACED),
        ]);
        let into = about(&self.into, words::import::into, words::import::INTO_OTHERS);
        let left = about(
            &self.left,
            words::import::left,
            words::import::LEFT_OF_OTHERS,
        );
        let unread = about(
            &self.unread,
            words::import::unread,
            words::import::LEFT_OF_UNREAD,
        );
        lines.extend([into, left, unread].concat());
        let themes: Vec<&str> = self.themes().take(NAMED).collect();
        if !themes.is_empty() {
            let besides = self.themes().count() - themes.len();
            lines.push(words::import::themes_added(&themes, besides));
        }
        (intro, lines)
    }

    /// Names of themes that would be added.
    pub fn themes(&self) -> impl Iterator<Item = &str> {
        self.edits.iter().filter_map(|edit| match edit {
            Edit::AddTheme(theme) => Some(&*theme.name),
            _ => None,
        })
    }
}

/// A line for each number and what it counts, if it is not none.
pub(crate) fn counted(counts: &[(usize, &str)]) -> Vec<String> {
    let some = counts.iter().filter(|(count, _)| *count > 0);
    some.map(|(count, what)| format!("{count} {what}"))
        .collect()
}

/// Describes the passages of a file's records that are found for sure in a text anew, on
/// that text; `source` is the address of its document. Gives the number of those that quote
/// other words than they are found on. It is work for the worker.
pub fn describe_anew(records: &mut [Annotation], finder: &Finder<'_>, source: &str) -> usize {
    let mut reworded = 0;
    let selectors = records.iter().map(|record| &*record.target.selectors);
    let found = finder.resolve_all(selectors);
    for (record, found) in records.iter_mut().zip(found) {
        let target = &mut record.target;
        if let Some(span) = found.span() {
            target.source = None;
            let here = finder.describe(span);
            let quotes = target.selectors.quote.as_ref().zip(here.quote.as_ref());
            // Other white space is not other words.
            let differ = |(old, new): (&Quote, &Quote)| {
                let (old, new) = (old.exact(), new.exact());
                old != new && old.split_whitespace().ne(new.split_whitespace())
            };
            reworded += usize::from(quotes.is_some_and(differ));
            target.selectors = Arc::new(here);
        } else if target.source.as_deref() == Some(source) {
            target.source = None;
        }
    }
    reworded
}

/// Plans the import of records into a document, after [`describe_anew`]. Annotations that are
/// here already are updated field by field, by where they stand: their places have to be
/// known; those in the bin come back. Of the themes, those in use are taken over that the
/// project does not know.
#[must_use]
pub fn plan(
    project: &Project,
    document: &Document,
    annotations: Vec<Annotation>,
    themes: &[Theme],
) -> Plan {
    let mut planner = Planner::new(project, themes);
    planner.add(document, annotations);
    planner.plan
}

/// Plans the import of a file's records, document by document.
pub struct Planner<'a> {
    project: &'a Project,
    /// The themes as they would be.
    codebook: Codebook,
    /// Those of the file.
    themes: HashMap<ThemeId, &'a Theme>,
    /// What is planned.
    pub plan: Plan,
}

impl<'a> Planner<'a> {
    /// Begins, with the themes of the file.
    #[must_use]
    pub fn new(project: &'a Project, themes: &'a [Theme]) -> Self {
        Self {
            project,
            codebook: project.codebook().clone(),
            themes: themes.iter().map(|theme| (theme.id, theme)).collect(),
            plan: Plan::default(),
        }
    }

    /// Plans the records for one document; see [`plan`].
    pub fn add(&mut self, document: &Document, annotations: Vec<Annotation>) {
        let Self {
            project,
            codebook,
            themes,
            plan,
        } = self;
        for record in annotations {
            let mut placed =
                verify_position(&record.target.selectors, &document.text, &document.digest)
                    .is_some();
            let elsewhere = record.target.source.is_some();
            let named = record.themes.clone();
            let edits = match project.annotation(record.id) {
                Some(own) if own.annotation.target.document != document.id() => {
                    plan.on_other += 1;
                    continue;
                }
                None => {
                    plan.new += 1;
                    vec![Edit::AddAnnotation(Arc::new(record))]
                }
                Some(own) => {
                    let edits = updates(own, &record, placed, document);
                    placed |= own.span().is_some();
                    if edits.is_empty() {
                        plan.same += 1;
                    } else if own.annotation.deleted {
                        plan.new += 1;
                    } else {
                        plan.changed += 1;
                    }
                    edits
                }
            };
            if !edits.is_empty() {
                for id in &named {
                    know(*id, themes, codebook, plan);
                }
                plan.unplaced += usize::from(!placed);
                plan.elsewhere += usize::from(!placed && elsewhere);
            }
            plan.edits.extend(edits);
        }
    }
}

/// Sees to it that a file's theme is in the codebook.
fn know(id: ThemeId, themes: &HashMap<ThemeId, &Theme>, codebook: &mut Codebook, plan: &mut Plan) {
    if let Some(theme) = codebook.get(id) {
        if theme.deleted {
            let mut theme = Theme::clone(theme);
            theme.deleted = false;
            codebook.put(theme);
            plan.edits.push(Edit::Theme(id, OnTheme::Deleted(false)));
        }
        return;
    }
    let Some(theme) = themes.get(&id) else {
        return;
    };
    let mut theme = Theme::clone(theme);
    if codebook.is_taken(&theme.order) {
        theme.order = codebook.next_order();
    }
    plan.edits.push(Edit::AddTheme(theme.clone()));
    codebook.put(theme);
}

/// The edits that make one's own record like the file's. A place that is sure here, or has
/// not been looked for yet, is not given up for one that is not sure; and what a person
/// said is not in this text stays so.
fn updates(own: &Placed, record: &Annotation, placed: bool, document: &Document) -> Vec<Edit> {
    let own_placed = own.span().is_some() || own.place.is_none();
    let own = &own.annotation;
    let given_up = own.target.is_absent_from(&document.digest);
    let mut fields: Vec<OnAnnotation> = Vec::new();
    for theme in own.themes.iter().chain(&record.themes) {
        let wanted = record.bears(*theme);
        if wanted != own.bears(*theme) {
            fields.push(OnAnnotation::Tag(*theme, wanted));
        }
    }
    if own.note != record.note {
        fields.push(OnAnnotation::Note(record.note.clone()));
    }
    if !points_alike(&own.target, &record.target) && (placed || !own_placed) && !given_up {
        fields.push(OnAnnotation::Target(Box::new(record.target.clone())));
    }
    if own.creator != record.creator {
        fields.push(OnAnnotation::Creator(record.creator.clone()));
    }
    if own.deleted {
        fields.push(OnAnnotation::Deleted(false));
    }
    if own.modified != record.modified && !fields.is_empty() {
        fields.push(OnAnnotation::Modified(record.modified));
    }
    fields
        .into_iter()
        .map(|field| Edit::Annotation(own.id, field))
        .collect()
}

/// Whether two targets say the same of their passage; which text they were made on
/// does not count, since a file says that once for all of its annotations.
fn points_alike(a: &Target, b: &Target) -> bool {
    a.source == b.source
        && a.selectors.quote == b.selectors.quote
        && a.selectors.position == b.selectors.position
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::Selectors;
    use crate::annotation::Known;
    use crate::format::w3c;
    use crate::testing::{annotation, document, edits, project, span_of, theme};
    use crate::time::Timestamp;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn apply(project: &mut Project, edits: Vec<Edit>) {
        project.apply(&edits);
    }

    fn planned(project: &Project, file: &str) -> Plan {
        let mut said = w3c::read(file, project.codebook(), document().id(), Timestamp(9)).unwrap();
        let document = document();
        let finder = Finder::new(&document.text, &document.digest);
        let reworded = describe_anew(&mut said.annotations, &finder, &document.record.source);
        let plan = plan(project, &document, said.annotations, &said.themes);
        Plan { reworded, ..plan }
    }

    /// The quotes and themes of a project, one a line.
    fn listed(project: &Project) -> Vec<String> {
        crate::query::all_rows(project, document().id(), crate::project::Filter::All)
            .iter()
            .map(|row| {
                let names: Vec<&str> = row
                    .themes
                    .iter()
                    .filter_map(|theme| project.codebook().get(*theme))
                    .map(|theme| &*theme.name)
                    .collect();
                format!("{} [{}] {}", row.quote, names.join(", "), row.note_opening)
            })
            .collect()
    }

    /// What a file carries over: names and order of themes stay one's own. Marks on the very
    /// same passage are listed by their ids, and an IRI gives another id in another project.
    fn compared(project: &Project) -> Vec<(Arc<str>, BTreeSet<ThemeId>, Arc<str>)> {
        let mut rows: Vec<_> =
            crate::query::all_rows(project, document().id(), crate::project::Filter::All)
                .iter()
                .map(|row| {
                    (
                        row.quote.clone(),
                        row.themes.iter().copied().collect(),
                        row.note_opening.clone(),
                    )
                })
                .collect();
        rows.sort();
        rows
    }

    proptest! {
        #[test]
        fn an_export_read_into_an_empty_project_gives_the_same_export(edits in edits(&project(), 0..24)) {
            let mut one = project();
            apply(&mut one, edits);
            let file = w3c::write(&one, &document(), Timestamp(0));
            let mut other = project();
            let plan = planned(&other, &file);
            prop_assert_eq!(plan.unplaced, 0);
            apply(&mut other, plan.edits);
            other.check().unwrap();
            prop_assert_eq!(compared(&other), compared(&one));
            // And once more changes nothing.
            prop_assert_eq!(planned(&other, &file).edits, vec![]);
        }
    }

    #[test]
    fn same_ids_are_updated_and_not_doubled() {
        let mut project = project();
        apply(
            &mut project,
            vec![Edit::AddAnnotation(Arc::new(annotation(
                1,
                span_of("quick"),
            )))],
        );
        let before = w3c::write(&project, &document(), Timestamp(0));
        let id = crate::annotation::AnnotationId(uuid::Uuid::from_u128(1));
        apply(
            &mut project,
            vec![
                Edit::Annotation(id, OnAnnotation::Tag(theme("Energy"), true)),
                Edit::Annotation(id, OnAnnotation::Note("mine".into())),
            ],
        );
        let plan = planned(&project, &before);
        assert_eq!(
            (plan.new, plan.changed, plan.same, plan.unplaced),
            (0, 1, 0, 0)
        );
        apply(&mut project, plan.edits);
        assert_eq!(listed(&project), ["quick [] "]);
    }

    #[test]
    fn what_a_person_said_is_not_here_stays_so() {
        let mut project = project();
        let record = annotation(1, span_of("quick"));
        let (id, mut target) = (record.id, record.target.clone());
        apply(&mut project, vec![Edit::AddAnnotation(Arc::new(record))]);
        let file = w3c::write(&project, &document(), Timestamp(0));
        target.known = Some(Box::new(Known::AbsentFrom(document().digest.clone())));
        // As it was before it was looked for: on other words.
        let mut selectors = Selectors::clone(&target.selectors);
        selectors.position = None;
        target.selectors = Arc::new(selectors);
        let given_up = Edit::Annotation(id, OnAnnotation::Target(Box::new(target)));
        apply(&mut project, vec![given_up]);
        assert_eq!(planned(&project, &file).edits, []);
    }

    #[test]
    fn what_is_here_on_another_document_is_left_alone() {
        let mut other = Document::clone(&document());
        Arc::make_mut(&mut other.record).id =
            crate::document::DocumentId(uuid::Uuid::from_u128(77));
        let mut project = Project::new([document(), Arc::new(other.clone())]);
        let mut record = annotation(1, span_of("quick"));
        record.target.document = other.id();
        apply(&mut project, vec![Edit::AddAnnotation(Arc::new(record))]);
        let file = w3c::write(&project, &other, Timestamp(0)).replace("quick", "brown");
        let plan = planned(&project, &file);
        assert_eq!((plan.on_other, plan.edits), (1, vec![]));
    }

    #[test]
    fn a_deleted_annotation_comes_back() {
        let mut project = project();
        apply(
            &mut project,
            vec![Edit::AddAnnotation(Arc::new(annotation(
                1,
                span_of("quick"),
            )))],
        );
        let file = w3c::write(&project, &document(), Timestamp(0));
        let id = crate::annotation::AnnotationId(uuid::Uuid::from_u128(1));
        apply(
            &mut project,
            vec![Edit::Annotation(id, OnAnnotation::Deleted(true))],
        );
        let plan = planned(&project, &file);
        assert_eq!(plan.new, 1);
        apply(&mut project, plan.edits);
        assert_eq!(listed(&project), ["quick [] "]);
    }

    /// A file from another tool: its own ids, no UUID, a tag no theme is named after.
    const FOREIGN: &str = r#"{
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://example.org/a1",
        "type": "Annotation", "created": "2022-01-12T10:00:00Z", "creator": "https://example.org/me",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": "energy"},
            {"type": "TextualBody", "purpose": "tagging", "value": "Animals"},
            {"type": "TextualBody", "purpose": "commenting", "value": "one"},
            {"type": "TextualBody", "value": "two"},
            {"id": "https://example.org/picture.png", "type": "Image"}
        ],
        "target": {"source": "https://example.org/elsewhere", "selector":
            {"type": "TextQuoteSelector", "exact": "EXACT", "prefix": "The ", "suffix": " brown"}}
    }"#;

    #[test]
    fn a_foreign_file_lands_by_its_words() {
        let mut project = project();
        let file = FOREIGN.replace("EXACT", "quick");
        let said = w3c::read(&file, project.codebook(), document().id(), Timestamp(9)).unwrap();
        assert_eq!(
            said.warnings,
            ["1 body or bodies are not text; they were left out."]
        );
        let plan = planned(&project, &file);
        assert_eq!((plan.new, plan.unplaced), (1, 0));
        assert_eq!(plan.themes().collect::<Vec<_>>(), ["Animals"]);
        apply(&mut project, plan.edits);
        assert_eq!(listed(&project), ["quick [Energy, Animals] one\n\ntwo"]);
        let exported = w3c::write(&project, &document(), Timestamp(0));
        assert!(exported.contains("\"id\": \"https://example.org/a1\""));
        assert_eq!(planned(&project, &exported).edits, []);
    }

    #[test]
    fn half_a_character_costs_nothing_but_itself() {
        let mut project = project();
        let file = FOREIGN
            .replace("EXACT", "quick")
            .replace("Animals", r"An\ud83dimals");
        let said = w3c::read(&file, project.codebook(), document().id(), Timestamp(9)).unwrap();
        assert_eq!(
            said.warnings[0],
            "1 place(s) hold half a character (a surrogate without its other half); “\u{fffd}” stands there now."
        );
        let plan = planned(&project, &file);
        apply(&mut project, plan.edits);
        assert_eq!(
            listed(&project),
            ["quick [Energy, An\u{fffd}imals] one\n\ntwo"]
        );
    }

    #[test]
    fn what_has_no_place_is_kept_and_exported_as_it_came() {
        let mut project = project();
        let plan = planned(&project, &FOREIGN.replace("EXACT", "slow"));
        assert_eq!((plan.new, plan.unplaced, plan.elsewhere), (1, 1, 1));
        apply(&mut project, plan.edits);
        crate::testing::resolve_all(&mut project);
        let exported = w3c::write(&project, &document(), Timestamp(0));
        for kept in [
            "slow",
            "\"themark:place\": \"lost\"",
            "https://example.org/elsewhere",
        ] {
            assert!(exported.contains(kept), "{kept}");
        }
        assert_eq!(planned(&project, &exported).edits, []);
    }

    #[test]
    fn a_bare_position_of_another_text_gets_no_place_by_a_detour() {
        let mut project = project();
        let file = FOREIGN.replace(
            r#"{"type": "TextQuoteSelector", "exact": "EXACT", "prefix": "The ", "suffix": " brown"}"#,
            r#"{"type": "TextPositionSelector", "start": 2, "end": 9}"#,
        );
        let plan = planned(&project, &file);
        apply(&mut project, plan.edits);
        crate::testing::resolve_all(&mut project);
        let exported = w3c::write(&project, &document(), Timestamp(0));
        assert!(exported.contains("\"themark:place\": \"uncertain\""));
        let mut other = crate::testing::project();
        let plan = planned(&other, &exported);
        assert_eq!(plan.unplaced, 1);
        apply(&mut other, plan.edits);
        other.check().unwrap();
    }

    #[test]
    fn what_is_found_on_other_words_is_counted() {
        let mut other = project();
        let record = annotation(1, span_of("quick brown fox 😀 jumps over"));
        apply(&mut other, vec![Edit::AddAnnotation(Arc::new(record))]);
        let file = w3c::write(&other, &document(), Timestamp(0));
        assert_eq!(planned(&project(), &file).reworded, 0);
        let spaced = planned(&project(), &file.replace("brown fox", "brown  fox"));
        assert_eq!((spaced.new, spaced.unplaced, spaced.reworded), (1, 0, 0));
        let plan = planned(&project(), &file.replace("brown fox", "red fox"));
        assert_eq!((plan.new, plan.unplaced, plan.reworded), (1, 0, 1));
    }

    #[test]
    fn pages_are_followed_and_what_is_only_named_is_said() {
        let item = |number: u8| {
            let item = FOREIGN.replace("EXACT", "quick");
            item.replace("example.org/a1", &format!("example.org/a{number}"))
        };
        // The codebook, the text and the class may stand behind the annotations.
        let file = format!(
            r#"{{"first": {{"items": [{}, "https://example.org/far"], "id": "urn:x:1", "type": "AnnotationPage",
            "next": {{"items": [{}], "id": "urn:x:2", "type": "AnnotationPage", "next": "https://example.org/p3"}}}},
            "@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:0", "type": "AnnotationCollection"}}"#,
            item(1),
            item(2)
        );
        let said = w3c::read(&file, project().codebook(), document().id(), Timestamp(9)).unwrap();
        assert_eq!(said.annotations.len(), 2);
        let fetched = said
            .warnings
            .iter()
            .filter(|warning| warning.contains("not fetched"));
        assert_eq!(
            fetched.collect::<Vec<_>>(),
            [
                "1 page(s) of the collection are elsewhere and were not fetched.",
                "1 annotation(s) are elsewhere and were not fetched."
            ]
        );
    }

    #[test]
    fn a_list_from_another_tool_is_read() {
        let file = include_str!("../tests/fixtures/recogito/annotations.w3c.json");
        let project = project();
        let said = w3c::read(file, project.codebook(), document().id(), Timestamp(9)).unwrap();
        assert_eq!(said.annotations.len(), 5);
        assert_eq!(planned(&project, file).unplaced, 5);
    }
}

//! What taking a file in would do, before anything is done.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::anchor::{Selectors, describe, resolve};
use crate::annotation::{Annotation, Target};
use crate::codebook::{Codebook, Colour, Theme, ThemeId};
use crate::document::Document;
use crate::format::w3c::{Incoming, Said};
use crate::project::{Edit, OnAnnotation, OnTheme, Placed, Project};
use crate::text::Digest;
use crate::time::Timestamp;

/// Colours for themes that a file names without giving one, told apart by hue.
const COLOURS: [Colour; 6] = [
    Colour(0xc2, 0x3b, 0x7a),
    Colour(0x7a, 0x4f, 0xd0),
    Colour(0xc9, 0x4a, 0x2b),
    Colour(0x5a, 0x8f, 0x1e),
    Colour(0x1f, 0x8f, 0xae),
    Colour(0x9a, 0x6b, 0x3f),
];

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
    /// Of the new and the changed, those without a sure place in this text. They are
    /// kept, listed and exported, and not painted.
    pub unplaced: usize,
    /// Of these, those that name another address than this article's.
    pub elsewhere: usize,
    /// Names of themes that would be added.
    pub themes: Vec<Arc<str>>,
}

/// Plans the import of a file into a document. Annotations that are here already
/// are updated field by field; those in the bin come back.
#[must_use]
pub fn plan(project: &Project, document: &Document, said: &Said, at: Timestamp) -> Plan {
    let mut plan = Plan::default();
    let mut codebook = project.codebook().clone();
    let mut themes = Themes {
        said,
        own: project.codebook(),
        codebook: &mut codebook,
        plan: &mut plan,
    };
    let tags: Vec<BTreeSet<ThemeId>> = said
        .annotations
        .iter()
        .map(|incoming| incoming.tags.iter().map(|tag| themes.of(tag)).collect())
        .collect();
    for (incoming, tags) in said.annotations.iter().zip(tags) {
        let record = record(document, incoming, tags, at);
        let placed = project.place(&record).span().is_some();
        let edits = match project.annotation(record.id) {
            None => {
                plan.new += 1;
                vec![Edit::AddAnnotation(Arc::new(record))]
            }
            Some(own) => {
                let edits = updates(own, &record, placed);
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
        if !edits.is_empty() && !placed {
            plan.unplaced += 1;
            let source = incoming.source.as_deref();
            plan.elsewhere += usize::from(source.is_some_and(|source| source != &*document.source));
        }
        plan.edits.extend(edits);
    }
    plan
}

/// Finds the theme a tag means, and adds it where there is none.
struct Themes<'a> {
    said: &'a Said,
    own: &'a Codebook,
    codebook: &'a mut Codebook,
    plan: &'a mut Plan,
}

impl Themes<'_> {
    fn of(&mut self, (id, name): &(Option<ThemeId>, Arc<str>)) -> ThemeId {
        if let Some(theme) = id.and_then(|id| self.codebook.get(id)) {
            let mut theme = Theme::clone(theme);
            if theme.deleted {
                theme.deleted = false;
                self.plan.edits.push(Edit::Theme(theme.id, OnTheme::Deleted(false)));
                self.codebook.put(theme.clone());
            }
            return theme.id;
        }
        // By name: one's own theme; one that this file brings only where the tag has no
        // id, since a codebook may well have two themes of one name.
        let known = if id.is_some() { self.own } else { &*self.codebook };
        if let Some(theme) = known.named(name) {
            return theme.id;
        }
        let given = self.said.themes.iter().find(|theme| Some(theme.id) == *id);
        let theme = Theme {
            id: id.unwrap_or_else(|| theme_id(name)),
            name: given.map_or(name, |given| &given.name).clone(),
            colour: given
                .and_then(|given| given.colour)
                .unwrap_or(COLOURS[self.plan.themes.len() % COLOURS.len()]),
            order: given
                .and_then(|given| given.order.clone())
                .unwrap_or_else(|| self.codebook.next_order()),
            deleted: false,
        };
        self.plan.themes.push(theme.name.clone());
        self.plan.edits.push(Edit::AddTheme(theme.clone()));
        self.codebook.put(theme.clone());
        theme.id
    }
}

/// A theme that a file only names gets an id that follows from the name, so that
/// two people who import the file have the same theme.
fn theme_id(name: &str) -> ThemeId {
    ThemeId(Digest::of(&name.trim().to_lowercase()).uuid())
}

fn record(document: &Document, incoming: &Incoming, tags: BTreeSet<ThemeId>, at: Timestamp) -> Annotation {
    let selectors = &incoming.selectors;
    let place = resolve(selectors, &document.text, document.digest);
    let created = incoming.created.or(incoming.modified).unwrap_or(at);
    let foreign = incoming.source.clone().filter(|source| **source != *document.source);
    Annotation {
        id: incoming.id,
        iri: incoming.iri.clone(),
        // A passage that was found is from now on one of this text.
        target: match place.span() {
            Some(span) => Target {
                document: document.id,
                source: None,
                selectors: Arc::new(describe(&document.text, document.digest, span)),
            },
            None => Target {
                document: document.id,
                source: foreign,
                selectors: Arc::new(Selectors::clone(selectors)),
            },
        },
        themes: tags.into_iter().collect(),
        note: incoming.note.as_str().into(),
        creator: incoming.creator.clone(),
        created,
        modified: incoming.modified.unwrap_or(created),
        deleted: false,
    }
}

/// The edits that make one's own record like the file's. A place that is sure here
/// is not given up for one that is not.
fn updates(own: &Placed, record: &Annotation, placed: bool) -> Vec<Edit> {
    let own_placed = own.place.span().is_some();
    let own = &own.annotation;
    let mut fields: Vec<OnAnnotation> = Vec::new();
    for theme in own.themes.iter().chain(&record.themes) {
        let wanted = record.themes.contains(theme);
        if wanted != own.themes.contains(theme) {
            fields.push(OnAnnotation::Tag(*theme, wanted));
        }
    }
    if own.note != record.note {
        fields.push(OnAnnotation::Note(record.note.clone()));
    }
    if !points_alike(&own.target, &record.target) && (placed || !own_placed) {
        fields.push(OnAnnotation::Target(record.target.clone()));
    }
    if own.creator != record.creator {
        fields.push(OnAnnotation::Creator(record.creator.clone()));
    }
    if own.deleted {
        fields.push(OnAnnotation::Deleted(false));
    }
    if own.created != record.created {
        fields.push(OnAnnotation::Created(record.created));
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
    use crate::format::w3c;
    use crate::project::{Origin, Transaction};
    use crate::testing::{annotation, document, edits, project, span_of, theme};
    use proptest::prelude::*;

    fn apply(project: &mut Project, edits: Vec<Edit>) {
        project.apply(&Transaction {
            label: "import".into(),
            edits,
            origin: Origin::Person,
            at: Timestamp(9),
        });
    }

    fn planned(project: &Project, file: &str) -> Plan {
        let said = w3c::read(file).unwrap();
        plan(project, &document(), &said, Timestamp(9))
    }

    /// The quotes and themes of a project, one a line.
    fn listed(project: &Project) -> Vec<String> {
        crate::query::rows(project, document().id, crate::query::Filter::All)
            .iter()
            .map(|row| {
                let names: Vec<&str> = row
                    .themes
                    .iter()
                    .filter_map(|theme| project.codebook().get(*theme))
                    .map(|theme| &*theme.name)
                    .collect();
                format!("{} [{}] {}", row.quote, names.join(", "), row.note)
            })
            .collect()
    }

    /// What a file carries over: names and order of themes stay one's own.
    fn compared(project: &Project) -> Vec<(Arc<str>, BTreeSet<ThemeId>, Arc<str>)> {
        crate::query::rows(project, document().id, crate::query::Filter::All)
            .iter()
            .map(|row| (row.quote.clone(), row.themes.iter().copied().collect(), row.note.clone()))
            .collect()
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
        apply(&mut project, vec![Edit::AddAnnotation(Arc::new(annotation(1, span_of("quick"))))]);
        let before = w3c::write(&project, &document(), Timestamp(0));
        let id = crate::annotation::AnnotationId(uuid::Uuid::from_u128(1));
        apply(&mut project, vec![
            Edit::Annotation(id, OnAnnotation::Tag(theme("Energy"), true)),
            Edit::Annotation(id, OnAnnotation::Note("mine".into())),
        ]);
        let plan = planned(&project, &before);
        assert_eq!((plan.new, plan.changed, plan.same, plan.unplaced), (0, 1, 0, 0));
        apply(&mut project, plan.edits);
        assert_eq!(listed(&project), ["quick [] "]);
    }

    #[test]
    fn a_deleted_annotation_comes_back() {
        let mut project = project();
        apply(&mut project, vec![Edit::AddAnnotation(Arc::new(annotation(1, span_of("quick"))))]);
        let file = w3c::write(&project, &document(), Timestamp(0));
        let id = crate::annotation::AnnotationId(uuid::Uuid::from_u128(1));
        apply(&mut project, vec![Edit::Annotation(id, OnAnnotation::Deleted(true))]);
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
        let said = w3c::read(&file).unwrap();
        assert_eq!(said.warnings, ["1 body or bodies are not text; they were left out."]);
        let plan = planned(&project, &file);
        assert_eq!((plan.new, plan.unplaced), (1, 0));
        assert_eq!(plan.themes, [Arc::from("Animals")]);
        apply(&mut project, plan.edits);
        assert_eq!(listed(&project), ["quick [Energy, Animals] one\n\ntwo"]);
        let exported = w3c::write(&project, &document(), Timestamp(0));
        assert!(exported.contains("\"id\": \"https://example.org/a1\""));
        assert_eq!(planned(&project, &exported).edits, []);
    }

    #[test]
    fn what_has_no_place_is_kept_and_exported_as_it_came() {
        let mut project = project();
        let plan = planned(&project, &FOREIGN.replace("EXACT", "slow"));
        assert_eq!((plan.new, plan.unplaced, plan.elsewhere), (1, 1, 1));
        apply(&mut project, plan.edits);
        let exported = w3c::write(&project, &document(), Timestamp(0));
        for kept in ["slow", "\"themark:place\": \"lost\"", "https://example.org/elsewhere"] {
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
        let exported = w3c::write(&project, &document(), Timestamp(0));
        assert!(exported.contains("\"themark:place\": \"uncertain\""));
        let mut other = crate::testing::project();
        let plan = planned(&other, &exported);
        assert_eq!(plan.unplaced, 1);
        apply(&mut other, plan.edits);
        other.check().unwrap();
    }

    #[test]
    fn a_list_from_another_tool_is_read() {
        let file = include_str!("../tests/fixtures/recogito/annotations.w3c.json");
        let said = w3c::read(file).unwrap();
        assert_eq!(said.annotations.len(), 5);
        assert_eq!(planned(&project(), file).unplaced, 5);
    }
}

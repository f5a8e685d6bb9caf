//! Reads annotation files: collections, pages, single annotations and bare lists.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;
use uuid::Uuid;

use super::validate;
use crate::anchor::{Quote, Selectors};
use crate::annotation::{Annotation, AnnotationId, Target};
use crate::codebook::{Codebook, Colour, Order, Theme, ThemeId};
use crate::document::DocumentId;
use crate::text::{CodePoint, Digest, Span};
use crate::time::Timestamp;

/// Why a file is refused: every reason is a sentence that says what and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub Vec<String>);

/// What a file says, as records; where they stand in a project's text is not looked
/// at here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Its annotations, each id once.
    pub annotations: Vec<Annotation>,
    /// The themes of its codebook, and those that its tags name.
    pub themes: Vec<Theme>,
    /// What could not be taken over, in sentences.
    pub warnings: Vec<String>,
}

/// Colours for themes that a file names without giving one, told apart by hue.
const COLOURS: [Colour; 6] = [
    Colour(0xc2, 0x3b, 0x7a),
    Colour(0x7a, 0x4f, 0xd0),
    Colour(0xc9, 0x4a, 0x2b),
    Colour(0x5a, 0x8f, 0x1e),
    Colour(0x1f, 0x8f, 0xae),
    Colour(0x9a, 0x6b, 0x3f),
];

/// Reads a file as annotations of a document. Its tags become themes of one's own
/// codebook by id, else by name; `at` is when those were made that do not say it.
///
/// # Errors
/// When it is not JSON, or breaks a MUST of the model; nothing of it is taken then.
pub fn read(
    file: &str,
    own: &Codebook,
    document: DocumentId,
    at: Timestamp,
) -> Result<Said, Refused> {
    let sentence = |problem: validate::Problem| {
        if problem.at.is_empty() {
            problem.message
        } else {
            format!("{} (at {})", problem.message, problem.at)
        }
    };
    let value = validate::parse(file).map_err(|problem| Refused(vec![sentence(problem)]))?;
    let (bare, problems): (Vec<_>, Vec<_>) = validate::validate(&value)
        .into_iter()
        .partition(|problem| is_bare_name(&value, problem));
    if !problems.is_empty() {
        return Err(Refused(problems.into_iter().map(sentence).collect()));
    }
    let mut reader = Reader {
        own,
        document,
        at,
        digest: value["themark:text"]["themark:sha256"]
            .as_str()
            .and_then(Digest::parse),
        themes: Vec::new(),
        skipped: Skipped {
            bare: bare.len(),
            ..Skipped::default()
        },
    };
    for theme in list(&value["themark:codebook"]) {
        reader.codebook_theme(theme);
    }
    let mut annotations = Vec::new();
    let mut seen = BTreeSet::new();
    for item in items(&value, &mut reader.skipped) {
        let annotation = reader.annotation(item);
        if seen.insert(annotation.id) {
            annotations.push(annotation);
        } else {
            reader.skipped.twice += 1;
        }
    }
    Ok(Said {
        annotations,
        themes: reader.themes,
        warnings: reader.skipped.warnings(),
    })
}

/// Some tools name things by a bare word or UUID, where the standard asks for an IRI.
/// Nothing is lost by taking it as a name; any other defect refuses the file.
fn is_bare_name(value: &Value, problem: &validate::Problem) -> bool {
    let name = value.pointer(&problem.at).and_then(Value::as_str);
    problem.at.ends_with("/id")
        && name.is_some_and(|name| {
            !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == ':')
        })
}

/// What was met and not taken over as it stands.
#[derive(Default)]
struct Skipped {
    bare: usize,
    twice: usize,
    bodies: usize,
    targets: usize,
    selectors: usize,
    pages: usize,
}

impl Skipped {
    fn warnings(&self) -> Vec<String> {
        [
            (
                self.bare,
                "name(s) are not IRIs, as the standard asks; they were taken as they are",
            ),
            (
                self.twice,
                "annotation(s) repeat an id of this file; the first was taken",
            ),
            (
                self.bodies,
                "body or bodies are not text; they were left out",
            ),
            (
                self.targets,
                "further target(s) of an annotation were left out; the first was taken",
            ),
            (
                self.selectors,
                "annotation(s) select by something other than a quote or a position in the text",
            ),
            (
                self.pages,
                "page(s) of the collection are elsewhere and were not fetched",
            ),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}."))
        .collect()
    }
}

/// A value that may be one or several, as JSON-LD allows everywhere.
fn list(value: &Value) -> std::slice::Iter<'_, Value> {
    match value {
        Value::Null => [].iter(),
        Value::Array(values) => values.iter(),
        single => std::slice::from_ref(single).iter(),
    }
}

/// Whether a value's `type` names this class.
fn is_a(value: &Value, class: &str) -> bool {
    list(&value["type"]).any(|name| name == class)
}

/// The annotations of a file, whatever holds them.
fn items<'a>(value: &'a Value, skipped: &mut Skipped) -> Vec<&'a Value> {
    if value.is_array() {
        return list(value).collect();
    }
    let mut page = if is_a(value, "AnnotationCollection") {
        &value["first"]
    } else if is_a(value, "AnnotationPage") {
        value
    } else {
        return vec![value];
    };
    let mut found = Vec::new();
    while page.is_object() {
        found.extend(list(&page["items"]));
        page = &page["next"];
    }
    // A page named by its address only; nothing is ever fetched for it.
    skipped.pages += usize::from(page.is_string());
    found
}

/// The UUID in a `urn:uuid:` name, or one that stands bare.
fn uuid(name: &str) -> Option<Uuid> {
    Uuid::try_parse(name.strip_prefix("urn:uuid:").unwrap_or(name)).ok()
}

/// A project names annotations by UUID. Another kind of name becomes one that
/// follows from it, so that the same file read twice means
/// the same annotations; a list without names goes by its content.
fn id_of(item: &Value) -> (AnnotationId, Option<Arc<str>>) {
    let name = item["id"].as_str();
    if let Some(id) = name.and_then(uuid) {
        return (AnnotationId(id), None);
    }
    let digest = name.map_or_else(|| Digest::of(&item.to_string()), Digest::of);
    // A bare word would make our own export one that others refuse.
    let iri = name.filter(|name| name.contains(':'));
    (AnnotationId(digest.uuid()), iri.map(Into::into))
}

/// What is known of a file while it is read.
struct Reader<'a> {
    own: &'a Codebook,
    document: DocumentId,
    at: Timestamp,
    digest: Option<Digest>,
    themes: Vec<Theme>,
    skipped: Skipped,
}

impl Reader<'_> {
    fn codebook_theme(&mut self, value: &Value) {
        let id = value["id"].as_str().and_then(uuid);
        if let Some((id, name)) = id.zip(value["label"].as_str()) {
            let colour = value["themark:colour"].as_str().and_then(Colour::parse);
            let order = value["themark:order"].as_str().and_then(Order::parse);
            self.add_theme(ThemeId(id), name, colour, order);
        }
    }

    /// The theme a tag means. One that is only named, and is not known, gets an id that
    /// follows from the name, so that two people who read the file have the same theme.
    fn tag(&mut self, body: &Value, name: &str) -> ThemeId {
        let id = body["id"].as_str().and_then(uuid).map(ThemeId);
        if let Some(theme) = id
            .and_then(|id| self.own.get(id))
            .or_else(|| self.own.named(name))
        {
            return theme.id;
        }
        let name = name.trim();
        let id = id.unwrap_or_else(|| {
            // Among the file's own by name only without an id: its codebook may well
            // have two themes of one name.
            let lower = name.to_lowercase();
            let named = self
                .themes
                .iter()
                .find(|theme| theme.name.to_lowercase() == lower);
            named.map_or_else(|| ThemeId(Digest::of(&lower).uuid()), |theme| theme.id)
        });
        self.add_theme(id, name, None, None);
        id
    }

    fn add_theme(&mut self, id: ThemeId, name: &str, colour: Option<Colour>, order: Option<Order>) {
        if self.themes.iter().any(|theme| theme.id == id) {
            return;
        }
        let last = self.themes.iter().map(|theme| &theme.order).max();
        self.themes.push(Theme {
            id,
            name: name.into(),
            colour: colour.unwrap_or(COLOURS[self.themes.len() % COLOURS.len()]),
            order: order.unwrap_or_else(|| Order::between(last, None)),
            deleted: false,
        });
    }

    fn annotation(&mut self, item: &Value) -> Annotation {
        let (id, iri) = id_of(item);
        let moment = |key: &str| item[key].as_str().and_then(Timestamp::parse);
        let created = moment("created")
            .or_else(|| moment("modified"))
            .unwrap_or(self.at);
        let (themes, note) = self.bodies(item);
        Annotation {
            id,
            iri,
            target: self.target(item),
            themes: themes.into_iter().collect(),
            note: note.into(),
            creator: list(&item["creator"]).find_map(|creator| {
                [
                    &creator["name"],
                    &creator["nickname"],
                    &creator["id"],
                    creator,
                ]
                .into_iter()
                .find_map(Value::as_str)
                .map(Into::into)
            }),
            created,
            modified: moment("modified").unwrap_or(created),
            deleted: false,
        }
    }

    /// The tags and the note; several texts make one note, parted by empty lines.
    fn bodies(&mut self, item: &Value) -> (BTreeSet<ThemeId>, String) {
        let tagging = list(&item["motivation"]).any(|motivation| motivation == "tagging");
        let mut themes = BTreeSet::new();
        let mut notes: Vec<&str> = item["bodyValue"].as_str().into_iter().collect();
        for body in list(&item["body"]) {
            let Some(value) = body["value"].as_str() else {
                self.skipped.bodies += 1;
                continue;
            };
            let purposes = &body["purpose"];
            let tags = if purposes.is_null() {
                tagging
            } else {
                list(purposes).any(|purpose| purpose == "tagging" || purpose == "classifying")
            };
            if tags {
                themes.insert(self.tag(body, value));
            } else {
                notes.push(value);
            }
        }
        (themes, notes.join("\n\n"))
    }

    fn target(&mut self, item: &Value) -> Target {
        let mut targets = list(&item["target"]);
        let target = targets.next().unwrap_or(&Value::Null);
        self.skipped.targets += targets.count();
        let source = target.as_str().or_else(|| {
            let source = &target["source"];
            source
                .as_str()
                .or_else(|| source["id"].as_str())
                .or_else(|| target["id"].as_str())
        });
        let mut selectors = selectors(target);
        if selectors == Selectors::default() {
            self.skipped.selectors += 1;
        } else if item["themark:place"].is_null() {
            // One that had no sure place there must not get one here by its position
            // alone, so it does not count as made on this text.
            selectors.digest = self.digest;
        }
        Target {
            document: self.document,
            source: source.map(Into::into),
            selectors: Arc::new(selectors),
            known: None,
        }
    }
}

fn selectors(target: &Value) -> Selectors {
    let mut selectors = Selectors::default();
    for selector in list(&target["selector"]) {
        let text = |key: &str| selector[key].as_str().unwrap_or_default().into();
        if is_a(selector, "TextQuoteSelector") && selectors.quote.is_none() {
            selectors.quote = Some(Quote {
                exact: text("exact"),
                prefix: text("prefix"),
                suffix: text("suffix"),
            });
        } else if is_a(selector, "TextPositionSelector") && selectors.position.is_none() {
            let offset = |key: &str| selector[key].as_u64().and_then(|at| u32::try_from(at).ok());
            selectors.position = offset("start")
                .zip(offset("end"))
                .map(|(start, end)| Span::between(CodePoint(start), CodePoint(end)));
        }
    }
    selectors
}

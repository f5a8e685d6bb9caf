//! Reads annotation files: collections, pages, single annotations and bare lists.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use serde_json::Value;
use uuid::Uuid;

use super::surrogates::without_lone_surrogates;
use super::validate::{self, Context, Piece, Problem};
use crate::anchor::{Quote, Selectors};
use crate::annotation::{Annotation, AnnotationId, Target};
use crate::codebook::{Codebook, Colour, Order, Theme, ThemeId, folded};
use crate::document::DocumentId;
use crate::text::{CodePoint, Digest, Span};
use crate::time::Timestamp;
use crate::words;

/// Why a file is refused: every reason is a sentence that says what and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub Vec<String>);

/// What a file says, as records; where they stand in a project's text is not looked
/// at here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Its annotations, each id once.
    pub annotations: Vec<Annotation>,
    /// The texts that it names. The target of an annotation on one of several is on the document that
    /// stands for it, else on the one that it names itself, else on the document that was given.
    pub texts: Vec<NamedText>,
    /// The themes of its codebook, and those that its tags name.
    pub themes: Vec<Theme>,
    /// What could not be taken over, in sentences.
    pub warnings: Vec<String>,
}

/// A text that a file says its annotations are on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedText {
    /// What stands for it: the name of its document where the file gives one, else a made one; of an
    /// only text the document that was given.
    pub document: DocumentId,
    /// The name of its document, where the file gives one.
    pub named: Option<DocumentId>,
    /// Its address; empty for none.
    pub source: Arc<str>,
    /// What it is called; empty where the file does not say.
    pub title: Arc<str>,
    /// That of its words.
    pub digest: Option<Digest>,
}

/// The texts that a file names, in its order.
fn texts(frame: &Value, into: DocumentId) -> Vec<NamedText> {
    let said = &frame["themark:text"];
    let is_only = list(said).count() < 2;
    let text = |(number, value): (usize, &Value)| {
        let words = |key: &str| value[key].as_str().unwrap_or_default();
        let named = uuid(words("themark:document")).map(DocumentId);
        let made = || DocumentId(Digest::of(&format!("{number} {}", words("id"))).uuid());
        NamedText {
            document: if is_only {
                into
            } else {
                named.unwrap_or_else(made)
            },
            named,
            source: words("id").into(),
            title: words("themark:title").into(),
            digest: Digest::parse(words("themark:sha256")),
        }
    };
    list(said).enumerate().map(text).collect()
}

/// Finds the text that a target is on, among those that a file names.
struct Texts<'a> {
    all: &'a [NamedText],
    by_name: HashMap<DocumentId, &'a NamedText>,
    /// Nothing for an address that several have.
    by_source: HashMap<&'a str, Option<&'a NamedText>>,
}

impl<'a> Texts<'a> {
    fn new(all: &'a [NamedText]) -> Self {
        let mut by_source = HashMap::new();
        for text in all {
            let entry = by_source.entry(&*text.source);
            entry.and_modify(|own| *own = None).or_insert(Some(text));
        }
        Self {
            all,
            by_name: all.iter().map(|text| (text.document, text)).collect(),
            by_source,
        }
    }

    /// An only text is that of all annotations.
    fn of(&self, named: Option<DocumentId>, source: Option<&str>) -> Option<&'a NamedText> {
        if let [only] = self.all {
            return Some(only);
        }
        let named = named.and_then(|named| self.by_name.get(&named).copied());
        named.or_else(|| *self.by_source.get(source?)?)
    }
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
/// When it is not JSON, or breaks a MUST of the model; nothing of it is taken then. It is read no
/// further than to the [`validate::MOST`]th thing that is wrong.
pub fn read(
    file: &str,
    own: &Codebook,
    document: DocumentId,
    at: Timestamp,
) -> Result<Said, Refused> {
    read_telling(file, own, document, at, &|_| ())
}

/// Reads as [`read`] does, and tells meanwhile how much of the file has been read, in percent.
///
/// # Errors
/// As with [`read`].
pub fn read_telling(
    file: &str,
    own: &Codebook,
    document: DocumentId,
    at: Timestamp,
    progress: &dyn Fn(u8),
) -> Result<Said, Refused> {
    let sentence = |problem: Problem| {
        if problem.at.is_empty() {
            problem.message
        } else {
            words::annotation_file::at(&problem.message, &problem.at)
        }
    };
    let refused =
        |problems: Vec<Problem>| Err(Refused(problems.into_iter().map(sentence).collect()));
    let (file, halves) = without_lone_surrogates(file);
    let mut reader = Reader {
        document,
        at,
        skipped: Skipped {
            halves,
            ..Skipped::default()
        },
    };
    let mut problems = Vec::new();
    // What each list holds, by its pointer.
    let mut lists: Vec<(String, Vec<Item>)> = Vec::new();
    let frame = validate::parse_in_pieces(&file, progress, &mut |piece| {
        reader.check(&piece, &mut problems);
        // Nothing is taken of a file that is refused.
        if problems.is_empty() {
            let item = reader.item(&piece.value);
            match lists.last_mut() {
                Some((last, items)) if last == piece.list => items.push(item),
                _ => lists.push((piece.list.to_owned(), vec![item])),
            }
        }
        if problems.len() < validate::MOST {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    let frame = match frame {
        Ok(Some(frame)) => frame,
        Ok(None) => return refused(problems),
        Err(problem) => return refused(vec![problem]),
    };
    // Then it is another kind of file, not one with faults.
    if lists.is_empty()
        && problems.is_empty()
        && ["@context", "type", "target"]
            .iter()
            .all(|key| frame.get(key).is_none())
        && frame.is_object()
    {
        return Err(Refused(vec![words::annotation_file::NO_ANNOTATIONS.into()]));
    }
    let around = validate::validate(&frame);
    let around = around.into_iter().filter(|problem| {
        let is_bare = is_bare_name(&frame, &problem.at);
        reader.skipped.bare += usize::from(is_bare);
        !is_bare
    });
    problems.splice(0..0, around.collect::<Vec<_>>());
    problems.truncate(validate::MOST);
    if !problems.is_empty() {
        return refused(problems);
    }
    let mut themes = Themes::new(own);
    for theme in list(&frame["themark:codebook"]) {
        themes.take(theme);
    }
    let named = texts(&frame, document);
    let texts = Texts::new(&named);
    let mut annotations = Vec::new();
    let mut seen = BTreeSet::new();
    for item in items(&frame, lists, &mut reader) {
        let mut annotation = item.annotation;
        if !seen.insert(annotation.id) {
            reader.skipped.twice += 1;
            continue;
        }
        let tags = item.tags.iter().map(|(id, name)| themes.tag(*id, name));
        annotation.themes = tags.collect::<BTreeSet<ThemeId>>().into_iter().collect();
        let target = &mut annotation.target;
        if let Some(text) = texts.of(item.document, target.source.as_deref()) {
            target.document = text.document;
            if item.is_on_text {
                let selectors = Arc::make_mut(&mut target.selectors);
                selectors.digest.clone_from(&text.digest);
            }
        } else if let Some(named) = item.document {
            target.document = named;
        }
        annotations.push(annotation);
    }
    Ok(Said {
        annotations,
        texts: named,
        themes: themes.of_file,
        warnings: reader.skipped.warnings(),
    })
}

/// Some tools name things by a bare word or UUID, where the standard asks for an IRI.
/// Nothing is lost by taking it as a name; any other defect refuses the file.
fn is_bare_name(value: &Value, at: &str) -> bool {
    let name = value.pointer(at).and_then(Value::as_str);
    at.ends_with("/id")
        && name.is_some_and(|name| {
            !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == ':')
        })
}

/// What was met and not taken over as it stands.
#[derive(Default)]
struct Skipped {
    halves: usize,
    bare: usize,
    twice: usize,
    bodies: usize,
    targets: usize,
    selectors: usize,
    pages: usize,
    named: usize,
}

impl Skipped {
    fn warnings(&self) -> Vec<String> {
        [
            (self.halves, words::annotation_file::skipped::HALVES),
            (self.bare, words::annotation_file::skipped::BARE),
            (self.twice, words::annotation_file::skipped::TWICE),
            (self.bodies, words::annotation_file::skipped::BODIES),
            (self.targets, words::annotation_file::skipped::TARGETS),
            (self.selectors, words::annotation_file::skipped::SELECTORS),
            (self.pages, words::annotation_file::skipped::PAGES),
            (self.named, words::annotation_file::skipped::NAMED),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
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

/// The annotations of a file, whatever holds them: itself, a list, or pages.
fn items(frame: &Value, mut lists: Vec<(String, Vec<Item>)>, reader: &mut Reader) -> Vec<Item> {
    if frame.is_array() {
        return lists.pop().unwrap_or_default().1;
    }
    let (mut page, mut at) = if is_a(frame, "AnnotationCollection") {
        (&frame["first"], "/first".to_owned())
    } else if is_a(frame, "AnnotationPage") {
        (frame, String::new())
    } else {
        return vec![reader.item(frame)];
    };
    let mut found = Vec::new();
    while page.is_object() {
        let items = [&at, "/items"].concat();
        let own = lists.iter().position(|(list, _)| *list == items);
        let own = own.map(|own| lists.swap_remove(own).1).unwrap_or_default();
        reader.skipped.named += list(&page["items"]).count() - own.len();
        found.extend(own);
        page = &page["next"];
        at += "/next";
    }
    // A page named by its address only; nothing is ever fetched for it.
    reader.skipped.pages += usize::from(page.is_string());
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

/// One's own themes, and those that a file has besides. Both are found by table: a file may name
/// thousands.
struct Themes<'a> {
    own: &'a Codebook,
    /// One's own in use, by their folded names; of several the first.
    own_by_name: HashMap<String, ThemeId>,
    of_file: Vec<Theme>,
    ids_of_file: HashSet<ThemeId>,
    /// Those of the file, in the same way.
    by_name: HashMap<String, ThemeId>,
    /// The last order key of all: what the file names without one comes behind, as it is named.
    last: Option<Order>,
}

impl<'a> Themes<'a> {
    fn new(own: &'a Codebook) -> Self {
        let mut own_by_name = HashMap::new();
        for theme in own.themes() {
            own_by_name.entry(folded(&theme.name)).or_insert(theme.id);
        }
        Self {
            own,
            own_by_name,
            of_file: Vec::new(),
            ids_of_file: HashSet::new(),
            by_name: HashMap::new(),
            last: own.all().last().map(|theme| theme.order.clone()),
        }
    }

    /// Takes a theme of the file's codebook.
    fn take(&mut self, value: &Value) {
        let id = value["id"].as_str().and_then(uuid);
        if let Some((id, name)) = id.zip(value["label"].as_str()) {
            let colour = value["themark:colour"].as_str().and_then(Colour::parse);
            let order = value["themark:order"].as_str().and_then(Order::parse);
            self.add(ThemeId(id), name, colour, order);
        }
    }

    /// The theme a tag means. One that is only named, and is not known, gets an id that
    /// follows from the name, so that two people who read the file have the same theme.
    fn tag(&mut self, id: Option<ThemeId>, name: &str) -> ThemeId {
        if let Some(theme) = id.and_then(|id| self.own.get(id)) {
            return theme.id;
        }
        let lower = folded(name);
        if let Some(own) = self.own_by_name.get(&lower) {
            return *own;
        }
        let id = id.unwrap_or_else(|| {
            // Among the file's own by name only without an id: its codebook may well
            // have two themes of one name.
            let named = self.by_name.get(&lower);
            named
                .copied()
                .unwrap_or_else(|| ThemeId(Digest::of(&lower).uuid()))
        });
        self.add(id, name.trim(), None, None);
        id
    }

    fn add(&mut self, id: ThemeId, name: &str, colour: Option<Colour>, order: Option<Order>) {
        if !self.ids_of_file.insert(id) {
            return;
        }
        let order = order.unwrap_or_else(|| Order::between(self.last.as_ref(), None));
        self.last = self.last.take().max(Some(order.clone()));
        self.by_name.entry(folded(name)).or_insert(id);
        self.of_file.push(Theme {
            id,
            name: name.into(),
            colour: colour.unwrap_or(COLOURS[self.of_file.len() % COLOURS.len()]),
            order,
            deleted: false,
        });
    }
}

/// An annotation, and what of it depends on what the file says as a whole.
struct Item {
    annotation: Annotation,
    /// Its tags: their ids, where they have one, and their names.
    tags: Vec<(Option<ThemeId>, String)>,
    /// The document that its target names.
    document: Option<DocumentId>,
    /// Its position is that in the text which the file names.
    is_on_text: bool,
}

/// Reads one annotation after the other.
struct Reader {
    document: DocumentId,
    at: Timestamp,
    skipped: Skipped,
}

impl Reader {
    /// Tells what is wrong with an annotation in a list.
    fn check(&mut self, piece: &Piece<'_>, problems: &mut Vec<Problem>) {
        let Piece {
            list,
            number,
            value,
        } = piece;
        let context = if list.is_empty() {
            Context::Own
        } else {
            Context::Inherited
        };
        let at = format!("{list}/{number}");
        for problem in validate::annotation(value, &at, context) {
            if is_bare_name(value, &problem.at[at.len()..]) {
                self.skipped.bare += 1;
            } else if problems.len() < validate::MOST {
                problems.push(problem);
            }
        }
    }

    fn item(&mut self, item: &Value) -> Item {
        let (id, iri) = id_of(item);
        let moment = |key: &str| item[key].as_str().and_then(Timestamp::parse);
        let created = moment("created")
            .or_else(|| moment("modified"))
            .unwrap_or(self.at);
        let (tags, note) = self.bodies(item);
        let target = self.target(item);
        // One that had no sure place there must not get one here by its position
        // alone, so it does not count as made on this text.
        let is_on_text =
            *target.selectors != Selectors::default() && item["themark:place"].is_null();
        let annotation = Annotation {
            id,
            iri,
            target,
            themes: Vec::new(),
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
        };
        let named = list(&item["target"])
            .next()
            .and_then(|target| uuid(target["themark:document"].as_str()?));
        Item {
            annotation,
            tags,
            document: named.map(DocumentId),
            is_on_text,
        }
    }

    /// The tags and the note; several texts make one note, parted by empty lines.
    fn bodies(&mut self, item: &Value) -> (Vec<(Option<ThemeId>, String)>, String) {
        let tagging = list(&item["motivation"]).any(|motivation| motivation == "tagging");
        let mut found = Vec::new();
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
                let id = body["id"].as_str().and_then(uuid).map(ThemeId);
                found.push((id, value.to_owned()));
            } else {
                notes.push(value);
            }
        }
        (found, notes.join("\n\n"))
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
        let selectors = selectors(target);
        self.skipped.selectors += usize::from(selectors == Selectors::default());
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
        let text = |key: &str| selector[key].as_str().unwrap_or_default();
        if is_a(selector, "TextQuoteSelector") && selectors.quote.is_none() {
            selectors.quote = Some(Quote::new(text("prefix"), text("exact"), text("suffix")));
        } else if is_a(selector, "TextPositionSelector") && selectors.position.is_none() {
            let offset = |key: &str| selector[key].as_u64().and_then(|at| u32::try_from(at).ok());
            selectors.position = offset("start")
                .zip(offset("end"))
                .map(|(start, end)| Span::between(CodePoint(start), CodePoint(end)));
        }
    }
    selectors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{document, project};

    fn refused(file: &str) -> Vec<String> {
        let read = read(file, project().codebook(), document().id(), Timestamp(0));
        read.unwrap_err().0
    }

    #[test]
    fn themes_that_are_only_named_come_behind_ones_own_as_they_are_named() {
        let tag = |name: &str| format!(r#"{{"type": "TextualBody", "value": "{name}"}}"#);
        let names: Vec<String> = (0..50)
            .rev()
            .map(|number| format!("Theme {number}"))
            .collect();
        let bodies: Vec<String> = names.iter().map(|name| tag(name)).collect();
        let file = format!(
            r#"[{{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:1", "type": "Annotation",
                "motivation": "tagging", "body": [{}], "target": "urn:x:2"}}]"#,
            bodies.join(",")
        );
        let mut project = project();
        let said = read(&file, project.codebook(), document().id(), Timestamp(0)).unwrap();
        let plan = crate::import::plan(&project, &document(), said.annotations, &said.themes);
        project.apply(&plan.edits);
        let own = project.codebook().themes().skip(3);
        assert!(
            own.map(|theme| &*theme.name)
                .eq(names.iter().map(|name| &**name))
        );
    }

    #[test]
    fn a_file_of_many_faults_is_read_until_enough_are_named() {
        let bad = r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation"}"#;
        let items = vec![bad; 200].join(",");
        // What comes then is not even looked at.
        for file in [
            format!("[{items}, nonsense"),
            format!("{{\"items\": [{items}, nonsense"),
        ] {
            let reasons = refused(&file);
            assert_eq!(reasons.len(), validate::MOST);
            assert!(
                reasons[0].contains("no `id`") && reasons[0].contains("/0)"),
                "{}",
                reasons[0]
            );
        }
        // With fewer, all of it is read, and what is around them is told first.
        let reasons = refused(&format!(
            "{{\"type\": \"AnnotationPage\", \"items\": [{bad}]}}"
        ));
        assert_eq!(reasons.len(), 4, "{reasons:?}");
        assert!(reasons[3].contains("(at /items/0)"), "{reasons:?}");
        assert!(refused(&format!("[{bad}, nonsense"))[0].starts_with("This is not JSON"));
    }
}

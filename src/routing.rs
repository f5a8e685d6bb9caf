//! Which documents a file's annotations go into.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::annotation::Annotation;
use crate::document::{DocumentId, VersionId};
use crate::format::NamedText;
use crate::project::Project;
use crate::text::{self, Digest};

/// What of a file's annotations goes where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routed {
    /// By the document that they are to go into, of which they have become targets.
    pub parts: BTreeMap<DocumentId, Vec<Annotation>>,
    /// What texts are called that no document here has, and how many annotations are on each.
    pub left: Vec<(Arc<str>, usize)>,
    /// Titles of documents that are here and can't be read, and how many annotations are on each.
    pub unread: Vec<(Arc<str>, usize)>,
}

/// Documents of a project, by what a file may say of the texts that it is about.
struct Homes<'a> {
    project: &'a Project,
    open: DocumentId,
    by_digest: HashMap<&'a Digest, Vec<DocumentId>>,
    by_source: HashMap<&'a str, Vec<DocumentId>>,
}

impl<'a> Homes<'a> {
    fn new(project: &'a Project, open: DocumentId) -> Self {
        let mut homes = Self {
            project,
            open,
            by_digest: HashMap::new(),
            by_source: HashMap::new(),
        };
        for record in project.live_documents() {
            let own = homes.by_digest.entry(&record.version.text).or_default();
            own.push(record.id);
            if !record.source.is_empty() {
                let own = homes.by_source.entry(&record.source).or_default();
                own.push(record.id);
            }
        }
        homes
    }

    /// Of several the open one, where that is among them.
    fn preferred<'b>(&self, several: Option<&'b Vec<DocumentId>>) -> Option<&'b [DocumentId]> {
        let several = several?;
        let open = several.iter().position(|own| *own == self.open);
        Some(open.map_or(several, |at| &several[at..=at]))
    }

    /// The document that says just what a text says, or else the only one from its address.
    fn of(&self, digest: Option<&Digest>, source: &str) -> Option<DocumentId> {
        let same = digest.and_then(|digest| self.preferred(self.by_digest.get(digest)));
        if let Some([first, ..]) = same {
            return Some(*first);
        }
        match self.preferred(self.by_source.get(source)) {
            Some([only]) => Some(*only),
            _ => None,
        }
    }

    /// Where annotations go that are on a text which a file names: names come first, since two documents
    /// may say the same.
    fn of_text(&self, text: &NamedText) -> Option<DocumentId> {
        let named = text.named.and_then(|named| self.live(named));
        named.or_else(|| self.of(text.digest.as_ref(), &text.source))
    }

    fn live(&self, id: DocumentId) -> Option<DocumentId> {
        let record = self.project.record(id)?;
        (!record.deleted).then_some(id)
    }
}

/// Length of what a text is called that is not here, in bytes at most.
const TITLE_BYTES: usize = 200;

/// Finds out which annotations of a file go into which document, after what the file says of the
/// texts that they are on; `without` are versions that can't be read. What says nothing of it goes into
/// the open document, and so does what is on an only text that no document here has. Of several, what
/// is on a text that no document has is left out.
#[must_use]
pub fn route(
    project: &Project,
    open: DocumentId,
    annotations: Vec<Annotation>,
    texts: &[NamedText],
    without: &[VersionId],
) -> Routed {
    let homes = Homes::new(project, open);
    let mut parts: BTreeMap<DocumentId, Vec<Annotation>> = BTreeMap::new();
    let mut left: BTreeMap<Arc<str>, usize> = BTreeMap::new();
    // By what stands for a text: its document here, or else what it is called.
    let known = texts.iter().map(|text| {
        let home = homes.of_text(text).ok_or_else(|| {
            let title = [&text.title, &text.source];
            let title = title.into_iter().find(|own| !own.is_empty());
            title.cloned().unwrap_or_default()
        });
        (text.document, home)
    });
    let known: HashMap<DocumentId, Result<DocumentId, Arc<str>>> = known.collect();
    let is_of_several = texts.len() > 1;
    let mut unknown = Vec::new();
    for mut annotation in annotations {
        let target = &mut annotation.target;
        let home = match known.get(&target.document) {
            Some(Ok(home)) => Some(*home),
            Some(Err(title)) if is_of_several => {
                *left.entry(title.clone()).or_default() += 1;
                continue;
            }
            Some(Err(_)) => None,
            // One that names its document itself, where the file's list does not.
            None => homes.live(target.document).filter(|own| *own != open),
        };
        let source = target.source.as_deref().unwrap_or_default();
        match home.or_else(|| homes.of(None, source)) {
            Some(home) => {
                target.document = home;
                parts.entry(home).or_default().push(annotation);
            }
            None => unknown.push(annotation),
        }
    }
    // Where others are on documents that are here, these are on some that are not.
    let is_of_several = is_of_several || parts.keys().any(|own| *own != open);
    for mut annotation in unknown {
        match &annotation.target.source {
            Some(source) if is_of_several => *left.entry(source.clone()).or_default() += 1,
            _ => {
                annotation.target.document = open;
                parts.entry(open).or_default().push(annotation);
            }
        }
    }
    let mut unread = Vec::new();
    parts.retain(|id, annotations| {
        let record = project.record(*id);
        let lacks = record.filter(|own| without.contains(&own.version));
        if let Some(record) = lacks {
            unread.push((record.title.clone(), annotations.len()));
        }
        lacks.is_none()
    });
    let cut = |(name, count): (Arc<str>, usize)| (text::opening(&name, TITLE_BYTES).into(), count);
    Routed {
        parts,
        left: left.into_iter().map(cut).collect(),
        unread,
    }
}

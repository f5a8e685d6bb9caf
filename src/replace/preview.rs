//! What a person is told of a replacement, in words short enough to read.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Plan;
use crate::anchor::{self, Alignment, Quote, Resolution};
use crate::document::{Block, Document, Version};
use crate::project::Project;
use crate::text::{Span, Utf8};
use crate::words;

/// What becomes of a mark that does not stay as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// In its place, with other words inside.
    Reworded,
    /// Found elsewhere.
    Moved,
    /// Found, and had no sure place before.
    Found,
    /// It may be in several places, or in a doubtful one.
    Uncertain,
    /// Nowhere.
    Lost,
}

impl Fate {
    /// It in a word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reworded => words::replace::fate::REWORDED,
            Self::Moved => words::replace::fate::MOVED,
            Self::Found => words::replace::fate::FOUND,
            Self::Uncertain => words::replace::fate::UNCERTAIN,
            Self::Lost => words::replace::fate::LOST,
        }
    }
}

/// A mark that does not stay as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkPreview {
    /// What becomes of it.
    pub fate: Fate,
    /// Its words, shortened.
    pub old: Arc<str>,
    /// The words it would stand on, shortened; empty where that is not sure.
    pub new: Arc<str>,
}

/// A stretch that is not as it was. Where paragraphs end stands a pilcrow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePreview {
    /// What stands before it.
    pub before: Arc<str>,
    /// What stood there, shortened; empty for an insertion.
    pub old: Arc<str>,
    /// What stands there now, shortened; empty for a deletion.
    pub new: Arc<str>,
    /// What stands after it.
    pub after: Arc<str>,
}

/// Rows of changes, and of marks, that are shown at most: nobody reads more before saying yes.
const MOST_ROWS: usize = 100;

/// Length at which long words are cut, in bytes.
const SHOWN_BYTES: usize = 160;

/// Text around a change that is shown on each side, in bytes.
const AROUND_BYTES: usize = 32;

/// Distance up to which two changes are one to a reader, in bytes.
const TOGETHER_BYTES: usize = 16;

/// Counts what became of the marks, and tells of those that don't stay as they are.
pub(super) fn marks(
    plan: &mut Plan,
    project: &Project,
    next: &Project,
    document: &Document,
    alignment: &Alignment<'_>,
) {
    let text = next
        .document(document.id())
        .map_or("", |document| document.text.text());
    for placed in project.annotations(document.id()) {
        let before = placed.span();
        let quote = placed.annotation.target.selectors.quote.as_ref();
        let old = match before {
            Some(span) => span.of(document.text.text()),
            None => quote.map_or("", Quote::exact),
        };
        let place = next.live(placed.annotation.id);
        let place = place.and_then(|placed| placed.place.as_ref());
        let found = place.and_then(Resolution::span);
        let new = found.map_or("", |span| span.of(text));
        let (count, fate) = match (before, found) {
            (Some(before), Some(found)) if alignment.stretch(before).overlaps(found) => {
                plan.kept += 1;
                if new == old {
                    continue;
                }
                (&mut plan.reworded, Fate::Reworded)
            }
            (Some(_), Some(_)) => (&mut plan.moved, Fate::Moved),
            (None, Some(_)) => (&mut plan.found, Fate::Found),
            (_, None) if matches!(place, Some(Resolution::Uncertain(_))) => {
                (&mut plan.uncertain, Fate::Uncertain)
            }
            (_, None) => (&mut plan.lost, Fate::Lost),
        };
        *count += 1;
        if plan.marks.len() < MOST_ROWS {
            plan.marks.push(MarkPreview {
                fate,
                old: shortened(old),
                new: shortened(new),
            });
        }
    }
}

/// Tells what of the text is not as it was: words, and where paragraphs end.
pub(super) fn changes(
    plan: &mut Plan,
    document: &Document,
    version: &Version,
    alignment: &Alignment<'_>,
) {
    let (old, new) = (document.text.text(), version.text.text());
    let ends = |blocks: &[Block], span: Span| {
        let at = blocks.partition_point(|block| block.span.end < span.start);
        blocks
            .get(at)
            .is_some_and(|block| block.span.end == span.start)
    };
    let breaks = alignment.gaps().filter(|(before, after)| {
        ends(&document.blocks, *before) != ends(&version.blocks, *after)
            && before.of(old) != after.of(new)
    });
    let breaks = breaks.map(|(old, new)| anchor::Changed { old, new });
    let mut changes: Vec<anchor::Changed> = alignment.changes().chain(breaks).collect();
    changes.sort_by_key(|changed| (changed.new.start, changed.old.start));
    changes.dedup_by(|next, one| {
        let is_near = next.new.start.index() <= one.new.end.index() + TOGETHER_BYTES
            && next.old.start.index() <= one.old.end.index() + TOGETHER_BYTES;
        if is_near {
            one.new.end = one.new.end.max(next.new.end);
            one.old.end = one.old.end.max(next.old.end);
        }
        is_near
    });
    plan.all_changes = changes.len();
    let told = changes.into_iter().take(MOST_ROWS).map(|changed| {
        let Span { start, end } = changed.new;
        let before = new.ceil_char_boundary(start.index().saturating_sub(AROUND_BYTES));
        let after = new.floor_char_boundary((end.index() + AROUND_BYTES).min(new.len()));
        let around = |from, until| in_a_line(Span::between(from, until).of(new)).into();
        ChangePreview {
            before: around(Utf8::from(before), start),
            old: shortened(changed.old.of(old)),
            new: shortened(changed.new.of(new)),
            after: around(end, Utf8::from(after)),
        }
    });
    plan.changes = told.collect();
}

/// Words as they are, or their beginning where they are long.
fn shortened(words: &str) -> Arc<str> {
    let end = words.floor_char_boundary(SHOWN_BYTES);
    if end == words.len() {
        return in_a_line(words).into();
    }
    // Where a word ends, if one does.
    let shown = words[..end]
        .rsplit_once(' ')
        .map_or(&words[..end], |(shown, _)| shown);
    format!("{}…", in_a_line(shown.trim_end())).into()
}

/// Words with a sign where a line ends.
fn in_a_line(words: &str) -> String {
    words.replace('\n', " ¶ ")
}

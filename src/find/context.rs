//! Hits as they are listed: with the words around them, and the heading under which they stand.

use serde::{Deserialize, Serialize};

use crate::document::{Block, BlockKind, Version};
use crate::text::{Span, clip_after, clip_before, one_line, opening};

/// Words before a hit, in bytes at most.
const BEFORE: usize = 60;

/// Words after a hit, in bytes at most.
const AFTER: usize = 90;

/// Words of a hit itself that are shown, in bytes at most.
const SHOWN: usize = 200;

/// Beginning of a heading, in bytes at most.
const HEADING: usize = 80;

/// A hit as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Where it stands.
    pub span: Span,
    /// The words before it in its block.
    pub before: String,
    /// What it is, or how that begins.
    pub words: String,
    /// The words after it in its block.
    pub after: String,
    /// The heading under which it stands; empty where there is none, and in one.
    pub heading: String,
}

/// Hits in a text, which come in its order, as they are listed.
#[must_use]
pub fn hits_in_context(version: &Version, spans: &[Span]) -> Vec<Hit> {
    let text = version.text.text();
    let (mut at, mut heading) = (0, None::<&Block>);
    let mut hits = Vec::new();
    for span in spans {
        // The block that holds the beginning, and the last heading up to there.
        while let Some(block) = version.blocks.get(at) {
            if block.span.start > span.start {
                break;
            }
            if matches!(block.kind, BlockKind::Title | BlockKind::Heading(_)) {
                heading = Some(block);
            }
            at += 1;
        }
        let block = at.checked_sub(1).and_then(|at| version.blocks.get(at));
        let around = block.map_or(*span, |block| block.span);
        let heading = heading.filter(|own| !own.span.overlaps(*span));
        hits.push(Hit {
            span: *span,
            before: before(
                text,
                Span::between(around.start.min(span.start), span.start),
            ),
            words: one_line(&opening(span.of(text), SHOWN)),
            after: after(text, Span::between(span.end, around.end.max(span.end))),
            heading: heading.map_or_else(String::new, |own| {
                one_line(&opening(own.span.of(text), HEADING))
            }),
        });
    }
    hits
}

/// The last words of a stretch; from the next word on where that has more.
fn before(text: &str, span: Span) -> String {
    let all = span.of(text);
    if all.len() <= BEFORE {
        return spaced(all);
    }
    let least = text.ceil_char_boundary(span.end.index() - BEFORE);
    let from = clip_after(text, least.into()).min(span.end);
    let last = &text[from.index()..span.end.index()];
    // Where words are not parted by spaces, from any letter on.
    let next = last.find(char::is_whitespace).unwrap_or_default();
    format!("…{}", spaced(last[next..].trim_start()))
}

/// The first words of a stretch, likewise.
fn after(text: &str, span: Span) -> String {
    let all = span.of(text);
    if all.len() <= AFTER {
        return spaced(all);
    }
    let most = text.floor_char_boundary(span.start.index() + AFTER);
    let until = clip_before(text, most.into()).max(span.start);
    let first = &text[span.start.index()..until.index()];
    let until = first.rfind(char::is_whitespace).filter(|until| *until > 0);
    format!("{}…", spaced(&first[..until.unwrap_or(first.len())]))
}

/// Words on one line; a space at either end stays, since the hit stands beside it.
fn spaced(words: &str) -> String {
    let line = one_line(words);
    let begins = words.starts_with(char::is_whitespace) && !line.is_empty();
    let ends = words.ends_with(char::is_whitespace);
    let (begins, ends) = (if begins { " " } else { "" }, if ends { " " } else { "" });
    format!("{begins}{line}{ends}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::Query;

    fn listed(version: &Version, words: &str) -> Vec<String> {
        let query = Query {
            words: words.into(),
            ..Query::default()
        };
        let spans = query.search().unwrap().hits(version.text.text()).spans;
        let hits = hits_in_context(version, &spans);
        let shown = |hit: &Hit| {
            format!(
                "{}| {}[{}]{}",
                hit.heading, hit.before, hit.words, hit.after
            )
        };
        hits.iter().map(shown).collect()
    }

    #[test]
    fn a_hit_stands_among_the_words_of_its_block_under_its_heading() {
        let long = "one two three four five six seven eight nine ten eleven twelve thirteen \
                    fourteen gas fifteen sixteen seventeen eighteen nineteen twenty twenty-one \
                    twenty-two twenty-three twenty-four";
        let version = Version::new([
            (BlockKind::Title, "On gas"),
            (BlockKind::Paragraph, "Gas\nis  dear."),
            (BlockKind::Heading(2), "Prices"),
            (BlockKind::Paragraph, long),
        ]);
        assert_eq!(
            listed(&version, "GAS"),
            [
                "| On [gas]",
                "On gas| [Gas] is dear.",
                "Prices| …six seven eight nine ten eleven twelve thirteen fourteen [gas] fifteen sixteen \
                 seventeen eighteen nineteen twenty twenty-one twenty-two twenty-three…",
            ]
        );
        assert_eq!(listed(&version, "gas gas is"), ["| On [gas Gas is]"]);
    }

    #[test]
    fn where_words_are_not_parted_a_context_is_cut_between_letters() {
        let words = "哈萨克斯坦的天然气价格".repeat(20);
        let version = Version::new([(BlockKind::Paragraph, &*format!("{words}石油{words}"))]);
        let [hit] = &*listed(&version, "石油") else {
            panic!("one hit");
        };
        assert!(hit.starts_with("| …") && hit.ends_with('…'), "{hit}");
        assert!(hit.contains("价格[石油]哈萨克"), "{hit}");
        assert!(hit.len() < 260);
    }

    #[test]
    fn a_text_without_end_is_cut_as_any_other() {
        let words = "x".repeat(1_000_000);
        let version = Version::new([(BlockKind::Paragraph, &*format!("{words}y{words}"))]);
        let [hit] = &*listed(&version, "y") else {
            panic!("one hit");
        };
        assert!(hit.len() < 260);
        let combining = format!("a{}y", "\u{301}".repeat(100_000));
        let version = Version::new([(BlockKind::Paragraph, &*combining)]);
        assert_eq!(listed(&version, "y").len(), 1);
    }
}

//! Finding words, or a regular expression, in texts: a query is made ready once, and then finds its
//! hits in any number of texts, in time that grows with these and not with what is asked.
//!
//! Hits are never empty, do not overlap, and lie between characters. Case is folded one character to
//! one (Unicode's simple folding), so that ‘ſ’ is an ‘s’, ‘ς’ a ‘σ’ and ‘ẞ’ an ‘ß’, and yet ‘ß’ no
//! “ss”, nor ‘İ’ an ‘i’; so offsets are always the text's own.

mod context;
mod plain;
mod whole;
mod wrong;

pub use context::{Hit, hits_in_context};

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};

use crate::text::Span;
use crate::words;

/// Hits of one text that are counted; a text may hold as many as it has letters.
pub const MOST: usize = 100_000;

/// Length of a query, at most, in bytes: the field takes 2,000 letters.
const LONGEST: usize = 8_000;

/// Memory that an expression may take once it is made ready, in bytes: what is repeated thousands of
/// times, nested, would take any amount.
const EXPRESSION_BYTES: usize = 4 << 20;

/// Memory for what an expression learns of texts while it looks through them, in bytes.
const LEARNT_BYTES: usize = 8 << 20;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// The words, or the expression.
    pub words: String,
    /// Whether capitals count.
    pub case: bool,
    /// Whether a hit must be whole words. It makes no difference in scripts that do not part words.
    pub whole: bool,
    /// Whether it is a regular expression.
    pub expression: bool,
}

/// A query that is ready.
#[derive(Clone, Debug)]
pub struct Search {
    regex: Regex,
    /// The same for texts in which marks stand between letters that nobody sees; these cost time.
    beside_unseen: Option<Regex>,
    whole: bool,
}

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The places, in the order of the text.
    pub spans: Vec<Span>,
    /// There are more than [`MOST`].
    pub is_cut: bool,
}

impl Query {
    /// Whether it asks for nothing.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        if self.expression {
            self.words.is_empty()
        } else {
            self.words.trim().is_empty()
        }
    }

    /// Makes it ready.
    ///
    /// # Errors
    /// When it is no regular expression, or one that takes too much; a sentence that says where.
    pub fn search(&self) -> Result<Search, String> {
        if self.words.len() > LONGEST {
            return Err(words::find::TOO_LONG.into());
        }
        let built = |pattern: &str| {
            let mut builder = RegexBuilder::new(pattern);
            builder
                .case_insensitive(!self.case)
                .multi_line(true)
                .size_limit(EXPRESSION_BYTES)
                .dfa_size_limit(LEARNT_BYTES);
            builder
                .build()
                .map_err(|_| words::find::TOO_MUCH.to_owned())
        };
        let beside_unseen = if self.expression {
            wrong::check(&self.words)?;
            None
        } else {
            Some(built(&plain::pattern(&self.words, true))?)
        };
        let regex = if self.expression {
            built(&self.words)?
        } else {
            built(&plain::pattern(&self.words, false))?
        };
        Ok(Search {
            regex,
            beside_unseen,
            whole: self.whole,
        })
    }
}

impl Search {
    /// Finds the hits in a text. Of two that overlap the one that begins first is one.
    #[must_use]
    pub fn hits(&self, text: &str) -> Hits {
        let is_plain = self.beside_unseen.is_some();
        let unseen = self.beside_unseen.as_ref();
        let regex = unseen
            .filter(|_| plain::has_unseen(text))
            .unwrap_or(&self.regex);
        let mut hits = Hits::default();
        let mut at = 0;
        while let Some(found) = regex.find_at(text, at) {
            let (start, end) = (found.start(), found.end());
            let is_hit = start < end
                && (!is_plain || plain::ends_between_letters(text, end))
                && (!self.whole || whole::is_edge(text, start) && whole::is_edge(text, end));
            if is_hit {
                if hits.spans.len() == MOST {
                    hits.is_cut = true;
                    break;
                }
                hits.spans.push(Span::between(start, end));
            }
            // Words that are none here may overlap some that are. What an expression matches may be as
            // long as the text, and is passed over as a whole.
            let passed = if is_hit || !is_plain { end } else { start };
            at = if passed > start {
                passed
            } else {
                start + text[start..].chars().next().map_or(1, char::len_utf8)
            };
            if at > text.len() {
                break;
            }
        }
        hits
    }
}

#[cfg(test)]
mod tests;

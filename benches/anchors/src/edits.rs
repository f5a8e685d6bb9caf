//! A text edited in many places at once, and where its places go.

use std::ops::Range;

/// Replacements in one text, which do not overlap.
#[derive(Clone, Debug, Default)]
pub struct Edits(Vec<(Range<usize>, String)>);

/// Where a place goes that an edit begins or ends at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before what was put there.
    Before,
    /// After it.
    After,
}

impl Edits {
    /// Puts words in the place of a range of bytes.
    pub fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.0.push((range, with.into()));
    }

    /// The edited text. Of edits that overlap the later one concerns what the earlier
    /// left of it.
    #[must_use]
    pub fn apply(mut self, text: &str) -> Edited {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let mut edited = Edited::default();
        let mut from = 0;
        for (range, with) in self.0 {
            let range = range.start.max(from)..range.end;
            if range.end < range.start {
                continue;
            }
            edited.text.push_str(&text[from..range.start]);
            let start = edited.text.len();
            edited.text.push_str(&with);
            edited.steps.push((range.clone(), start..edited.text.len()));
            from = range.end;
        }
        edited.text.push_str(&text[from..]);
        edited
    }
}

/// An edited text.
#[derive(Clone, Debug, Default)]
pub struct Edited {
    /// The text.
    pub text: String,
    /// What was replaced and what stands there now.
    steps: Vec<(Range<usize>, Range<usize>)>,
}

impl Edited {
    /// Where a place of the old text is in the new one.
    #[must_use]
    pub fn place(&self, at: usize, side: Side) -> usize {
        let next = match side {
            Side::Before => self
                .steps
                .partition_point(|(old, _)| old.end < at || (old.end == at && old.start < at)),
            Side::After => self
                .steps
                .partition_point(|(old, _)| old.start < at || old.end <= at),
        };
        if let Side::Before = side
            && let Some((old, new)) = self.steps.get(next)
            && old.start <= at
            && at <= old.end
        {
            return new.start;
        }
        match next.checked_sub(1).map(|last| &self.steps[last]) {
            Some((old, new)) if at < old.end => new.end,
            Some((old, new)) => new.end + (at - old.end),
            None => at,
        }
    }

    /// Where a passage is: with what was put in the place of its first and last words, and
    /// without white space at its ends. Nothing where nothing is left.
    #[must_use]
    pub fn passage(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let start = self.place(range.start, Side::Before);
        let end = self.place(range.end, Side::After).max(start);
        let inside = &self.text[start..end];
        let trimmed = inside.trim();
        let start = start + (inside.len() - inside.trim_start().len());
        (!trimmed.is_empty()).then(|| start..start + trimmed.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_edits() {
        let text = "one two three four";
        let mut edits = Edits::default();
        edits.replace(4..7, "2");
        edits.replace(0..0, "zero ");
        edits.replace(13..18, "");
        let edited = edits.apply(text);
        assert_eq!(edited.text, "zero one 2 three");
        let passage = |range: Range<usize>| edited.passage(&range).map(|range| &edited.text[range]);
        assert_eq!(passage(4..7), Some("2"));
        assert_eq!(passage(4..13), Some("2 three"));
        assert_eq!(passage(8..18), Some("three"));
        assert_eq!(passage(14..18), None);
        assert_eq!(passage(1..7), Some("ne 2"));
    }
}

//! Approximate matching: where a pattern best fits into a stretch of text, counted in
//! inserted, deleted and replaced code points.
//!
//! Myers' bit-parallel dynamic programming (Journal of the ACM 46, 1999) in Hyyrö's
//! form for patterns of several 64-bit words (Nordic Journal of Computing 10, 2003).
//! The vertical differences of every column are kept, so that the alignment itself can
//! be read back as in Hyyrö's note on bit-parallel traceback (2004).

/// A pattern prepared for matching: for each code point the places where it stands,
/// as bits.
pub(super) struct Pattern<'a> {
    chars: &'a [char],
    /// 64-bit words to a row of bits.
    words: usize,
    /// One row for each distinct code point of the pattern, after an empty one.
    rows: Vec<u64>,
    /// The row of an ASCII character.
    ascii: [u16; 128],
    /// The rows of the others, in order.
    others: Vec<(char, u16)>,
}

/// How a pattern lies on a text: each of its code points is matched, replaced or left
/// out, and between them code points of the text may be skipped.
#[derive(Debug)]
pub(super) struct Alignment {
    /// For each boundary `0..=len` of the pattern the first and the last boundary of the
    /// text that it lies on; they differ where text was skipped.
    pub(super) bounds: Vec<(usize, usize)>,
    /// Errors before each boundary of the pattern.
    pub(super) errors: Vec<u32>,
}

impl<'a> Pattern<'a> {
    /// Prepares a pattern of at most 65,534 distinct code points.
    pub(super) fn new(chars: &'a [char]) -> Self {
        let words = chars.len().div_ceil(64).max(1);
        let mut pattern = Self {
            chars,
            words,
            rows: vec![0; words],
            ascii: [0; 128],
            others: Vec::new(),
        };
        for (at, c) in chars.iter().enumerate() {
            let row = pattern.row_for(*c);
            pattern.rows[row * words + at / 64] |= 1 << (at % 64);
        }
        pattern
    }

    fn row_for(&mut self, c: char) -> usize {
        let next = u16::try_from(self.rows.len() / self.words).unwrap_or(0);
        let row = match self.ascii.get_mut(c as usize) {
            Some(row) if *row > 0 => *row,
            Some(row) => {
                *row = next;
                next
            }
            None => match self.others.binary_search_by_key(&c, |(c, _)| *c) {
                Ok(at) => self.others[at].1,
                Err(at) => {
                    self.others.insert(at, (c, next));
                    next
                }
            },
        };
        if row == next {
            self.rows.resize(self.rows.len() + self.words, 0);
        }
        usize::from(row)
    }

    /// Where a code point stands in the pattern, as bits.
    fn row(&self, c: char) -> &[u64] {
        let row = match self.ascii.get(c as usize) {
            Some(row) => *row,
            None => self
                .others
                .binary_search_by_key(&c, |(c, _)| *c)
                .map_or(0, |at| self.others[at].1),
        };
        let start = usize::from(row) * self.words;
        &self.rows[start..start + self.words]
    }

    /// Fits the whole pattern to the part of the text that it differs least from; of
    /// equal ones the last.
    pub(super) fn align(&self, text: &[char]) -> Alignment {
        let (len, words) = (self.chars.len(), self.words);
        let last_bit = 1_u64 << (len.saturating_sub(1) % 64);
        // The vertical differences of the distances, +1 and -1, after each column.
        let mut plus = vec![u64::MAX; words * (text.len() + 1)];
        let mut minus = vec![0_u64; words * (text.len() + 1)];
        let mut distance = len;
        let (mut least, mut end) = (len, 0);
        for (column, c) in text.iter().enumerate() {
            let row = self.row(*c);
            let (before, after) = (column * words, (column + 1) * words);
            // Text before the pattern costs nothing: nothing is carried into the first word.
            let (mut carry_plus, mut carry_minus) = (0_u64, 0_u64);
            for word in 0..words {
                let (vp, vn) = (plus[before + word], minus[before + word]);
                let equal = row[word];
                let xv = equal | vn;
                let equal = equal | carry_minus;
                let xh = ((equal & vp).wrapping_add(vp) ^ vp) | equal;
                let hp = vn | !(xh | vp);
                let hn = vp & xh;
                if word + 1 == words {
                    distance += usize::from(hp & last_bit != 0);
                    distance -= usize::from(hn & last_bit != 0);
                }
                let (hp_in, hn_in) = (hp << 1 | carry_plus, hn << 1 | carry_minus);
                (carry_plus, carry_minus) = (hp >> 63, hn >> 63);
                plus[after + word] = hn_in | !(xv | hp_in);
                minus[after + word] = hp_in & xv;
            }
            if distance <= least {
                (least, end) = (distance, column + 1);
            }
        }
        self.read_back(text, end, least, |bits: Sign, column, at| {
            let differences = match bits {
                Sign::Plus => &plus,
                Sign::Minus => &minus,
            };
            differences[column * words + at / 64] >> (at % 64) & 1 == 1
        })
    }

    /// Walks from the best end back to the start, along one of the cheapest ways; of
    /// equal steps a match comes first.
    fn read_back(
        &self,
        text: &[char],
        end: usize,
        distance: usize,
        difference: impl Fn(Sign, usize, usize) -> bool,
    ) -> Alignment {
        let len = self.chars.len();
        let mut bounds = vec![(end, end); len + 1];
        let mut errors = vec![u32::try_from(distance).unwrap_or(u32::MAX); len + 1];
        let (mut row, mut column, mut left) = (len, end, errors[len]);
        while row > 0 {
            // In the first column nothing matches and every difference is +1: what is left
            // of the pattern there is left out.
            let matches = column > 0 && self.chars[row - 1] == text[column - 1];
            if !matches && difference(Sign::Plus, column, row - 1) {
                // This code point of the pattern is left out.
                row -= 1;
                left = left.saturating_sub(1);
            } else if !matches && difference(Sign::Minus, column - 1, row - 1) {
                // This code point of the text is skipped.
                column -= 1;
                left = left.saturating_sub(1);
                bounds[row].0 = column;
                continue;
            } else {
                row -= 1;
                column -= 1;
                left = left.saturating_sub(u32::from(!matches));
            }
            bounds[row] = (column, column);
            errors[row] = left;
        }
        Alignment { bounds, errors }
    }
}

/// Which of the two kinds of difference.
#[derive(Clone, Copy)]
enum Sign {
    Plus,
    Minus,
}

impl Alignment {
    /// Errors in a part of the pattern.
    pub(super) fn errors_in(&self, start: usize, end: usize) -> usize {
        (self.errors[end] - self.errors[start]) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    /// The distance by the textbook's table.
    fn expected(pattern: &[char], text: &[char]) -> usize {
        let mut row: Vec<usize> = (0..=pattern.len()).collect();
        let mut least = pattern.len();
        for c in text {
            let mut diagonal = 0;
            for (at, own) in pattern.iter().enumerate() {
                let cost = (diagonal + usize::from(own != c)).min(row[at].min(row[at + 1]) + 1);
                diagonal = std::mem::replace(&mut row[at + 1], cost);
            }
            least = least.min(row[pattern.len()]);
        }
        least
    }

    #[test]
    fn the_bounds_of_a_part_are_found() {
        let pattern = chars("the quick brown fox jumps");
        let text = chars("once the quick, red-brown fox jumped");
        let alignment = Pattern::new(&pattern).align(&text);
        let (start, end) = (alignment.bounds[4].0, alignment.bounds[19].1);
        assert_eq!(
            text[start..end].iter().collect::<String>(),
            "quick, red-brown fox"
        );
        assert_eq!(alignment.errors_in(0, 4), 0);
        assert_eq!(alignment.errors_in(4, 19), 5);
        assert_eq!(alignment.errors_in(19, 25), 1);
    }

    #[test]
    fn a_pattern_lies_on_nothing_where_there_is_nothing() {
        let pattern = chars("ab");
        let alignment = Pattern::new(&pattern).align(&[]);
        assert_eq!(alignment.errors, [0, 1, 2]);
        let alignment = Pattern::new(&[]).align(&pattern);
        assert_eq!(alignment.errors, [0]);
    }

    proptest! {
        #[test]
        fn errors_are_those_of_the_textbook(
            pattern in proptest::collection::vec(prop_oneof!["[ab]", "[a-e]", "é"], 0..150),
            text in proptest::collection::vec(prop_oneof!["[ab]", "[a-f]", "é"], 0..200),
        ) {
            let (pattern, text) = (chars(&pattern.concat()), chars(&text.concat()));
            let alignment = Pattern::new(&pattern).align(&text);
            prop_assert_eq!(alignment.errors[pattern.len()] as usize, expected(&pattern, &text));
            // The way that was read back is one of that cost.
            prop_assert_eq!(alignment.errors[0], 0);
            let mut cost = 0;
            for (row, c) in pattern.iter().enumerate() {
                let (first, last) = alignment.bounds[row];
                prop_assert!(first <= last && last <= alignment.bounds[row + 1].0);
                // Skips before the pattern are free.
                cost += if row == 0 { 0 } else { last - first };
                cost += match alignment.bounds[row + 1].0 - last {
                    0 => 1,
                    1 => usize::from(*c != text[last]),
                    _ => return Err(TestCaseError::fail("a step is too long")),
                };
            }
            prop_assert_eq!(cost, expected(&pattern, &text));
        }
    }
}

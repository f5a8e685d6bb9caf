//! What others do, as a yardstick: the quote word for word, else the best approximate
//! match in the whole text, always taken. Re-implemented from the description of
//! Hypothesis' matcher: candidates are scored by quote (50), prefix (20), suffix (20) and
//! position (2).

use std::collections::BTreeMap;
use std::ops::Range;

/// A quote and what is known of it, in code points.
#[derive(Debug)]
pub struct Wanted {
    /// The passage.
    pub exact: Vec<char>,
    /// Before it.
    pub prefix: Vec<char>,
    /// After it.
    pub suffix: Vec<char>,
    /// Where it was.
    pub position: usize,
}

/// The best place, whatever it is like; nothing where no quarter of the quote matches.
#[must_use]
pub fn best(wanted: &Wanted, text: &[char]) -> Option<Range<usize>> {
    let most = (wanted.exact.len() / 2).min(256);
    let mut found = exact(&wanted.exact, text);
    if found.is_empty() {
        found = approximate(&wanted.exact, text, most);
    }
    let score = |place: &(Range<usize>, usize)| {
        let (range, errors) = place;
        let like = |words: &[char], part: &[char]| {
            if words.is_empty() {
                return 1.0;
            }
            let errors = approximate(words, part, words.len())
                .first()
                .map_or(words.len(), |(_, errors)| *errors);
            1.0 - errors as f64 / words.len() as f64
        };
        let before = &text[range.start.saturating_sub(wanted.prefix.len())..range.start];
        let after = &text[range.end..text.len().min(range.end + wanted.suffix.len())];
        let far = range.start.abs_diff(wanted.position) as f64 / text.len() as f64;
        50.0 * (1.0 - *errors as f64 / wanted.exact.len() as f64)
            + 20.0 * like(&wanted.prefix, before)
            + 20.0 * like(&wanted.suffix, after)
            + 2.0 * (1.0 - far)
    };
    found
        .iter()
        .max_by(|a, b| score(a).total_cmp(&score(b)))
        .map(|(range, _)| range.clone())
}

fn exact(words: &[char], text: &[char]) -> Vec<(Range<usize>, usize)> {
    let Some(first) = words.first() else {
        return Vec::new();
    };
    (0..(text.len() + 1).saturating_sub(words.len()))
        .filter(|at| text[*at] == *first && text[*at..].starts_with(words))
        .map(|at| (at..at + words.len(), 0))
        .collect()
}

/// The matches with the fewest errors, `most` at most, and how many they have.
fn approximate(words: &[char], text: &[char], most: usize) -> Vec<(Range<usize>, usize)> {
    let ends = ends(words, text.iter().copied(), most);
    let backward: Vec<char> = words.iter().rev().copied().collect();
    ends.into_iter()
        .map(|(end, errors)| {
            let from = end.saturating_sub(words.len() + errors);
            let starts = self::ends(&backward, text[from..end].iter().rev().copied(), errors);
            let len = starts.iter().map(|(len, _)| *len).min().unwrap_or(0);
            (end - len..end, errors)
        })
        .collect()
}

/// Where the matches with the fewest errors end (Myers 1999, in blocks of 64).
fn ends(words: &[char], text: impl Iterator<Item = char>, most: usize) -> Vec<(usize, usize)> {
    let blocks = words.len().div_ceil(64).max(1);
    let mut rows: BTreeMap<char, Vec<u64>> = BTreeMap::new();
    for (at, c) in words.iter().enumerate() {
        rows.entry(*c).or_insert_with(|| vec![0; blocks])[at / 64] |= 1 << (at % 64);
    }
    let mut ascii: Vec<Vec<u64>> = vec![vec![0; blocks]; 128];
    for (c, row) in &rows {
        if let Some(slot) = ascii.get_mut(*c as usize) {
            slot.clone_from(row);
        }
    }
    let none = vec![0; blocks];
    let last = 1_u64 << (words.len().saturating_sub(1) % 64);
    let (mut plus, mut minus) = (vec![u64::MAX; blocks], vec![0_u64; blocks]);
    let (mut errors, mut least) = (words.len(), most);
    let mut found = Vec::new();
    for (at, c) in text.enumerate() {
        let row = ascii
            .get(c as usize)
            .or_else(|| rows.get(&c))
            .unwrap_or(&none);
        let (mut up, mut down) = (0, 0);
        for block in 0..blocks {
            let (vp, vn, equal) = (plus[block], minus[block], row[block]);
            let xv = equal | vn;
            let equal = equal | down;
            let xh = ((equal & vp).wrapping_add(vp) ^ vp) | equal;
            let (hp, hn) = (vn | !(xh | vp), vp & xh);
            if block + 1 == blocks {
                errors += usize::from(hp & last != 0);
                errors -= usize::from(hn & last != 0);
            }
            let (hp_in, hn_in) = (hp << 1 | up, hn << 1 | down);
            (up, down) = (hp >> 63, hn >> 63);
            plus[block] = hn_in | !(xv | hp_in);
            minus[block] = hp_in & xv;
        }
        if errors < least {
            found.clear();
            least = errors;
        }
        if errors == least {
            found.push((at + 1, errors));
        }
    }
    found
}

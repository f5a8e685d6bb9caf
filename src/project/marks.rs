//! Annotations in text order, found by place and by number.

use std::ops::Range;

use crate::annotation::AnnotationId;
use crate::text::{Span, Utf8};

/// Entries of a node at most.
const WIDTH: usize = 32;

/// Entries that a node has room for, at most, beyond those it holds.
const SPARE: usize = WIDTH / 4;

/// Marks that [`Marks::iter`] takes out at a time.
const BATCH: usize = 256;

/// Where one annotation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The passage.
    pub span: Span,
    /// Whose it is.
    pub id: AnnotationId,
}

impl Mark {
    /// Behind every text: what has no place in it comes last, and no window touches it.
    const NOWHERE: Span = Span {
        start: Utf8(u32::MAX),
        end: Utf8(u32::MAX),
    };

    /// An annotation at a place, or at none.
    #[must_use]
    pub fn new(id: AnnotationId, span: Option<Span>) -> Self {
        Self {
            span: span.unwrap_or(Self::NOWHERE),
            id,
        }
    }

    /// Text order: earlier start first, of equal starts the longer first, so that
    /// what encloses comes before what is enclosed.
    fn key(self) -> (Utf8, std::cmp::Reverse<Utf8>, AnnotationId) {
        (self.span.start, std::cmp::Reverse(self.span.end), self.id)
    }
}

/// Annotations sorted in text order, behind them those without a place, by id.
///
/// A tree whose branches know how many marks are below them and how far these reach. So
/// adding one, taking one away, its number and the one with a number cost O(log n), those
/// over a place or in a window O(k log n) for k of them.
#[derive(Clone, Debug)]
pub struct Marks(Node);

#[derive(Clone, Debug)]
enum Node {
    Leaf(Vec<Mark>),
    Inner(Vec<Branch>),
}

#[derive(Clone, Debug)]
struct Branch {
    first: Mark,
    count: usize,
    reach: Utf8,
    below: Node,
}

impl Default for Marks {
    fn default() -> Self {
        Self::none()
    }
}

impl Marks {
    /// None.
    pub(super) const fn none() -> Self {
        Self(Node::Leaf(Vec::new()))
    }

    /// Marks that come in text order, each once. Quicker than adding one after the other.
    #[must_use]
    pub fn in_order(marks: Vec<Mark>) -> Self {
        let mut branches = Vec::new();
        for some in marks.chunks(WIDTH) {
            branches.extend(Branch::over(Node::Leaf(some.to_vec())));
        }
        while branches.len() > WIDTH {
            let mut above = Vec::new();
            while !branches.is_empty() {
                let rest = branches.split_off(branches.len().min(WIDTH));
                above.extend(Branch::over(Node::Inner(branches)));
                branches = rest;
            }
            branches = above;
        }
        if branches.is_empty() {
            return Self::none();
        }
        Self(Node::Inner(branches))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.count()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Mark> {
        let batches = (0..self.len()).step_by(BATCH);
        batches.flat_map(|from| self.numbered(from..from + BATCH))
    }

    /// Those with some numbers, counted from 0.
    #[must_use]
    pub fn numbered(&self, numbers: Range<usize>) -> Vec<Mark> {
        let mut found = Vec::new();
        self.0.numbered(numbers, &mut found);
        found
    }

    /// How many stand before a mark: its number, if it is there.
    #[must_use]
    pub fn before(&self, mark: Mark) -> usize {
        self.0.before(mark)
    }

    /// Those that share at least one byte with a span.
    #[must_use]
    pub fn touching(&self, span: Span) -> Vec<Mark> {
        let mut found = Vec::new();
        self.0.touching(span, &mut found);
        found
    }

    /// Adds a mark; twice is once.
    pub fn insert(&mut self, mark: Mark) {
        if let (_, Some(behind)) = self.0.insert(mark) {
            let before = std::mem::replace(&mut self.0, Node::Leaf(Vec::new()));
            self.0 = Node::Inner(
                [before, behind]
                    .into_iter()
                    .filter_map(Branch::over)
                    .collect(),
            );
        }
    }

    /// Takes a mark away, if it is there.
    pub fn remove(&mut self, mark: Mark) {
        self.0.remove(mark);
        while let Node::Inner(branches) = &mut self.0 {
            if branches.len() > 1 {
                return;
            }
            let only = branches.pop();
            self.0 = only.map_or(Node::Leaf(Vec::new()), |only| only.below);
        }
    }
}

impl Branch {
    /// The branch over a node that is not empty.
    fn over(below: Node) -> Option<Self> {
        let (first, reach) = match &below {
            Node::Leaf(marks) => (
                *marks.first()?,
                marks.iter().map(|mark| mark.span.end).max()?,
            ),
            Node::Inner(branches) => (
                branches.first()?.first,
                branches.iter().map(|branch| branch.reach).max()?,
            ),
        };
        Some(Self {
            first,
            count: below.count(),
            reach,
            below,
        })
    }

    /// Looks anew at what is below; whether there is anything.
    fn refresh(&mut self) -> bool {
        let below = std::mem::replace(&mut self.below, Node::Leaf(Vec::new()));
        Self::over(below).map(|new| *self = new).is_some()
    }
}

impl Node {
    fn count(&self) -> usize {
        match self {
            Self::Leaf(marks) => marks.len(),
            Self::Inner(branches) => branches.iter().map(|branch| branch.count).sum(),
        }
    }

    fn numbered(&self, numbers: Range<usize>, found: &mut Vec<Mark>) {
        match self {
            Self::Leaf(marks) => {
                let end = numbers.end.min(marks.len());
                found.extend(marks.get(numbers.start..end).unwrap_or_default());
            }
            Self::Inner(branches) => {
                let mut before = 0;
                for branch in branches {
                    let here = numbers.start.saturating_sub(before)
                        ..numbers.end.saturating_sub(before).min(branch.count);
                    if here.start < here.end {
                        branch.below.numbered(here, found);
                    }
                    before += branch.count;
                }
            }
        }
    }

    fn before(&self, mark: Mark) -> usize {
        match self {
            Self::Leaf(marks) => marks.partition_point(|other| other.key() < mark.key()),
            Self::Inner(branches) => {
                let at = branch_of(branches, mark);
                let left: usize = branches[..at].iter().map(|branch| branch.count).sum();
                left + branches[at].below.before(mark)
            }
        }
    }

    fn touching(&self, span: Span, found: &mut Vec<Mark>) {
        match self {
            Self::Leaf(marks) => {
                found.extend(marks.iter().filter(|mark| mark.span.overlaps(span)));
            }
            Self::Inner(branches) => {
                for branch in branches {
                    if branch.first.span.start >= span.end {
                        break;
                    }
                    if branch.reach > span.start {
                        branch.below.touching(span, found);
                    }
                }
            }
        }
    }

    /// Whether the mark is new, and what no longer fits into this node.
    fn insert(&mut self, mark: Mark) -> (bool, Option<Self>) {
        match self {
            Self::Leaf(marks) => {
                let Err(at) = marks.binary_search_by_key(&mark.key(), |other| other.key()) else {
                    return (false, None);
                };
                (true, put(marks, at, mark).map(Self::Leaf))
            }
            Self::Inner(branches) => {
                let at = branch_of(branches, mark);
                let branch = &mut branches[at];
                let (new, behind) = branch.below.insert(mark);
                if new {
                    branch.first = if mark.key() < branch.first.key() {
                        mark
                    } else {
                        branch.first
                    };
                    branch.reach = branch.reach.max(mark.span.end);
                    branch.count += 1;
                }
                let Some(behind) = behind else {
                    return (new, None);
                };
                branch.refresh();
                let behind = Branch::over(behind).and_then(|behind| put(branches, at + 1, behind));
                (new, behind.map(Self::Inner))
            }
        }
    }

    /// Whether it was there. Nodes that are left with little are not joined: the tree
    /// never becomes higher by that.
    fn remove(&mut self, mark: Mark) -> bool {
        match self {
            Self::Leaf(marks) => {
                let at = marks.binary_search_by_key(&mark.key(), |other| other.key());
                at.map(|at| marks.remove(at)).is_ok()
            }
            Self::Inner(branches) => {
                let at = branch_of(branches, mark);
                let branch = &mut branches[at];
                let was_there = branch.below.remove(mark);
                if was_there && !branch.refresh() {
                    branches.remove(at);
                }
                was_there
            }
        }
    }
}

/// The branch that a mark belongs to: the last that does not begin behind it, else the first.
/// An inner node is never empty.
fn branch_of(branches: &[Branch], mark: Mark) -> usize {
    let behind = branches.partition_point(|branch| branch.first.key() <= mark.key());
    behind.saturating_sub(1)
}

/// Puts an entry among others. If they are too many then, gives back the second half; at
/// the end nothing is moved, so that what comes in order fills whole nodes.
fn put<T>(entries: &mut Vec<T>, at: usize, entry: T) -> Option<Vec<T>> {
    if entries.len() < WIDTH {
        // Most nodes are full or half full for good: none has room for much more than it holds.
        if entries.len() == entries.capacity() {
            entries.reserve_exact(SPARE);
        }
        entries.insert(at, entry);
        return None;
    }
    let middle = if at == WIDTH { WIDTH } else { WIDTH / 2 };
    let mut behind = entries.split_off(middle);
    entries.shrink_to_fit();
    if at <= middle && middle < WIDTH {
        put(entries, at, entry);
    } else {
        put(&mut behind, at - middle, entry);
    }
    Some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    /// Without a length it has no place.
    fn mark(start: u32, length: u32, id: u128) -> Mark {
        let span = Span::between(Utf8(start), Utf8(start + length));
        let id = AnnotationId(Uuid::from_u128(id));
        Mark::new(id, (length > 0).then_some(span))
    }

    proptest! {
        /// The plain list that this replaces is the model.
        #[test]
        fn it_finds_what_a_plain_list_finds(
            steps in proptest::collection::vec((0_u8..5, 0_u32..300, 0_u32..40, 0_u128..4), 1..3_000),
            adding in 1_u8..5,
            window in (0_u32..300, 0_u32..60),
            numbers in (0_usize..400, 0_usize..400),
        ) {
            let (mut marks, mut model) = (Marks::default(), Vec::<Mark>::new());
            for (chance, start, length, id) in steps {
                let mark = mark(start, length, id);
                model.retain(|other| *other != mark);
                if chance <= adding {
                    marks.insert(mark);
                    model.push(mark);
                } else {
                    marks.remove(mark);
                }
            }
            model.sort_by_key(|mark| mark.key());
            if adding % 2 == 0 {
                // Made at once it goes on as the one that grew; a mark more and it is cut.
                let last = model.pop();
                marks = Marks::in_order(model.clone());
                if let Some(mark) = last {
                    marks.insert(mark);
                    model.push(mark);
                }
            }
            prop_assert_eq!(marks.iter().collect::<Vec<_>>(), model.clone());
            prop_assert_eq!(marks.len(), model.len());
            for (number, mark) in model.iter().enumerate() {
                prop_assert_eq!(marks.before(*mark), number);
            }
            let numbers = numbers.0..numbers.1;
            let last = numbers.end.min(model.len());
            prop_assert_eq!(marks.numbered(numbers.clone()), model.get(numbers.start..last).unwrap_or_default());
            let window = Span::between(Utf8(window.0), Utf8(window.0 + window.1));
            let found = marks.touching(window);
            let expected: Vec<Mark> =
                model.into_iter().filter(|mark| mark.span.overlaps(window)).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn marks_take_little_more_room_than_they_need() {
        /// Marks that there is room for.
        fn room(node: &Node) -> usize {
            match node {
                Node::Leaf(marks) => marks.capacity(),
                Node::Inner(branches) => branches.iter().map(|branch| room(&branch.below)).sum(),
            }
        }
        let in_order = (0..10_000).collect::<Vec<u32>>();
        // One stands behind the rest from the first, as what has no place does.
        let behind = std::iter::once(99_999).chain(0..9_999).collect();
        // Each number once, since 7,919 is prime.
        let scattered = (0..10_000).map(|number| number * 7_919 % 10_000).collect();
        for (numbers, most) in [(in_order, 1_010), (behind, 1_010), (scattered, 1_250)] {
            let mut marks = Marks::default();
            for number in numbers {
                marks.insert(mark(number, 3, 1));
            }
            assert_eq!(marks.len(), 10_000);
            let room = room(&marks.0) * 1_000 / marks.len();
            assert!((1_000..=most).contains(&room), "{room}");
        }
    }

    #[test]
    fn what_comes_in_order_fills_whole_nodes() {
        let mut marks = Marks::default();
        for number in 0..10_000 {
            marks.insert(mark(number, 3, 1));
        }
        fn height(node: &Node) -> usize {
            match node {
                Node::Leaf(_) => 1,
                Node::Inner(branches) => 1 + height(&branches[0].below),
            }
        }
        fn leaves(node: &Node) -> usize {
            match node {
                Node::Leaf(_) => 1,
                Node::Inner(branches) => branches.iter().map(|branch| leaves(&branch.below)).sum(),
            }
        }
        assert_eq!(height(&marks.0), 3);
        assert_eq!(leaves(&marks.0), 10_000_usize.div_ceil(WIDTH));
        for number in (0..10_000).rev() {
            marks.remove(mark(number, 3, 1));
        }
        assert!(marks.is_empty() && matches!(marks.0, Node::Leaf(_)));
    }
}

//! Overlapping marks as disjoint segments.

use crate::project::Mark;
use crate::text::{Span, Utf8};

/// A stretch of text under the same marks all along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where.
    pub span: Span,
    /// The marks over it, by their numbers among those that were given, from 0, in order; never
    /// empty.
    pub marks: Vec<usize>,
}

/// Cuts the marks that touch a window into disjoint segments, in text order,
/// clipped to the window. `marks` come in text order.
#[must_use]
pub fn segments(marks: &[Mark], window: Span) -> Vec<Segment> {
    let mut bounds: Vec<Utf8> = Vec::new();
    for mark in marks {
        let span = mark.span.intersection(window);
        if !span.is_empty() {
            for bound in [span.start, span.end] {
                // Behind it stand only the ends of those that reach farther: few.
                if let Err(at) = bounds.binary_search(&bound) {
                    bounds.insert(at, bound);
                }
            }
        }
    }

    let mut segments = Vec::with_capacity(bounds.len());
    let mut open: Vec<usize> = Vec::new();
    let mut next = marks.iter().enumerate().peekable();
    for pair in bounds.windows(2) {
        let span = Span::between(pair[0], pair[1]);
        while let Some((number, _)) = next.next_if(|(_, mark)| mark.span.start <= span.start) {
            open.push(number);
        }
        open.retain(|number| marks[*number].span.end > span.start);
        if !open.is_empty() {
            segments.push(Segment {
                span,
                marks: open.clone(),
            });
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::AnnotationId;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn mark(start: u32, end: u32, id: u128) -> Mark {
        Mark {
            span: Span::between(Utf8(start), Utf8(end)),
            id: AnnotationId(Uuid::from_u128(id)),
        }
    }

    /// Writes segments as `start-end:marks`.
    fn drawn(marks: &[Mark], window: (u32, u32)) -> String {
        segments(marks, Span::between(Utf8(window.0), Utf8(window.1)))
            .iter()
            .map(|segment| {
                let ids = segment.marks.iter().map(|number| marks[*number].id);
                let ids: Vec<String> = ids.map(|id| id.0.as_u128().to_string()).collect();
                format!(
                    "{}-{}:{}",
                    segment.span.start.0,
                    segment.span.end.0,
                    ids.join("+")
                )
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn an_overlap_is_a_segment_of_its_own() {
        let marks = [mark(0, 10, 1), mark(5, 15, 2)];
        assert_eq!(drawn(&marks, (0, 99)), "0-5:1 5-10:1+2 10-15:2");
    }

    #[test]
    fn a_gap_between_marks_is_no_segment() {
        assert_eq!(
            drawn(&[mark(0, 3, 1), mark(5, 8, 2)], (0, 99)),
            "0-3:1 5-8:2"
        );
    }

    #[test]
    fn equal_marks_make_one_segment_with_both() {
        assert_eq!(drawn(&[mark(2, 4, 1), mark(2, 4, 2)], (0, 99)), "2-4:1+2");
    }

    #[test]
    fn the_window_clips() {
        assert_eq!(
            drawn(&[mark(0, 10, 1), mark(5, 15, 2)], (7, 12)),
            "7-10:1+2 10-12:2"
        );
        assert_eq!(drawn(&[mark(0, 10, 1)], (20, 30)), "");
    }

    proptest! {
        #[test]
        fn each_byte_has_the_marks_that_cover_it(spans in proptest::collection::vec((0_u32..60, 1_u32..20), 0..20)) {
            let mut marks: Vec<Mark> = spans
                .iter()
                .zip(0..)
                .map(|((start, length), id)| mark(*start, start + length, id))
                .collect();
            marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
            let segments = segments(&marks, Span::between(Utf8(0), Utf8(100)));
            prop_assert!(segments.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
            for byte in (0..100).map(Utf8) {
                let covering: Vec<usize> =
                    (0..marks.len()).filter(|number| marks[*number].span.contains(byte)).collect();
                let drawn = segments
                    .iter()
                    .find(|segment| segment.span.contains(byte))
                    .map(|segment| segment.marks.clone())
                    .unwrap_or_default();
                prop_assert_eq!(drawn, covering);
            }
        }
    }
}

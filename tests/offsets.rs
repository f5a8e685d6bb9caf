//! The golden offsets: one text full of emoji, joiners, composed and decomposed
//! accents, CJK, Arabic and letters beyond the first plane, in every unit.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a test says what it wants by failing"
)]

use serde_json::Value;
use themark::text::{Span, TextIndex, Utf8};

const TEXT: &str = include_str!("fixtures/offset-units/text.txt");
const GOLDEN: &str = include_str!("fixtures/offset-units/expected.json");

fn pair(value: &Value) -> [u32; 2] {
    [0, 1].map(|at| u32::try_from(value[at].as_u64().unwrap()).unwrap())
}

#[test]
fn every_golden_offset_is_exact_in_all_three_units_both_ways() {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    let index = TextIndex::new(TEXT);
    let spans = golden["spans"].as_array().unwrap();
    assert_eq!(spans.len(), 12);
    for expected in spans {
        let [start, end] = pair(&expected["utf8_bytes"]);
        let span = Span::between(Utf8(start), Utf8(end));
        assert_eq!(span.of(TEXT), expected["exact"].as_str().unwrap());

        let utf16 = [index.to_utf16(span.start).0, index.to_utf16(span.end).0];
        assert_eq!(utf16, pair(&expected["utf16_code_units"]));
        let points = index.span_to_code_points(span);
        assert_eq!(
            [points.start.0, points.end.0],
            pair(&expected["code_points"])
        );

        assert_eq!(index.span_from_code_points(points), Some(span));
        let units = Span::between(index.to_utf16(span.start), index.to_utf16(span.end));
        assert_eq!(index.span_from_utf16(units), Some(span));
    }
}

#[test]
fn the_same_passages_are_counted_right_after_line_endings_are_unified() {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    let text = TEXT.replace("\r\n", "\n");
    assert_ne!(text.len(), TEXT.len(), "the text has a CRLF to unify");
    let index = TextIndex::new(text.as_str());
    for expected in golden["spans"].as_array().unwrap() {
        let exact = expected["exact"].as_str().unwrap();
        let occurrence = usize::try_from(expected["occurrence"].as_u64().unwrap()).unwrap();
        let (start, _) = text.match_indices(exact).nth(occurrence).unwrap();
        let points = index.span_to_code_points(Span::between(start, start + exact.len()));
        assert_eq!(
            [points.start.0, points.end.0],
            pair(&expected["code_points_after_crlf_to_lf"])
        );
    }
}

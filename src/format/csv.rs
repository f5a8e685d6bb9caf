//! A table for spreadsheets and statistics, one row a mark (RFC 4180).
//!
//! A mark with several themes is one row with all of them in a cell, not a row for each: people count
//! rows and draw averages over them, and one that stands there twice makes each of these figures wrong
//! in silence. To divide a cell at its semicolons is a step that every spreadsheet and statistics
//! program has, and who takes it knows that rows are codings from then on.
//!
//! The table begins with a byte order mark. Without it Excel takes the file to be in an encoding of the
//! person's country, and whatever is not plain Latin comes out as rubbish; everything else that reads
//! UTF-8 passes it over.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::bundle::{Bundle, Passage};
use super::{Loss, Losses, Written};
use crate::words::export as words;

/// What the columns are called, but for those of fields: these stand behind the first.
const DOCUMENT: &str = "document";
const COLUMNS: [&str; 12] = [
    "themes", "quote", "prefix", "suffix", "start", "end", "state", "note", "creator", "created",
    "modified", "id",
];

/// What stands between themes.
const BETWEEN: &str = "; ";

/// Characters at a cell's start by which a spreadsheet takes it to be a formula, and runs it (OWASP,
/// "CSV Injection"). Written in by an apostrophe it is words again: programs that know formulas take
/// that for a sign of words, too.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The most characters that Excel has in a cell, in UTF-16 code units: it cuts off the rest.
const CELL: usize = 32_767;

/// Writes the table.
pub(super) fn write(bundle: &Bundle<'_>) -> Written {
    let mut table = Table {
        text: "\u{feff}".into(),
        losses: Losses::default(),
    };
    let fields: BTreeSet<&Arc<str>> = bundle
        .records()
        .flat_map(|record| record.fields.iter().map(|(name, _)| name))
        .collect();
    let mut header = vec![DOCUMENT.to_owned()];
    header.extend(fields.iter().map(|name| column(name)));
    header.extend(COLUMNS.map(str::to_owned));
    table.row(&header);
    let codebook = bundle.project.codebook();
    let mut used = BTreeSet::new();
    for record in bundle.records() {
        for placed in bundle.annotations(record.id) {
            let annotation = &placed.annotation;
            let Passage { quote, span, state } = bundle.passage(placed);
            let themes = codebook.numbers(&annotation.themes);
            let names: Vec<&str> = themes
                .iter()
                .filter_map(|number| codebook.numbered(*number))
                .map(|theme| &*theme.name)
                .collect();
            used.extend(themes);
            let is_ambiguous = names.len() > 1 && names.iter().any(|name| name.contains(';'));
            table
                .losses
                .add(Loss::Semicolons, usize::from(is_ambiguous));
            table.losses.add(Loss::Place, usize::from(span.is_none()));
            let offset = |at: Option<u32>| at.map(|at| at.to_string()).unwrap_or_default();
            let mut row = vec![record.title.to_string()];
            let value = |name: &&Arc<str>| {
                let value = record.fields.get(name);
                value.map(ToString::to_string).unwrap_or_default()
            };
            row.extend(fields.iter().map(value));
            row.extend([
                names.join(BETWEEN),
                quote.exact().into(),
                quote.prefix().into(),
                quote.suffix().into(),
                offset(span.map(|span| span.start.0)),
                offset(span.map(|span| span.end.0)),
                state.into(),
                annotation.note.to_string(),
                annotation.creator.as_deref().unwrap_or_default().into(),
                annotation.created.to_string(),
                annotation.modified.to_string(),
                annotation.id.0.to_string(),
            ]);
            table.row(&row);
        }
    }
    let Table { text, mut losses } = table;
    losses.add(Loss::Texts, bundle.records().count());
    losses.add(Loss::UnusedThemes, codebook.count() - used.len());
    losses.add(Loss::Colours, codebook.count());
    Written {
        bytes: text.into_bytes(),
        losses,
    }
}

/// What the column of a field is called, which is not what another is called.
fn column(field: &str) -> String {
    let is_own = |own: &str| own.eq_ignore_ascii_case(field);
    if is_own(DOCUMENT) || COLUMNS.iter().any(|own| is_own(own)) {
        words::field(field)
    } else {
        field.to_owned()
    }
}

struct Table {
    text: String,
    losses: Losses,
}

impl Table {
    fn row(&mut self, cells: &[String]) {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            self.cell(cell);
        }
        self.text.push_str("\r\n");
    }

    fn cell(&mut self, words: &str) {
        // A number is none, whatever its sign.
        let is_formula =
            words.starts_with(FORMULA) && !words.trim().parse().is_ok_and(f64::is_finite);
        self.losses.add(Loss::Formulas, usize::from(is_formula));
        // A character takes two units at most, and no fewer bytes than units.
        let is_long = words.len() > CELL && words.encode_utf16().count() > CELL;
        self.losses.add(Loss::LongCells, usize::from(is_long));
        let guard = if is_formula { "'" } else { "" };
        if words.contains(['"', ',', '\r', '\n']) {
            let words = words.replace('"', "\"\"");
            self.text.extend(["\"", guard, &words, "\""]);
        } else {
            self.text.extend([guard, words]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_guarded_and_a_number_is_left_as_it_is() {
        for (words, expected) in [
            ("=1+1", "'=1+1"),
            ("+49 30 1", "'+49 30 1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("-inf", "'-inf"),
            ("+nan", "'+nan"),
            ("-3,5", "\"'-3,5\""),
            ("-3.5", "-3.5"),
            ("+12", "+12"),
            ("a = b", "a = b"),
        ] {
            let mut table = Table {
                text: String::new(),
                losses: Losses::default(),
            };
            table.cell(words);
            assert_eq!(table.text, expected, "{words}");
        }
    }
}

//! Quotes by theme, for a report: under each its source, and the note (CommonMark).
//!
//! What stands in a text is escaped, so that it is read as it stands and nothing of it is taken for
//! markup. White space that CommonMark drops at a line's ends is written as a character reference.

use std::fmt::Write as _;

use super::bundle::{Bundle, Passage};
use super::{Loss, Losses, Written};
use crate::document::Record;
use crate::project::Placed;
use crate::words::export as words;

/// Writes the quotes: those of each theme in the order of documents and in that of their text, then
/// those without a theme.
pub(super) fn write(bundle: &Bundle<'_>) -> Written {
    let codebook = bundle.project.codebook();
    let records: Vec<&Record> = bundle.records().map(|own| &**own).collect();
    // By the numbers of themes; behind the last stand those without one.
    let mut parts: Vec<Vec<(&Record, &Placed)>> = vec![Vec::new(); codebook.count() + 1];
    let mut losses = Losses::default();
    for record in &records {
        for placed in bundle.annotations(record.id) {
            let numbers = codebook.numbers(&placed.annotation.themes);
            let is_bare = numbers.is_empty().then_some(codebook.count());
            for number in numbers.into_iter().chain(is_bare) {
                parts[number].push((record, placed));
            }
            losses.add(Loss::Times, 1);
            let creator = placed.annotation.creator.as_ref();
            losses.add(Loss::Creators, usize::from(creator.is_some()));
        }
    }
    let mut text = String::new();
    let heading = match records.as_slice() {
        [only] => words::marks_in(&only.title),
        all => words::marks_in_documents(all.len()),
    };
    push(&mut text, &["# ", &in_line(&heading), "\n"]);
    for (number, part) in parts.iter().enumerate() {
        let theme = codebook.numbered(number);
        if part.is_empty() {
            losses.add(Loss::UnusedThemes, usize::from(theme.is_some()));
            continue;
        }
        let name = theme.map_or(words::WITHOUT_THEME, |theme| &*theme.name);
        push(&mut text, &["\n## ", &in_line(name), "\n"]);
        for (record, placed) in part {
            quote(bundle, record, placed, &mut text);
        }
    }
    losses.add(Loss::Texts, records.len());
    losses.add(Loss::Colours, codebook.count());
    let described = records.iter().filter(|own| !own.fields.is_empty());
    losses.add(Loss::Fields, described.count());
    Written {
        bytes: text.into_bytes(),
        losses,
    }
}

fn push(text: &mut String, pieces: &[&str]) {
    text.extend(pieces.iter().copied());
}

/// A passage, its source, its note.
fn quote(bundle: &Bundle<'_>, record: &Record, placed: &Placed, text: &mut String) {
    let Passage { quote, span, state } = bundle.passage(placed);
    // Where a passage reaches over several blocks each is a paragraph.
    for (at, block) in quote.exact().split('\n').enumerate() {
        push(
            text,
            &[if at > 0 { "\n>\n> " } else { "\n> " }, &line(block)],
        );
    }
    push(text, &["\n\n— *", &in_line(record.title.trim()), "*"]);
    let place = span.map(|span| words::characters(span.start.0, span.end.0));
    push(
        text,
        &[
            ", ",
            place.as_deref().unwrap_or_else(|| words::place(state)),
        ],
    );
    text.push('\n');
    let note = placed.annotation.note.trim();
    let mut between = "\n";
    for words in note.split('\n').filter(|_| !note.is_empty()) {
        if words.trim().is_empty() {
            between = "\n";
        } else {
            // Within a paragraph a line ends with a backslash.
            if between == "\\\n" {
                text.pop();
            }
            push(text, &[between, &line(words), "\n"]);
            between = "\\\n";
        }
    }
}

/// Words on a line of their own.
fn in_line(words: &str) -> String {
    line(&words.replace('\n', " "))
}

/// A line of words that is read as it stands.
fn line(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + words.len() / 8);
    let is_space = |letter: char| matches!(letter, ' ' | '\t' | '\u{b}' | '\u{c}');
    let begins_item = {
        let rest = words.trim_start_matches(|letter: char| letter.is_ascii_digit());
        rest.len() < words.len() && rest.starts_with(['.', ')'])
    };
    let last = words.chars().count().saturating_sub(1);
    let mut is_number = begins_item;
    for (at, letter) in words.chars().enumerate() {
        let is_edge = at == 0 || at == last;
        match letter {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '|' | '~' | '^' | '$'
            | '&' => out.extend(['\\', letter]),
            // At a line's start they begin a heading, an item, a rule, or underline a heading.
            '#' | '+' | '-' | '=' | ':' if at == 0 => out.extend(['\\', letter]),
            '.' | ')' if is_number => {
                out.extend(['\\', letter]);
                is_number = false;
            }
            // A heading's signs may stand behind it as well.
            '#' if at == last => out.push_str("\\#"),
            '\r' => out.push_str("&#13;"),
            letter if is_edge && is_space(letter) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "&#{};", u32::from(letter));
            }
            letter => {
                is_number &= letter.is_ascii_digit();
                out.push(letter);
            }
        }
    }
    out
}

//! A downloaded file, checked against the text it is about.

use serde_json::Value;
use themark::format::w3c::validate;

/// How many characters of the text stand before and behind a quote.
const AROUND: usize = 32;

/// Code points of the longest grapheme that the visits’ texts have, less one: a family of four.
const LONGEST_GRAPHEME: usize = 6;

/// A valid export.
#[derive(Clone, Debug)]
pub struct Export {
    /// All of it.
    pub value: Value,
    /// Its annotations, in the file's order.
    pub marks: Vec<Exported>,
}

/// An annotation of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Its id.
    pub id: String,
    /// The passage.
    pub quote: String,
    /// Where it begins, in code points of the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its tags.
    pub themes: Vec<String>,
    /// Its note, empty for none.
    pub note: String,
}

impl Export {
    /// Reads an export of a text and checks it: that it keeps every MUST of the model,
    /// and that every position and quote is exactly of the text.
    ///
    /// # Panics
    /// When it is not so.
    #[must_use]
    #[track_caller]
    pub fn read(file: &str, text: &str) -> Self {
        let value: Value = serde_json::from_str(file).expect("JSON");
        let problems = validate::validate(&value);
        assert!(
            problems.is_empty(),
            "the export is not valid: {problems:#?}"
        );
        assert_eq!(value["type"], "AnnotationCollection");
        assert_eq!(value["first"]["type"], "AnnotationPage");
        let points: Vec<char> = text.chars().collect();
        let items = value["first"]["items"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let marks = items
            .iter()
            .map(|item| Exported::read(item, &points))
            .collect();
        Self { value, marks }
    }

    /// The annotations, one a line: `quote [themes] note`.
    #[must_use]
    pub fn listed(&self) -> Vec<String> {
        let line = |mark: &Exported| {
            format!("{} [{}] {}", mark.quote, mark.themes.join(", "), mark.note)
                .trim_end()
                .to_owned()
        };
        self.marks.iter().map(line).collect()
    }
}

impl Exported {
    #[track_caller]
    fn read(item: &Value, text: &[char]) -> Self {
        let selectors = item["target"]["selector"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let selector = |kind: &str| {
            let found = selectors.iter().find(|selector| selector["type"] == kind);
            found
                .unwrap_or_else(|| panic!("no {kind} in {item:#}"))
                .clone()
        };
        let (quote, position) = (
            selector("TextQuoteSelector"),
            selector("TextPositionSelector"),
        );
        let number = |key: &str| position[key].as_u64().expect("a whole number") as usize;
        let (start, end) = (number("start"), number("end"));
        let of = |from: usize, to: usize| text[from..to].iter().collect::<String>();
        assert_eq!(
            quote["exact"],
            of(start, end),
            "the quote is the text at its position"
        );
        let before = of(start.saturating_sub(AROUND), start);
        let behind = of(end, text.len().min(end + AROUND));
        let said = |name: &str| quote[name].as_str().unwrap_or_default().to_owned();
        // What would split a grapheme is left out of it.
        let is_as_long = |said: &str, text: &str| {
            let missing = text.chars().count() - said.chars().count();
            missing <= LONGEST_GRAPHEME
        };
        let (prefix, suffix) = (said("prefix"), said("suffix"));
        assert!(
            before.ends_with(&prefix) && is_as_long(&prefix, &before),
            "the prefix: {prefix:?} of {before:?}"
        );
        assert!(
            behind.starts_with(&suffix) && is_as_long(&suffix, &behind),
            "the suffix: {suffix:?} of {behind:?}"
        );

        let bodies = match &item["body"] {
            Value::Array(bodies) => bodies.clone(),
            Value::Null => Vec::new(),
            one => vec![one.clone()],
        };
        let values = |purpose: &str| -> Vec<String> {
            let of_it = bodies.iter().filter(|body| body["purpose"] == purpose);
            of_it
                .filter_map(|body| Some(body["value"].as_str()?.to_owned()))
                .collect()
        };
        Self {
            id: item["id"].as_str().unwrap_or_default().to_owned(),
            quote: of(start, end),
            start,
            end,
            themes: values("tagging"),
            note: values("commenting").join("\n"),
        }
    }
}

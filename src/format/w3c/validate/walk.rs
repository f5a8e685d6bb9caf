//! Holds an object against a table, member by member, and keeps the place.

use serde_json::{Map, Value};

use super::kind::{Count, Kind, number};
use super::rules::{Class, Rule};
use super::{MOST, Problem};
use crate::words::annotation_file::model;

/// Deeper than any parsed text is (`parse` reads 127 levels). A value that was built by
/// hand is refused there instead of overflowing the stack.
const DEEPEST: usize = 128;

pub(super) struct Walk {
    pub(super) problems: Vec<Problem>,
    /// How many annotations the collection around says it has.
    pub(super) total: Option<f64>,
    at: String,
    depth: usize,
}

impl Walk {
    pub(super) fn new(at: &str) -> Self {
        Self {
            problems: Vec::new(),
            total: None,
            at: at.to_owned(),
            depth: 0,
        }
    }

    pub(super) fn object(&mut self, object: &Map<String, Value>, class: &Class) {
        if self.depth == DEEPEST {
            return self.tell(model::NESTED, &[]);
        }
        self.depth += 1;
        for rule in class.rules() {
            let required = matches!(rule.1, Count::One | Count::AtLeastOne | Count::ListOfOne);
            if required && !object.contains_key(rule.0) {
                self.missing(class, rule);
            }
        }
        for (key, value) in object {
            if self.problems.len() >= MOST {
                break;
            }
            if let Some(rule) = class.rules().find(|rule| rule.0 == key) {
                let mark = self.enter(key);
                if key == "type" && !class.named.is_empty() && !has_type(object, class.named) {
                    self.tell(model::OTHER_TYPE, &[class.named]);
                } else {
                    self.member(class, rule, value);
                }
                self.at.truncate(mark);
            }
        }
        self.depth -= 1;
    }

    fn member(&mut self, class: &Class, rule: &Rule, value: &Value) {
        let Rule(key, count, kind) = *rule;
        match (count, value) {
            (Count::AtLeastOne | Count::ListOfOne, Value::Array(items)) if items.is_empty() => {
                self.missing(class, rule);
            }
            (Count::Many | Count::AtLeastOne | Count::ListOfOne, Value::Array(items)) => {
                self.each(items, |walk, item| walk.value(rule, item));
            }
            (Count::One | Count::AtMostOne, Value::Array(_)) => {
                self.tell(model::NOT_A_LIST, &[key, kind.what()]);
            }
            (Count::ListOfOne, _) => self.tell(model::MUST_BE_LIST, &[key]),
            _ => self.value(rule, value),
        }
    }

    fn value(&mut self, rule: &Rule, value: &Value) {
        let Rule(key, _, kind) = *rule;
        let fits = match value {
            Value::String(text) => kind.takes(text),
            Value::Object(object) => self.described(rule, object),
            _ => kind == Kind::Whole && number(value).is_some(),
        };
        if !fits {
            self.tell(model::MUST_BE, &[key, kind.what()]);
        }
    }

    fn missing(&mut self, class: &Class, rule: &Rule) {
        if rule.0 == "type" && !class.named.is_empty() {
            self.tell(model::NO_TYPE, &[class.noun, class.named]);
        } else {
            let words = [class.noun, rule.0, rule.2.what()];
            self.tell(model::NO_MEMBER, &words);
        }
    }

    pub(super) fn each(&mut self, items: &[Value], visit: impl Fn(&mut Self, &Value)) {
        for (index, item) in items.iter().enumerate() {
            if self.problems.len() >= MOST {
                break;
            }
            let mark = self.enter(&index.to_string());
            visit(self, item);
            self.at.truncate(mark);
        }
    }

    /// Adds a step to the pointer; the result is what to cut it back to.
    fn enter(&mut self, step: &str) -> usize {
        let mark = self.at.len();
        self.at.push('/');
        for c in step.chars() {
            match c {
                '~' => self.at.push_str("~0"),
                '/' => self.at.push_str("~1"),
                c => self.at.push(c),
            }
        }
        mark
    }

    /// Puts `words` where the sentence has `{}`. Plain strings instead of `format!`,
    /// because each of its uses is code that a visitor downloads.
    pub(super) fn tell(&mut self, sentence: &str, words: &[&str]) {
        if self.problems.len() >= MOST {
            return;
        }
        let mut words = words.iter();
        let mut message = String::new();
        for piece in sentence.split("{}") {
            message.push_str(piece);
            message.push_str(words.next().copied().unwrap_or_default());
        }
        self.problems.push(Problem {
            at: self.at.clone(),
            message,
        });
    }

    pub(super) fn tell_at(&mut self, step: &str, sentence: &str, words: &[&str]) {
        let mark = self.enter(step);
        self.tell(sentence, words);
        self.at.truncate(mark);
    }
}

/// Whether `type` is the class, or a list that has it.
pub(super) fn has_type(object: &Map<String, Value>, class: &str) -> bool {
    match object.get("type") {
        Some(Value::String(name)) => name == class,
        Some(Value::Array(names)) => names.iter().any(|name| name.as_str() == Some(class)),
        _ => false,
    }
}

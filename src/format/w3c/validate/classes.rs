//! What a table cannot say: which class an object is of, and which of its members must
//! stand together.

use serde_json::{Map, Value};

use super::Context;
use super::kind::{Kind, SETS, number};
use super::rules::{
    AGENT, ANNOTATION, AUDIENCE, COLLECTION, Class, EXTERNAL, PAGE, REFERENCE, Rule, SET, SPECIFIC,
    SPECIFIC_RESOURCE, STYLESHEET, TEXTUAL_BODY,
};
use super::specifiers::{OTHER_SELECTOR, OTHER_STATE, SELECTORS, STATES};
use super::walk::{Walk, has_type};
use crate::words::annotation_file::model;

/// The context that gives the model's keys their meaning.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

type Object = Map<String, Value>;

impl Walk {
    pub(super) fn document(&mut self, value: &Value) {
        match value {
            Value::Array(items) => {
                self.each(items, |walk, item| walk.annotation(item, Context::Own));
            }
            Value::Object(object) if has_type(object, COLLECTION.named) => self.collection(object),
            Value::Object(object) if has_type(object, PAGE.named) => {
                self.context(object, &PAGE);
                self.page(object, false);
            }
            _ => self.annotation(value, Context::Own),
        }
    }

    pub(super) fn annotation(&mut self, value: &Value, context: Context) {
        match value {
            Value::Object(object) => self.annotation_object(object, context),
            _ => self.tell(model::NO_ANNOTATION, &[]),
        }
    }

    fn annotation_object(&mut self, object: &Object, context: Context) {
        if context == Context::Own {
            self.context(object, &ANNOTATION);
            // 3.1 asks this of an annotation, 5.1 and 5.2 do not of the others.
            if matches!(object.get("@context"), Some(Value::Array(list)) if list.len() == 1) {
                self.tell_at("@context", model::CONTEXT_IN_LIST, &[]);
            }
        }
        if object.contains_key("body") && object.contains_key("bodyValue") {
            self.tell(model::BODY_TWICE, &[]);
        }
        self.object(object, &ANNOTATION);
    }

    /// 3.1, 5.1, 5.2.
    fn context(&mut self, object: &Object, class: &Class) {
        let named = |value: &Value| value.as_str() == Some(CONTEXT);
        match object.get("@context") {
            None => self.tell(model::NO_CONTEXT, &[class.noun, CONTEXT]),
            Some(Value::Array(list)) if list.iter().any(named) => {}
            Some(value) if named(value) => {}
            Some(_) => self.tell_at("@context", model::OTHER_CONTEXT, &[CONTEXT]),
        }
    }

    fn collection(&mut self, object: &Object) {
        self.context(object, &COLLECTION);
        self.total = object.get("total").and_then(number);
        if self.total > Some(0.0) && !object.contains_key("first") {
            self.tell(model::NO_FIRST, &[Kind::Page.what()]);
        }
        self.object(object, &COLLECTION);
    }

    /// A page, of which it is known whether it is the `first` of the collection around.
    /// That it is not the last can be told only where the collection's `total` is known.
    fn page(&mut self, object: &Object, first: bool) {
        let partial = object
            .get("partOf")
            .and_then(|collection| collection.get("total"));
        let total = partial.and_then(number).or(self.total);
        let start = match object.get("startIndex") {
            Some(start) => number(start),
            None => first.then_some(0.0),
        };
        let items = object.get("items").and_then(Value::as_array);
        if let (Some(total), Some(start), Some(items)) = (total, start, items)
            && u32::try_from(items.len()).is_ok_and(|length| start + f64::from(length) < total)
            && !object.contains_key("next")
        {
            self.tell(model::NO_NEXT, &[]);
        }
        self.object(object, &PAGE);
    }

    /// An object where a relationship leads; `false` if it may not lead to one.
    pub(super) fn described(&mut self, rule: &Rule, object: &Object) -> bool {
        match rule.2 {
            Kind::Agent => self.object(object, &AGENT),
            Kind::Audience => self.audience(object),
            Kind::Resource => self.object(object, resource_class(object)),
            Kind::Stylesheet => self.stylesheet(object),
            Kind::Selector | Kind::State | Kind::Specifier => self.specifier(rule, object),
            Kind::Annotation => self.annotation_object(object, Context::Inherited),
            // With nothing but an `id` it is a reference to a page, not an embedded one.
            Kind::Page if object.contains_key("type") || object.contains_key("items") => {
                self.page(object, rule.0 == "first");
            }
            Kind::Page | Kind::Reference | Kind::Motivation | Kind::Mailbox => {
                self.object(object, &REFERENCE);
            }
            _ => return false,
        }
        true
    }

    /// 3.3.3: what the model itself does not know must bear its vocabulary's prefix.
    fn audience(&mut self, object: &Object) {
        for key in object.keys() {
            let known = AUDIENCE.rules().any(|rule| rule.0 == key);
            // What has no name is nothing to JSON-LD.
            let named = !key.is_empty() && !key.contains(':') && !key.starts_with('@');
            if !known && named {
                self.tell_at(key, model::NO_PREFIX, &[key, key]);
            }
        }
        self.object(object, &AUDIENCE);
    }

    /// 4.4: it has an IRI of its own, or is embedded.
    fn stylesheet(&mut self, object: &Object) {
        if !object.contains_key("id") && !object.contains_key("value") {
            self.tell(model::NO_STYLES, &[]);
        }
        self.object(object, &STYLESHEET);
    }

    /// 4.2 and 4.3.
    fn specifier(&mut self, rule: &Rule, object: &Object) {
        let find =
            |classes: &'static [Class]| classes.iter().find(|class| has_type(object, class.named));
        let (wanted, other, unknown, example) = match rule.2 {
            Kind::State => (find(&STATES), find(&SELECTORS), &OTHER_STATE, "TimeState"),
            _ => (
                find(&SELECTORS),
                find(&STATES),
                &OTHER_SELECTOR,
                "TextQuoteSelector",
            ),
        };
        if let (None, Some(class)) = (wanted, other)
            && rule.2 != Kind::Specifier
        {
            let words = [rule.0, unknown.noun, class.noun];
            self.tell(model::OTHER_CLASS, &words);
        }
        let class = wanted.or(other).unwrap_or(unknown);
        if class.named.is_empty() && !object.contains_key("id") && !object.contains_key("type") {
            let words = [class.noun, example];
            self.tell(model::NO_TYPE_OF_MANY, &words);
        }
        self.specifier_members(class, object);
        self.object(object, class);
    }

    fn specifier_members(&mut self, class: &Class, object: &Object) {
        let has = |key: &str| object.contains_key(key);
        let place = |key: &str| object.get(key).and_then(number);
        let (start, end) = (has("sourceDateStart"), has("sourceDateEnd"));
        match class.named {
            // A missing `start` is `None`, which no number is before.
            "TextPositionSelector" | "DataPositionSelector"
                if place("end").is_some() && place("end") < place("start") =>
            {
                self.tell(model::ENDS_BEFORE, &[class.noun]);
            }
            "SvgSelector" if !has("value") && !has("id") => {
                self.tell(model::NO_SVG, &[]);
            }
            "TimeState" if has("sourceDate") && (start || end) => {
                self.tell(model::TWO_TIMES, &[]);
            }
            "TimeState" if start != end => {
                let missing = if start {
                    "sourceDateEnd"
                } else {
                    "sourceDateStart"
                };
                self.tell(model::HALF_A_PERIOD, &[missing]);
            }
            _ => {}
        }
    }
}

/// What kind of body or target it is: by its `type`, else by its members, since every
/// `type` but that of a set is only a SHOULD.
fn resource_class(object: &Object) -> &'static Class {
    let has = |key: &str| object.contains_key(key);
    if SETS.iter().any(|set| has_type(object, set)) {
        &SET
    } else if has_type(object, "TextualBody") {
        &TEXTUAL_BODY
    } else if has_type(object, "SpecificResource") || SPECIFIC.iter().any(|key| has(key)) {
        &SPECIFIC_RESOURCE
    } else if has("value") {
        &TEXTUAL_BODY
    } else if has("items") && !has("type") {
        // W3C's samples refuse this one as "uninterpretable (choice? list?)".
        &SET
    } else {
        &EXTERNAL
    }
}

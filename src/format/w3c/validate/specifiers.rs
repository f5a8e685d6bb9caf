//! The tables of selectors and states (4.2, 4.3).

use super::kind::Count::{AtMostOne, Many, One};
use super::kind::Kind::{Moment, Name, Node, Reference, Selector, Specifier, Svg, Text, Whole};
use super::rules::{Class, Rule};
use crate::words::annotation_file::model::noun;

const TYPED: &[Rule] = &[Rule("id", AtMostOne, Node), Rule("type", One, Name)];
const REFINED: &[Rule] = &[Rule("refinedBy", Many, Selector)];
const REFINED_STATE: &[Rule] = &[Rule("refinedBy", Many, Specifier)];
const VALUE: &[Rule] = &[Rule("value", One, Text)];
const STRETCH: &[Rule] = &[Rule("start", One, Whole), Rule("end", One, Whole)];

const fn specifier(name: &'static str, rules: &'static [&'static [Rule]]) -> Class {
    Class {
        noun: name,
        named: name,
        rules,
    }
}

/// 4.2.1 to 4.2.8.
pub(super) static SELECTORS: [Class; 8] = [
    specifier(
        "FragmentSelector",
        &[
            TYPED,
            VALUE,
            &[Rule("conformsTo", AtMostOne, Reference)],
            REFINED,
        ],
    ),
    specifier("CssSelector", &[TYPED, VALUE, REFINED]),
    specifier("XPathSelector", &[TYPED, VALUE, REFINED]),
    specifier(
        "TextQuoteSelector",
        &[
            TYPED,
            &[
                Rule("exact", One, Text),
                Rule("prefix", AtMostOne, Text),
                Rule("suffix", AtMostOne, Text),
            ],
            REFINED,
        ],
    ),
    specifier("TextPositionSelector", &[TYPED, STRETCH, REFINED]),
    specifier("DataPositionSelector", &[TYPED, STRETCH, REFINED]),
    specifier(
        "SvgSelector",
        &[TYPED, &[Rule("value", AtMostOne, Svg)], REFINED],
    ),
    specifier(
        "RangeSelector",
        &[
            TYPED,
            &[
                Rule("startSelector", One, Selector),
                Rule("endSelector", One, Selector),
            ],
            REFINED,
        ],
    ),
];

/// 4.3.1 and 4.3.2.
pub(super) static STATES: [Class; 2] = [
    specifier(
        "TimeState",
        &[
            TYPED,
            &[
                Rule("sourceDate", Many, Moment),
                Rule("sourceDateStart", AtMostOne, Moment),
                Rule("sourceDateEnd", AtMostOne, Moment),
                Rule("cached", Many, Reference),
            ],
            REFINED_STATE,
        ],
    ),
    specifier("HttpRequestState", &[TYPED, VALUE, REFINED_STATE]),
];

const ANY_TYPE: &[Rule] = &[Rule("id", AtMostOne, Node), Rule("type", Many, Name)];

/// A selector of a class that the model does not know, or that is described elsewhere.
pub(super) const OTHER_SELECTOR: Class = Class {
    noun: noun::SELECTOR,
    named: "",
    rules: &[ANY_TYPE, REFINED],
};

/// The same of a state.
pub(super) const OTHER_STATE: Class = Class {
    noun: noun::STATE,
    named: "",
    rules: &[ANY_TYPE, REFINED_STATE],
};

//! What is wrong with a regular expression, in a sentence that says where.

use regex_syntax::ast::ErrorKind;
use regex_syntax::{Error, ParserBuilder, hir};

use crate::words::find as said;

/// Groups within groups, at most.
const DEEPEST: u32 = 100;

/// Checks that an expression is one.
pub(super) fn check(expression: &str) -> Result<(), String> {
    let mut parser = ParserBuilder::new().nest_limit(DEEPEST).build();
    let error = match parser.parse(expression) {
        Ok(_) => return Ok(()),
        Err(error) => error,
    };
    let (what, at) = match &error {
        Error::Parse(error) => (syntax(error.kind()), error.span().start.offset),
        Error::Translate(error) => (meaning(error.kind()), error.span().start.offset),
        // The crate keeps the right to have others.
        _ => (said::NOT_UNDERSTOOD, 0),
    };
    let before = expression.get(..at).unwrap_or(expression);
    Err(said::wrong(what, before.chars().count() + 1))
}

fn syntax(kind: &ErrorKind) -> &'static str {
    use ErrorKind::*;
    match kind {
        ClassUnclosed => said::CLASS_UNCLOSED,
        ClassRangeInvalid => said::CLASS_RANGE,
        ClassEscapeInvalid | ClassRangeLiteral => said::CLASS_WRONG,
        EscapeUnexpectedEof => said::ESCAPE_AT_END,
        EscapeUnrecognized => said::ESCAPE_UNKNOWN,
        EscapeHexEmpty | EscapeHexInvalid | EscapeHexInvalidDigit => said::NO_CHARACTER,
        FlagDanglingNegation
        | FlagDuplicate { .. }
        | FlagRepeatedNegation { .. }
        | FlagUnexpectedEof
        | FlagUnrecognized => said::FLAG,
        GroupNameDuplicate { .. } | GroupNameEmpty | GroupNameInvalid | GroupNameUnexpectedEof => {
            said::GROUP_NAME
        }
        GroupUnclosed => said::GROUP_UNCLOSED,
        GroupUnopened => said::GROUP_UNOPENED,
        NestLimitExceeded(_) => said::TOO_DEEP,
        RepetitionCountInvalid => said::REPETITION_COUNT,
        RepetitionCountDecimalEmpty | DecimalEmpty | DecimalInvalid => said::NO_NUMBER,
        RepetitionCountUnclosed => said::REPETITION_UNCLOSED,
        RepetitionMissing => said::NOTHING_TO_REPEAT,
        SpecialWordBoundaryUnclosed
        | SpecialWordBoundaryUnrecognized
        | SpecialWordOrRepetitionUnexpectedEof => said::WORD_BOUNDARY,
        UnicodeClassInvalid => said::PROPERTY,
        UnsupportedBackreference => said::BACK_REFERENCE,
        UnsupportedLookAround => said::LOOK_AROUND,
        _ => said::NOT_UNDERSTOOD,
    }
}

fn meaning(kind: &hir::ErrorKind) -> &'static str {
    match kind {
        hir::ErrorKind::UnicodePropertyNotFound | hir::ErrorKind::UnicodePropertyValueNotFound => {
            said::PROPERTY
        }
        hir::ErrorKind::InvalidUtf8 | hir::ErrorKind::UnicodeNotAllowed => said::BYTES,
        _ => said::NOT_UNDERSTOOD,
    }
}

//! Measures how surely and how fast marked passages are found again in a text that has
//! changed, beside a matcher that always takes its best candidate.
//!
//! In reading order:
//! - [`chance`], [`texts`]: texts from a seed
//! - [`edits`], [`cases`]: what happens to them, and where each passage goes
//! - [`baseline`]: the yardstick
//! - [`run`]: one case on one text, counted
//! - [`report`]: all of them, as tables, and whether they are good enough

pub mod baseline;
pub mod cases;
pub mod chance;
pub mod edits;
pub mod report;
pub mod run;
pub mod texts;

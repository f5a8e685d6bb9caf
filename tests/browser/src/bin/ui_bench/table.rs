//! The figures as Markdown.

use std::collections::BTreeSet;

use crate::LOADS;
use crate::figure::{Figures, Measure, Outcome};
use crate::matrix::Measured;
use crate::verdict::Verdict;

/// What was measured on one text or with one file, a row a measure.
pub(crate) fn table(measured: &Measured, times: usize) -> String {
    let Measured {
        name,
        product,
        other,
        floor,
        beside,
    } = measured;
    // Beside another build, that is what counts.
    let (beside, called) = match other {
        Some(other) => (other, "the other build"),
        None => (floor, *beside),
    };
    let measures: BTreeSet<Measure> = product.measures().chain(beside.measures()).collect();
    let mut lines = vec![
        format!("### {name}\n"),
        format!("| figure | Themark | p95 | {called} | p95 | times {called} |"),
        "|---|---|---|---|---|---|".to_owned(),
    ];
    lines.extend(measures.into_iter().map(|measure| {
        format!(
            "| {} | {} | {} | {} |",
            measure.name(),
            shown(product.get(measure), due(measure, times)),
            shown(beside.get(measure), due(measure, times)),
            ratio(product, beside, measure),
        )
    }));
    lines.join("\n") + "\n"
}

/// How many runs there should be.
fn due(measure: Measure, times: usize) -> usize {
    match measure {
        Measure::Load => times * LOADS,
        _ => times,
    }
}

/// Median and p95, and of how many runs where these are fewer than they should be.
fn shown(outcome: Option<&Outcome>, times: usize) -> String {
    match outcome {
        None => "– | –".to_owned(),
        Some(Err(reason)) => format!("– ({reason}) | –"),
        Some(Ok(runs)) if (2..times).contains(&runs.count()) => {
            let (median, p95) = (number(runs.median()), number(runs.p95()));
            format!("{median} ({} runs) | {p95}", runs.count())
        }
        Some(Ok(runs)) => format!("{} | {}", number(runs.median()), number(runs.p95())),
    }
}

fn ratio(product: &Figures, beside: &Figures, measure: Measure) -> String {
    match (product.median(measure), beside.median(measure)) {
        (Some(product), Some(beside)) if beside > 0.0 => format!("{:.2}", product / beside),
        _ => "–".to_owned(),
    }
}

fn number(figure: f64) -> String {
    if figure < 100.0 {
        format!("{figure:.1}")
    } else {
        format!("{figure:.0}")
    }
}

/// The verdicts as a list.
pub(crate) fn list(verdicts: &[Verdict]) -> String {
    let lines = verdicts.iter().map(|Verdict { words, holds }| {
        let sign = if *holds { "holds" } else { "**missed**" };
        format!("- {sign} – {words}")
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

//! Reads saved pages of which the articles are known, and prints how much of each was found.
//!
//! Each folder of the one that is named holds a page, `source.html`, and its article as Mozilla's
//! suite for Readability has it, `expected.html`. Compared are the words of both as we read them,
//! but for headline and author, which that suite has elsewhere.

use std::collections::HashMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;
use std::{env, fs, io};

use themark::document::{BlockKind, Builder, Version};
use themark::reading::{html, page};

/// The address that the suite reads its pages at.
const ADDRESS: &str = "http://fakehost/test/page.html";

/// The least that is good enough: the mean of all pages' F1, and the share of those that are the same.
const LEAST: (f64, f64) = (0.99, 0.95);

/// How one page was read.
struct Outcome {
    name: String,
    f1: f64,
    is_same: bool,
    /// Words that are ours alone, and theirs alone.
    more: usize,
    fewer: usize,
    kept_lines: bool,
    milliseconds: f64,
}

/// The words of a version, but for headline, author and what pictures show: that suite has pictures that
/// come later, of which we have none.
fn words(version: &Version, headline: &str) -> Vec<String> {
    let mut parts: Vec<(BlockKind, &str)> = version.parts().collect();
    let is_headline = |(kind, words): &(BlockKind, &str)| {
        matches!(kind, BlockKind::Title | BlockKind::Heading(_)) && *words == headline
    };
    if let Some(at) = parts.iter().position(is_headline) {
        parts.remove(at);
    }
    parts
        .into_iter()
        .filter(|(kind, _)| !matches!(kind, BlockKind::Byline | BlockKind::Description))
        .flat_map(|(_, words)| words.split_whitespace().map(str::to_owned))
        .collect()
}

fn counted(words: &[String]) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for word in words {
        *counts.entry(word.as_str()).or_default() += 1;
    }
    counts
}

fn outcome(folder: &Path) -> io::Result<Outcome> {
    let source = page::decode(&fs::read(folder.join("source.html"))?);
    let expected = page::decode(&fs::read(folder.join("expected.html"))?);
    let start = Instant::now();
    let reading = page::read(&source, Some(ADDRESS), false);
    let milliseconds = start.elapsed().as_secs_f64() * 1_000.0;
    let headline = reading.version.headline().unwrap_or("");
    let mut builder = Builder::default();
    html::blocks(&expected, &mut builder);
    let (ours, theirs) = (
        words(&reading.version, headline),
        words(&builder.finish(), headline),
    );
    let (own, other) = (counted(&ours), counted(&theirs));
    let common: usize = own
        .iter()
        .map(|(word, count)| count.min(other.get(word).unwrap_or(&0)))
        .sum();
    let all = ours.len() + theirs.len();
    Ok(Outcome {
        name: folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into(),
        f1: if all == 0 {
            1.0
        } else {
            2.0 * common as f64 / all as f64
        },
        is_same: ours == theirs,
        more: ours.len() - common,
        fewer: theirs.len() - common,
        kept_lines: reading
            .remarks
            .iter()
            .any(|remark| remark.contains("short lines")),
        milliseconds,
    })
}

fn main() -> io::Result<ExitCode> {
    let Some(folder) = env::args().nth(1) else {
        eprintln!("Name the folder that holds the pages.");
        return Ok(ExitCode::FAILURE);
    };
    let mut outcomes = Vec::new();
    for entry in fs::read_dir(folder)? {
        outcomes.push(outcome(&entry?.path())?);
    }
    outcomes.sort_by(|one, other| one.name.cmp(&other.name));
    println!("| page | F1 | words of ours alone | of theirs alone | short lines kept | ms |");
    println!("|---|---|---|---|---|---|");
    for outcome in outcomes.iter().filter(|outcome| !outcome.is_same) {
        println!(
            "| {} | {:.4} | {} | {} | {} | {:.1} |",
            outcome.name,
            outcome.f1,
            outcome.more,
            outcome.fewer,
            if outcome.kept_lines { "yes" } else { "no" },
            outcome.milliseconds
        );
    }
    let count = outcomes.len() as f64;
    let share = |is_such: &dyn Fn(&Outcome) -> bool| {
        outcomes.iter().filter(|outcome| is_such(outcome)).count() as f64 / count
    };
    let mean = outcomes.iter().map(|outcome| outcome.f1).sum::<f64>() / count;
    let same = share(&|outcome| outcome.is_same);
    let but_lines = share(&|outcome| outcome.is_same || outcome.kept_lines && outcome.fewer == 0);
    let time: f64 = outcomes.iter().map(|outcome| outcome.milliseconds).sum();
    println!(
        "\n{} pages: mean F1 {mean:.4}; {:.1} % the same, {:.1} % but for short lines that were kept; {time:.0} ms in all.",
        outcomes.len(),
        100.0 * same,
        100.0 * but_lines
    );
    let is_good = mean >= LEAST.0 && but_lines >= LEAST.1;
    Ok(if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

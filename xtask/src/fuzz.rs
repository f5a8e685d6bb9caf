//! `cargo xtask fuzz`: the readers of files are given what nobody wrote (`tests/fuzz`).

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use clap::Args;
use xshell::{Shell, cmd};

#[derive(Debug, Args)]
pub(crate) struct Fuzz {
    /// Which readers; all where none is named.
    reader: Vec<String>,
    /// How long each.
    #[arg(long, default_value_t = 10)]
    minutes: u64,
    /// From which the changes follow; another each time where none is named.
    #[arg(long)]
    seed: Option<u64>,
}

pub(crate) fn run(sh: &Shell, options: &Fuzz) -> Result<()> {
    let seed = options.seed.unwrap_or_else(by_the_clock);
    fuzz(sh, 60 * options.minutes, seed, &options.reader)
}

/// The seed of the tests: what they try is the same each time.
const SEED: u64 = 1;

/// As a part of the tests: so long that most of what is wrong again is found again.
pub(crate) fn briefly(sh: &Shell) -> Result<()> {
    fuzz(sh, 10, SEED, &[])
}

fn fuzz(sh: &Shell, seconds: u64, seed: u64, readers: &[String]) -> Result<()> {
    let (seconds, seed) = (seconds.to_string(), seed.to_string());
    let fuzz = cmd!(sh, "cargo run --package reader-fuzz --profile tried --");
    Ok(fuzz.args([&seconds, &seed]).args(readers).run()?)
}

fn by_the_clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

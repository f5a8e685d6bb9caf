//! The visits in all engines, in lanes beside each other where that is quicker.

use std::process::Command;
use std::thread;

use anyhow::{Result, bail};

use crate::browser;
use crate::engine::Engine;
use crate::step::{Beside, step};

/// The visits to the page in one engine.
pub(crate) struct Visits {
    pub(crate) engine: Engine,
    pub(crate) command: Command,
}

/// Makes the visits in all engines, whatever they come to in one. The outer error is that they
/// could not even begin.
pub(crate) fn run(all: Vec<Visits>) -> Result<Vec<(Engine, Result<()>)>> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let engines: Vec<Engine> = all.iter().map(|visits| visits.engine).collect();
    let mut beside = Vec::new();
    let mut in_a_row = Vec::new();
    for Visits { engine, command } in all {
        if is_beside(engine, &engines, cores) {
            let visits = move |said| browser::visit(engine, command, Some(said));
            beside.push((engine, Beside::begin(&title(engine), visits)?));
        } else {
            in_a_row.push((engine, command));
        }
    }
    let mut outcomes = Vec::new();
    for (engine, command) in in_a_row {
        let visits = || browser::visit(engine, command, None);
        outcomes.push((engine, step(&title(engine), visits)));
    }
    for (engine, visits) in beside {
        outcomes.push((engine, visits.end()));
    }
    Ok(outcomes)
}

fn title(engine: Engine) -> String {
    format!("browser tests in {}", engine.name())
}

/// Whether an engine is visited beside the others, which come one after the other. WebKit is:
/// its windows share a screen, so its visits come one at a time, which takes most of one core and
/// the longest. Each of the others makes as many visits at a time as there are cores, and so
/// leaves as little of them as two engines would want.
fn is_beside(engine: Engine, engines: &[Engine], cores: usize) -> bool {
    engine == Engine::Webkit && engines.len() > 1 && cores > 1
}

/// An error that names the engines in which visits failed, with why, and those in which all passed.
///
/// # Errors
/// When visits failed in some.
pub(crate) fn verdict(outcomes: &[(Engine, Result<()>)]) -> Result<()> {
    let mut failures = Vec::new();
    let mut passed = Vec::new();
    for (engine, outcome) in outcomes {
        match outcome {
            Ok(()) => passed.push(engine.name()),
            Err(error) => failures.push(format!("{error:#}")),
        }
    }
    match (failures.join("; "), passed.join(", ")) {
        (failures, _) if failures.is_empty() => Ok(()),
        (failures, passed) if passed.is_empty() => bail!("{failures}"),
        (failures, passed) => bail!("{failures}. All passed in {passed}"),
    }
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;
    use Engine::{Chromium, Firefox, Webkit};

    #[test]
    fn webkit_is_visited_beside_others_where_there_are_cores_for_both() {
        let check = |engines: &[Engine], cores: usize, expect: &[Engine]| {
            let mut beside = engines.to_vec();
            beside.retain(|&engine| is_beside(engine, engines, cores));
            assert_eq!(beside, expect, "{engines:?} on {cores}");
        };
        check(&Engine::ALL, 2, &[Webkit]);
        check(&Engine::ALL, 16, &[Webkit]);
        check(&Engine::ALL, 1, &[]);
        check(&[Webkit, Chromium], 2, &[Webkit]);
        check(&[Chromium, Firefox], 2, &[]);
        check(&[Webkit], 2, &[]);
        check(&[], 2, &[]);
    }

    #[test]
    fn a_failure_is_told_by_its_engine_and_beside_it_what_passed() {
        let check = |failed: &[Engine], expect: Option<&str>| {
            let outcome = |engine: Engine| match failed.contains(&engine) {
                true => Err(anyhow!("101").context(format!("{} failed", title(engine)))),
                false => Ok(()),
            };
            let outcomes = Engine::ALL.map(|engine| (engine, outcome(engine)));
            let error = verdict(&outcomes).err().map(|error| error.to_string());
            assert_eq!(error.as_deref(), expect, "{failed:?}");
        };
        check(&[], None);
        check(
            &[Webkit],
            Some("browser tests in WebKit failed: 101. All passed in Chromium, Firefox"),
        );
        check(
            &[Chromium, Webkit],
            Some(
                "browser tests in Chromium failed: 101; browser tests in WebKit failed: 101. \
                 All passed in Firefox",
            ),
        );
        check(
            &Engine::ALL,
            Some(
                "browser tests in Chromium failed: 101; browser tests in Firefox failed: 101; \
                 browser tests in WebKit failed: 101",
            ),
        );
    }
}

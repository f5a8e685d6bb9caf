//! The visits in all engines, in lanes beside each other where that is quicker.

use std::thread;

use anyhow::{Result, bail};
use xshell::{Cmd, Shell, TempDir};

use crate::engine::Engine;
use crate::step::{Beside, step};

/// The visits to the page in one engine.
pub(crate) struct Visits<'a> {
    engine: Engine,
    command: Cmd<'a>,
    /// Where the browsers leave what they leave behind. It goes with them.
    folder: TempDir,
}

impl<'a> Visits<'a> {
    pub(crate) fn new(sh: &Shell, engine: Engine, command: Cmd<'a>) -> Result<Self> {
        let folder = sh.create_temp_dir()?;
        Ok(Self {
            engine,
            command: command.env("TMPDIR", folder.path()),
            folder,
        })
    }

    pub(crate) fn make(&self) -> Result<()> {
        step(&self.title(), || self.command.run())
    }

    fn title(&self) -> String {
        format!("visits in {}", self.engine.name())
    }
}

/// Makes the visits in all engines, whatever they come to in one.
///
/// # Errors
/// When visits failed in some; it names why, and the engines in which all passed.
pub(crate) fn run(all: Vec<Visits>) -> Result<()> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    // WebKit is visited beside the others, which come one after the other: its windows share a
    // screen, so its visits come one at a time, which takes most of one core and the longest. Each
    // of the others makes as many visits at a time as there are cores, and so leaves as little of
    // them as two engines would want.
    let has_room = all.len() > 1 && cores > 1;
    let (beside, in_a_row): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|visits| visits.engine == Engine::Webkit && has_room);
    let mut begun = Vec::new();
    for visits in beside {
        let going = Beside::begin(&visits.title(), visits.command.into())?;
        begun.push((visits.engine, going, visits.folder));
    }
    let mut outcomes = Vec::new();
    for visits in in_a_row {
        outcomes.push((visits.engine, visits.make()));
    }
    for (engine, going, _folder) in begun {
        outcomes.push((engine, going.end()));
    }
    verdict(&outcomes)
}

fn verdict(outcomes: &[(Engine, Result<()>)]) -> Result<()> {
    let mut failures = Vec::new();
    let mut passed = Vec::new();
    for (engine, outcome) in outcomes {
        match outcome {
            Ok(()) => passed.push(engine.name()),
            Err(error) => failures.push(format!("{error:#}")),
        }
    }
    if failures.is_empty() {
        return Ok(());
    }
    if !passed.is_empty() {
        failures.push(format!("all passed in {}", passed.join(", ")));
    }
    bail!("{}", failures.join("; "))
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;
    use Engine::{Chromium, Webkit};

    #[test]
    fn a_failure_is_told_by_its_engine_and_beside_it_what_passed() {
        let check = |failed: &[Engine], expect: Option<&str>| {
            let outcome = |engine: Engine| match failed.contains(&engine) {
                true => Err(anyhow!("{} failed", engine.name())),
                false => Ok(()),
            };
            let outcomes = Engine::ALL.map(|engine| (engine, outcome(engine)));
            let error = verdict(&outcomes).err().map(|error| error.to_string());
            assert_eq!(error.as_deref(), expect, "{failed:?}");
        };
        check(&[], None);
        check(
            &[Webkit],
            Some("WebKit failed; all passed in Chromium, Firefox"),
        );
        check(
            &[Chromium, Webkit],
            Some("Chromium failed; WebKit failed; all passed in Firefox"),
        );
        check(
            &Engine::ALL,
            Some("Chromium failed; Firefox failed; WebKit failed"),
        );
    }
}

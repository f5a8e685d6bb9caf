//! Steps of a long command: announced, timed, and named in what goes wrong. One may run beside
//! others; what it says is shown whole when it has ended, so that no two are mixed.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Error, Result, ensure};

use crate::project;

/// Takes a step.
pub(crate) fn step<E>(title: &str, work: impl FnOnce() -> Result<(), E>) -> Result<()>
where
    Error: From<E>,
{
    println!("\n── {title}");
    let start = Instant::now();
    let outcome = work().map_err(Error::from);
    ended(title, start, outcome)
}

/// A command that runs beside others.
pub(crate) struct Beside {
    title: String,
    start: Instant,
    said: PathBuf,
    child: Child,
}

impl Beside {
    /// Begins a command, which writes what it says to a file. Whoever can't wait may look into
    /// that.
    pub(crate) fn begin(title: &str, mut command: Command) -> Result<Self> {
        let said = project::scratch()?.join(format!("{}.txt", title.replace(' ', "_")));
        let file =
            File::create(&said).with_context(|| format!("{} cannot be written", said.display()))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .with_context(|| format!("{title} cannot be started"))?;
        println!(
            "\n── {title}: begun beside what follows; it writes to {}",
            said.display()
        );
        Ok(Self {
            title: title.to_owned(),
            start: Instant::now(),
            said,
            child,
        })
    }

    /// Waits until the command has ended, and shows what it has said.
    pub(crate) fn end(mut self) -> Result<()> {
        let status = self.child.wait()?;
        let said = fs::read(&self.said)?;
        println!("\n── {}\n{}", self.title, String::from_utf8_lossy(&said));
        let outcome = || {
            ensure!(status.success(), "the command ended with {status}");
            Ok(())
        };
        ended(&self.title, self.start, outcome())
    }
}

/// Tells how a step has ended, and puts its name before what went wrong.
fn ended(title: &str, start: Instant, outcome: Result<()>) -> Result<()> {
    let how = if outcome.is_ok() { "passed" } else { "failed" };
    println!(
        "── {title}: {how}, {} s after its start",
        start.elapsed().as_secs()
    );
    outcome.with_context(|| format!("{title} failed"))
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn what_goes_wrong_is_told_with_the_name_of_its_step() -> Result<()> {
        let told = |outcome: Result<()>| outcome.err().map(|error| format!("{error:#}"));
        let failed = step("a step of a test", || bail!("it is late"));
        let expect = "a step of a test failed: it is late";
        assert_eq!(told(failed).as_deref(), Some(expect));

        let mut command = Command::new("cargo");
        command.arg("--no-such-option");
        let beside = Beside::begin("another step of a test", command)?;
        let said = beside.said.clone();
        let failed = told(beside.end()).unwrap_or_default();
        assert!(failed.starts_with("another step of a test failed: the command"));
        assert!(fs::read_to_string(&said)?.contains("--no-such-option"));
        Ok(fs::remove_file(said)?)
    }
}

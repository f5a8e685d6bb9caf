//! Holds what the project depends on to deny.toml: licences, second versions, sources, and
//! known faults where their list can be had.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::{process, project};

/// Checks Cargo.lock with cargo-deny.
pub(crate) fn check(deny: &Path) -> Result<()> {
    process::run(
        command(deny, "--locked")
            .args(CHECK)
            .args(["bans", "licenses", "sources"]),
    )?;

    // The list is a git repository on GitHub, which not everyone can reach who can reach
    // crates.io. What it says of an old Cargo.lock changes from day to day.
    if !process::succeeds(command(deny, "--locked").args(["fetch", "db"])) {
        println!(
            "Known faults of dependencies were NOT CHECKED: RustSec's list of them cannot be fetched."
        );
        return Ok(());
    }
    // Offline, or it would be fetched once more.
    process::run(command(deny, "--frozen").args(CHECK).arg("advisories"))
}

/// A warning is an error here: all that is expected stands in deny.toml, and what stands
/// there and is no longer so is warned of only.
const CHECK: [&str; 4] = ["check", "--hide-inclusion-graph", "--deny", "warnings"];

fn command(deny: &Path, network: &str) -> Command {
    let mut command = Command::new(deny);
    command
        .current_dir(project::root())
        // Nobody is there to be asked for a password.
        .env("GIT_TERMINAL_PROMPT", "0")
        // The root is a package as well, and would else be all that is looked at.
        .args(["--workspace", network]);
    command
}

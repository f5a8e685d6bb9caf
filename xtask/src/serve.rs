//! `cargo xtask serve`: the page in one's own browser, built anew when a
//! source changes.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::arguments::Serve;
use crate::{project, trunk};

/// Where a change is watched for. All the rest would not change the page, and
/// target/ holds more folders than some systems can watch. The price: on Linux
/// a file that is named here is lost from sight once an editor replaces it
/// instead of writing to it. What is in a folder stays in sight.
const WATCHED: [&str; 6] = [
    "src",
    "style",
    "articles",
    "index.html",
    "Cargo.toml",
    "Cargo.lock",
];

pub(crate) fn run(options: &Serve) -> Result<()> {
    let port = options.port.unwrap_or(8080);
    need_free(port)?;
    let mut command = trunk::command()?;
    command.args(["serve", "--port", &port.to_string()]);
    for name in WATCHED {
        // Trunk ends with an error when a watched path is not there.
        if project::root().join(name).exists() {
            command.args(["--watch", name]);
        }
    }
    // Not dist/, where a build or a test of the release may be at work.
    command
        .arg("--dist")
        .arg(project::scratch()?.join("served"));
    if options.release {
        command.arg("--release");
    }
    if !options.no_open {
        // Trunk goes on serving when no browser can be opened.
        command.arg("--open");
    }
    println!("Building; then Themark is at http://127.0.0.1:{port}/ until Ctrl+C.");
    hand_over(&mut command)
}

/// Trunk itself would find out after the build, and say it less clearly.
fn need_free(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "port {port} is taken by another program: end that one, \
             or take another port with --port"
        ),
        Err(error) => Err(error)
            .with_context(|| format!("port {port} cannot be used; try another with --port")),
    }
}

/// Becomes Trunk, so that whoever ends this process ends the serving.
#[cfg(unix)]
fn hand_over(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("trunk cannot be started")
}

/// Waits for Trunk. Windows sends Ctrl+C to both.
#[cfg(not(unix))]
fn hand_over(command: &mut Command) -> Result<()> {
    crate::process::run(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_told_by_its_number() -> Result<()> {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = taken.local_addr()?.port();
        let error = need_free(port).err().map(|error| error.to_string());
        let expect = format!("port {port} is taken by another program");
        assert!(error.is_some_and(|error| error.starts_with(&expect)));
        drop(taken);
        // Another program may have been quicker with one port, not with each of many.
        let is_free_again = |_| {
            let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
            let port = taken
                .and_then(|taken| taken.local_addr())
                .map(|at| at.port());
            port.is_ok_and(|port| need_free(port).is_ok())
        };
        assert!((0..20).any(is_free_again));
        Ok(())
    }
}

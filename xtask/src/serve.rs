//! `cargo xtask serve`: the page in one's own browser, built anew when a
//! source changes.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result};
use clap::Args;
use xshell::Shell;

use crate::{project, trunk};

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Serve the small, quick build that is hosted.
    #[arg(long)]
    release: bool,
    /// The port.
    #[arg(short, long, default_value_t = 8080)]
    port: u16,
    /// Do not open a browser.
    #[arg(long)]
    no_open: bool,
}

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

pub(crate) fn run(sh: &Shell, options: &Serve) -> Result<()> {
    let port = options.port;
    need_free(port)?;
    let mut trunk = trunk::command(sh)?.args(["serve", "--port", &port.to_string()]);
    for name in WATCHED {
        trunk = trunk.args(["--watch", name]);
    }
    // Not dist/, where a build or a test of the release may be at work.
    trunk = trunk.arg("--dist").arg(project::scratch()?.join("served"));
    if options.release {
        trunk = trunk.arg("--release");
    }
    if !options.no_open {
        // Trunk goes on serving when no browser can be opened.
        trunk = trunk.arg("--open");
    }
    println!("Building; then Themark is at http://127.0.0.1:{port}/ until Ctrl+C.");
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        // Becomes Trunk, so that whoever ends this process ends the serving.
        Err(std::process::Command::from(trunk).exec()).context("trunk cannot be started")
    }
    #[cfg(not(unix))]
    Ok(trunk.run()?)
}

/// Trunk itself would find out after the build, and say it less clearly.
fn need_free(port: u16) -> Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    listener.map(drop).with_context(|| {
        format!("port {port} can't be had: end the program that has it, or name another by --port")
    })
}

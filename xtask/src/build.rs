//! `cargo xtask build`: what is to be hosted, in dist/, and how large it is.

use anyhow::{Result, bail};
use clap::Args;
use xshell::Shell;

use crate::{optimize, project, single, sizes, trunk};

#[derive(Debug, Args)]
pub(crate) struct Build {
    /// Beside it themark.html, all of it in one file.
    #[arg(long)]
    pub(crate) single_file: bool,
}

pub(crate) fn run(sh: &Shell, options: &Build) -> Result<()> {
    trunk::command(sh)?.args(["build", "--release"]).run()?;

    let dist = project::dist(sh);
    let sizes = sizes::measure(&dist)?;
    println!("\n{}", sizes::table(&sizes));
    let code = sizes::first_visit(&sizes);
    let verdict = format!(
        "{} of the {} that the wasm, JavaScript and CSS of a first visit may weigh, gzipped",
        sizes::kib(code.gzip),
        sizes::kib(sizes::BUDGET)
    );
    if code.gzip <= sizes::BUDGET {
        println!("\nBuilt dist/: {verdict}.");
    } else if optimize::was_possible(&dist) {
        bail!("the page is too large: {verdict}");
    } else {
        println!("\nBuilt dist/, too large for want of wasm-opt: {verdict}.");
    }
    if options.single_file {
        single::make(sh)?;
    }
    Ok(())
}

/// Builds quickly, and large, what is to be visited while work is in progress.
pub(crate) fn dev(sh: &Shell) -> Result<()> {
    let folder = project::dev_dist()?;
    let trunk = trunk::command(sh)?.args(["build", "--dist"]);
    Ok(trunk.arg(folder).run()?)
}

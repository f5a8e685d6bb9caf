//! `cargo xtask build`: what is to be hosted, in dist/, and how large it is.

use anyhow::{Result, bail};

use crate::arguments::Build;
use crate::{optimize, process, project, single, sizes, trunk};

pub(crate) fn run(options: &Build) -> Result<()> {
    process::run(trunk::command()?.args(["build", "--release"]))?;

    let sizes = sizes::measure(&project::dist())?;
    println!("\n{}", sizes::table(&sizes));
    let code = sizes::first_visit(&sizes);
    let verdict = format!(
        "{} of the {} that the wasm, JavaScript and CSS of a first visit may weigh, gzipped",
        code.gzip(),
        sizes::kib(sizes::BUDGET)
    );
    if code.is_within_budget() {
        println!("\nBuilt dist/: {verdict}.");
    } else if optimize::is_possible() {
        bail!("the page is too large: {verdict}");
    } else {
        println!("\nBuilt dist/, too large for want of wasm-opt: {verdict}.");
    }
    if options.single_file {
        single::make(&project::dist())?;
    }
    Ok(())
}

/// Builds quickly, and large, what is to be visited while work is in progress.
pub(crate) fn dev() -> Result<()> {
    let mut command = trunk::command()?;
    command.arg("build").arg("--dist").arg(project::dev_dist()?);
    process::run(&mut command)
}

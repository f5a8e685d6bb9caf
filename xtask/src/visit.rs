//! `cargo xtask visit`: some of the visits to the page, for work in progress.

use std::path::PathBuf;

use anyhow::{Result, bail, ensure};
use clap::Args;
use xshell::{Shell, cmd};

use crate::build::Build;
use crate::engine::Engine;
use crate::step::step;
use crate::{browser, build, minify, project, single, tools};

#[derive(Debug, Args)]
pub(crate) struct Visit {
    /// A part of the visits’ names, such as main_job, or all of one; may be repeated.
    #[arg(required = true)]
    name: Vec<String>,
    /// Where the page is visited; may be repeated.
    #[arg(long, value_enum, default_values_t = [Engine::Chromium])]
    engine: Vec<Engine>,
    /// Visit a quick build instead, in a folder of its own. It has no use without the network and
    /// is not in one file: such visits are left out.
    #[arg(long)]
    dev: bool,
    /// Build nothing, visit what is there.
    #[arg(long)]
    no_build: bool,
}

pub(crate) fn run(sh: &Shell, options: &Visit) -> Result<()> {
    // A name that nothing has is told before minutes go into a build.
    let list = cmd!(sh, "cargo {VISITS...} -- --list --format terse").read()?;
    let visits = chosen(&list, &options.name)?;
    let browsers = browser::all(sh, &options.engine)?;
    let page = page(sh, options, &visits)?;
    // The quick build knows no list of its files, so its service worker keeps none.
    let mut skipped = Vec::new();
    if options.dev {
        skipped.push("offline::");
    }
    if !page.join(single::NAME).is_file() {
        skipped.push(SINGLE);
    }
    let is_left_out = |visit: &&str| skipped.iter().any(|theme| visit.starts_with(theme));
    ensure!(
        !visits.iter().all(is_left_out),
        "all of these want a whole release, which is built without --dev and --no-build"
    );
    if visits.iter().any(is_left_out) {
        println!(
            "Left out, as they want a whole release: {}…",
            skipped.join("…, ")
        );
    }
    let axe = tools::AXE.get(sh);
    if let Err(error) = &axe {
        println!("Accessibility is not checked. {error:#}.");
    }
    for browser in &browsers {
        let command = browser::cargo(sh, browser, &page)
            .args(VISITS)
            .arg("--")
            .args(&options.name)
            .args(skipped.iter().flat_map(|theme| ["--skip", theme]))
            .envs(axe.as_ref().ok().map(|axe| ("THEMARK_AXE", axe)));
        let temporary = sh.create_temp_dir()?;
        let command = command.env("TMPDIR", temporary.path());
        let title = format!("visits in {}", browser.engine.name());
        step(&title, || command.run())?;
    }
    Ok(())
}

/// The arguments by which cargo runs all visits, and nothing else.
const VISITS: [&str; 5] = ["test", "--package", "browser-tests", "--test", "visits"];

/// The visits to the page in one file.
const SINGLE: &str = "single::";

/// The visits that some parts of names mean, as the test harness lists and takes them.
///
/// # Errors
/// When one of them means none: whoever mistypes a name would take what did not run for
/// what passed.
fn chosen<'a>(list: &'a str, parts: &[String]) -> Result<Vec<&'a str>> {
    let lines = list.lines();
    let mut visits: Vec<&str> = lines
        .filter_map(|line| line.strip_suffix(": test"))
        .collect();
    for part in parts {
        if !visits.iter().any(|name| name.contains(part)) {
            let themes = visits.iter().filter_map(|name| name.split_once("::"));
            let mut themes: Vec<&str> = themes.map(|(theme, _)| theme).collect();
            themes.dedup();
            let themes = themes.join(", ");
            bail!("no visit has `{part}` in its name. Their themes are {themes}");
        }
    }
    visits.retain(|name| parts.iter().any(|part| name.contains(part)));
    Ok(visits)
}

/// The folder of the page that is visited, built if it is to be.
fn page(sh: &Shell, options: &Visit, visits: &[&str]) -> Result<PathBuf> {
    let page = if options.dev {
        project::dev_dist()?
    } else {
        project::dist(sh)
    };
    if options.no_build {
        ensure!(
            page.join("index.html").is_file(),
            "there is no page in {}: without --no-build it is built",
            page.display()
        );
    } else if options.dev {
        step("quick build", || build::dev(sh))?;
    } else {
        let single_file = visits.iter().any(|name| name.starts_with(SINGLE));
        let single_file = single_file && minify::need(sh).is_ok();
        step("release build", || build::run(sh, &Build { single_file }))?;
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_are_meant_by_any_part_of_their_names_and_each_part_means_some() {
        let list = "files::one: test\nfiles::two: test\nlarge::one_file: test\n\n3 tests\n";
        let check = |parts: &[&str], expect: Result<&[&str], &str>| {
            let parts: Vec<String> = parts.iter().map(|&part| part.to_owned()).collect();
            let found = chosen(list, &parts).map_err(|error| error.to_string());
            let found = found.as_deref().map_err(String::as_str);
            assert_eq!(found, expect, "{parts:?}");
        };
        check(&["one"], Ok(&["files::one", "large::one_file"]));
        check(&["large::", "two"], Ok(&["files::two", "large::one_file"]));
        check(
            &["one", "tree"],
            Err("no visit has `tree` in its name. Their themes are files, large"),
        );
    }
}

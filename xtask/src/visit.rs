//! `cargo xtask visit`: some of the visits to the page, for work in progress.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

use crate::arguments::{Build, Visit};
use crate::browser::{self, Browser, environment};
use crate::minify::Minifier;
use crate::npm::AXE;
use crate::step::step;
use crate::{build, process, project, single};

pub(crate) fn run(options: &Visit) -> Result<()> {
    let start = Instant::now();
    // A name that nothing has is told before minutes go into a build.
    let all = all()?;
    let visits = chosen(&all, &options.name)?;
    let engines = options.engines();
    let prepared = browser::prepare(&engines)?;
    let browsers = engines.iter().map(|&engine| {
        let browser = prepared.get(engine);
        browser.with_context(|| format!("{} is not here", engine.name()))
    });
    let browsers: Vec<&Browser> = browsers.collect::<Result<_>>()?;
    let page = page(options, &visits)?;
    let wanting = wanting(options.dev, single::is_in(&page));
    let visits = possible(&visits, &wanting)?;
    let axe = AXE.get();
    if let Err(error) = &axe {
        println!("Accessibility is not checked. {error:#}.");
    }
    for browser in browsers {
        step(&format!("visits in {}", browser.engine.name()), || {
            let mut command = project::cargo(&VISITS);
            command.arg("--").args(&options.name);
            for theme in &wanting {
                command.args(["--skip", theme]);
            }
            command.envs(environment(browser, &page, axe.as_deref().ok()));
            browser::visit(browser.engine, command, None)
        })?;
    }
    println!(
        "\nPassed: {} visits, in {} s with all they needed.",
        visits.len(),
        start.elapsed().as_secs()
    );
    Ok(())
}

/// The arguments by which cargo runs all visits, and nothing else.
const VISITS: [&str; 5] = ["test", "--package", "browser-tests", "--test", "visits"];

/// The names of all visits.
fn all() -> Result<Vec<String>> {
    let mut command = project::cargo(&VISITS);
    let list = process::read(command.args(["--", "--list", "--format", "terse"]))?;
    let names = list.lines().filter_map(|line| line.strip_suffix(": test"));
    Ok(names.map(str::to_owned).collect())
}

/// The visits that some parts of names mean, as the test harness takes them.
///
/// # Errors
/// When one of them means none: whoever mistypes a name would take what did not run for
/// what passed.
fn chosen<'a>(all: &'a [String], parts: &[String]) -> Result<Vec<&'a str>> {
    for part in parts {
        if !all.iter().any(|name| name.contains(part)) {
            let mut themes: Vec<&str> = all
                .iter()
                .filter_map(|name| Some(name.split_once("::")?.0))
                .collect();
            themes.dedup();
            bail!(
                "no visit has `{part}` in its name. Their themes are {}",
                themes.join(", ")
            );
        }
    }
    let is_meant = |name: &&str| parts.iter().any(|part| name.contains(part));
    Ok(all.iter().map(String::as_str).filter(is_meant).collect())
}

/// The visits to the page in one file.
const SINGLE: &str = "single::";

/// The visits without the network.
const OFFLINE: &str = "offline::";

/// The themes whose visits can't be made to a page. The quick build knows no list of its
/// files, so its service worker keeps none.
fn wanting(dev: bool, has_single_file: bool) -> Vec<&'static str> {
    let mut themes = Vec::new();
    if dev {
        themes.push(OFFLINE);
    }
    if !has_single_file {
        themes.push(SINGLE);
    }
    themes
}

/// The visits that are left without some themes.
///
/// # Errors
/// When none is.
fn possible<'a>(visits: &[&'a str], wanting: &[&str]) -> Result<Vec<&'a str>> {
    let (left_out, left): (Vec<&str>, Vec<&str>) = visits
        .iter()
        .partition(|name| wanting.iter().any(|theme| name.starts_with(theme)));
    let left_out = left_out.join(", ");
    ensure!(
        !left.is_empty(),
        "all of these want a whole release, which is built without --dev and --no-build: \
         {left_out}"
    );
    if !left_out.is_empty() {
        println!("Left out, as they want a whole release: {left_out}.");
    }
    Ok(left)
}

/// The folder of the page that is visited, built if it is to be.
fn page(options: &Visit, visits: &[&str]) -> Result<PathBuf> {
    let page = if options.dev {
        project::dev_dist()?
    } else {
        project::dist()
    };
    if options.no_build {
        ensure!(
            page.join("index.html").is_file(),
            "there is no page in {}: without --no-build it is built",
            page.display()
        );
    } else if options.dev {
        step("quick build", build::dev)?;
    } else {
        let single_file = visits.iter().any(|name| name.starts_with(SINGLE));
        let single_file = single_file && Minifier::get().is_ok();
        step("release build", || build::run(&Build { single_file }))?;
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parts: &[&str], expect: Result<&[&str], &str>) {
        let all = ["files::one", "files::two", "large::one_file"].map(str::to_owned);
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        let found = chosen(&all, &parts).map_err(|error| error.to_string());
        assert_eq!(
            found.as_deref().map_err(String::as_str),
            expect,
            "{parts:?}"
        );
    }

    #[test]
    fn visits_are_meant_by_any_part_of_their_names() {
        check(&["one"], Ok(&["files::one", "large::one_file"]));
        check(&["large::", "two"], Ok(&["files::two", "large::one_file"]));
        check(
            &["files::two", "file"],
            Ok(&["files::one", "files::two", "large::one_file"]),
        );
    }

    #[test]
    fn what_a_page_lacks_is_not_visited_and_nothing_at_all_is_an_error() {
        let visits = ["offline::main_job", "main_job::it", "single::main_job"];
        let check = |visits: &[&str], dev, has_single_file, expect: Option<&[&str]>| {
            let left = possible(visits, &wanting(dev, has_single_file)).ok();
            assert_eq!(left.as_deref(), expect);
        };
        check(&visits, false, true, Some(&visits));
        check(&visits, false, false, Some(&visits[..2]));
        check(&visits, true, false, Some(&visits[1..2]));
        check(&visits[2..], false, true, Some(&visits[2..]));
        check(&visits[2..], false, false, None);
        check(&visits[..1], true, false, None);
    }

    #[test]
    fn a_part_that_no_name_has_is_an_error_beside_others_too() {
        check(
            &["one", "tree"],
            Err("no visit has `tree` in its name. Their themes are files, large"),
        );
    }
}

//! The command line. What can be said is declared once, in `grammar`; the types of the
//! options and the help follow from that.

use std::ffi::OsString;
use std::str::FromStr;

pub(crate) use grammar::{BenchCmd, Build, Serve, Test, Ui, Visit, Xtask, XtaskCmd as Command};

use crate::engine::Engine;

/// Reads the arguments that follow the program’s own name. The help comes as an error, which is
/// the library’s way.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> xflags::Result<Command> {
    let mut arguments: Vec<OsString> = arguments.into_iter().flat_map(parted).collect();
    if arguments.first().is_none_or(|first| first == "help") {
        arguments = vec!["--help".into()];
    }
    let command = Xtask::from_vec(arguments)?.subcommand;
    match command {
        Command::Visit(visit) if visit.name.is_empty() => Err(xflags::Error::new(
            "which visits? `visit main_job` runs those with that in their names",
        )),
        command => Ok(command),
    }
}

/// `--name=value` as `--name value`, which is all that the library takes.
fn parted(argument: OsString) -> Vec<OsString> {
    match argument.to_str().and_then(|text| text.split_once('=')) {
        Some((name, value)) if name.starts_with("--") => vec![name.into(), value.into()],
        _ => vec![argument],
    }
}

/// A group of test steps that can be run alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Group {
    Native,
    Wasm,
    Browser,
}

impl Group {
    const ALL: [Self; 3] = [Self::Native, Self::Wasm, Self::Browser];
}

impl FromStr for Group {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "native" => Ok(Self::Native),
            "wasm" => Ok(Self::Wasm),
            "browser" => Ok(Self::Browser),
            name => Err(format!("it is native, wasm or browser, not `{name}`")),
        }
    }
}

impl Test {
    /// Where the browser tests run; never empty.
    pub(crate) fn engines(&self) -> Vec<Engine> {
        each_once(&self.engine, &Engine::ALL)
    }

    /// Which groups of steps run; never empty.
    pub(crate) fn groups(&self) -> Vec<Group> {
        each_once(&self.only, &Group::ALL)
    }
}

impl Ui {
    /// Where it is measured; never empty.
    pub(crate) fn engines(&self) -> Vec<Engine> {
        let is_small = self.quick || self.against.is_some();
        let all = if is_small {
            &[Engine::Chromium][..]
        } else {
            &Engine::ALL
        };
        each_once(&self.engine, all)
    }

    /// Whether all is measured, as the document shows it.
    pub(crate) fn is_whole(&self) -> bool {
        !self.quick && self.engine.is_empty() && self.against.is_none()
    }
}

impl Visit {
    /// Where the visits run; never empty.
    pub(crate) fn engines(&self) -> Vec<Engine> {
        each_once(&self.engine, &[Engine::Chromium])
    }
}

/// What was named, each once; where nothing was, what is meant by that.
fn each_once<T: Copy + PartialEq>(named: &[T], unless_named: &[T]) -> Vec<T> {
    let all = if named.is_empty() {
        unless_named
    } else {
        named
    };
    let mut list = Vec::new();
    for &item in all {
        if !list.contains(&item) {
            list.push(item);
        }
    }
    list
}

mod grammar {
    use std::path::PathBuf;

    use super::Group;
    use crate::engine::Engine;

    xflags::xflags! {
        /// The project’s set-up and its long commands. What these need is installed on
        /// first use, into the user’s cache folder.
        cmd xtask {
            /// Build the page, serve it on 127.0.0.1 and open it in the browser. Changed
            /// sources are built again; reload to see them.
            cmd serve {
                /// Serve the small, quick build that is hosted.
                optional --release
                /// The port; 8080 unless told.
                optional -p, --port number: u16
                /// Do not open a browser.
                optional --no-open
            }
            /// Build what is to be hosted into dist/, and hold it to its size budget.
            cmd build {
                /// Beside it themark.html, all of it in one file.
                optional --single-file
            }
            /// Build two clean copies in two places, and compare them byte for byte.
            cmd reproduce {}
            /// Run every check and test.
            cmd test {
                /// chromium, firefox or webkit; may be repeated. All of them unless told.
                repeated --engine engine: Engine
                /// native, wasm or browser; may be repeated. All of them unless told.
                repeated --only group: Group
                /// Look for what is rare, too, which takes long: every visit in every engine,
                /// more seeds, more rounds, a second build that has to come to the same bytes.
                optional --thorough
            }
            /// Run some visits to the page, which is built before, as for hosting.
            cmd visit {
                /// A part of the visits’ names, such as main_job, or all of one; may be
                /// repeated.
                repeated name: String
                /// chromium, firefox or webkit; may be repeated. Chromium unless told.
                repeated --engine engine: Engine
                /// Visit a quick build instead, in a folder of its own. It has no use without
                /// the network and is not in one file: such visits are left out.
                optional --dev
                /// Build nothing, visit what is there.
                optional --no-build
            }
            /// Take docs/screenshot.png anew.
            cmd screenshot {}
            /// Measure something.
            cmd bench {
                /// Measure how passages are found again, into docs/anchoring.md.
                cmd anchors {}
                /// Measure how quickly the page answers, beside a hand-written one, into
                /// docs/performance.md.
                cmd ui {
                    /// A few runs of a few things: for work in progress. It is only shown, as
                    /// with the options that follow.
                    optional --quick
                    /// chromium, firefox or webkit; may be repeated. All of them unless told, with
                    /// --quick or --against Chromium.
                    repeated --engine engine: Engine
                    /// Another build’s dist/, to be measured beside this one by turns.
                    optional --against dist: PathBuf
                }
            }
            /// Shrink the wasm of a release build. Trunk calls this; nobody types it.
            cmd optimize {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> xflags::Result<Command> {
        parse(line.split_whitespace().map(OsString::from))
    }

    /// The generated types can be shown, not compared.
    fn check(line: &str, expect: &str) {
        let parsed = parsed(line).map(|command| format!("{command:?}"));
        assert_eq!(parsed.ok().as_deref(), Some(expect), "{line}");
    }

    #[test]
    fn nothing_or_help_anywhere_asks_for_help() {
        for line in ["", "help", "--help", "-h", "serve --help", "visit -h"] {
            let help = parsed(line).err().filter(xflags::Error::is_help);
            assert!(
                help.is_some_and(|help| help.to_string().contains("xtask serve")),
                "{line}"
            );
        }
    }

    #[test]
    fn each_command_knows_its_options() {
        for (line, expect) in [
            (
                "serve",
                "Serve(Serve { release: false, port: None, no_open: false })",
            ),
            (
                "serve --release --port=9000 --no-open",
                "Serve(Serve { release: true, port: Some(9000), no_open: true })",
            ),
            ("build", "Build(Build { single_file: false })"),
            ("build --single-file", "Build(Build { single_file: true })"),
            ("reproduce", "Reproduce(Reproduce)"),
            (
                "visit --engine firefox killed --dev large:: --no-build",
                "Visit(Visit { name: [\"killed\", \"large::\"], engine: [Firefox], dev: true, \
                 no_build: true })",
            ),
            (
                "bench anchors",
                "Bench(Bench { subcommand: Anchors(Anchors) })",
            ),
            (
                "bench ui --quick",
                "Bench(Bench { subcommand: Ui(Ui { quick: true, engine: [], against: None }) })",
            ),
        ] {
            check(line, expect);
        }
    }

    #[test]
    fn test_runs_everything_that_is_quick_unless_told_otherwise() {
        let check = |line: &str, engines: &[Engine], groups: &[Group], thorough: bool| {
            let seen = match parsed(line) {
                Ok(Command::Test(test)) => Some((test.engines(), test.groups(), test.thorough)),
                _ => None,
            };
            let expect = (engines.to_vec(), groups.to_vec(), thorough);
            assert_eq!(seen, Some(expect), "{line}");
        };
        check("test", &Engine::ALL, &Group::ALL, false);
        check(
            "test --engine webkit --engine firefox --engine webkit --only browser --thorough",
            &[Engine::Webkit, Engine::Firefox],
            &[Group::Browser],
            true,
        );
    }

    #[test]
    fn all_is_measured_everywhere_unless_told_otherwise() {
        let check = |line: &str, engines: &[Engine], is_whole: bool| {
            let seen = match parsed(line) {
                Ok(Command::Bench(bench)) => match bench.subcommand {
                    BenchCmd::Ui(ui) => Some((ui.engines(), ui.is_whole())),
                    BenchCmd::Anchors(_) => None,
                },
                _ => None,
            };
            assert_eq!(seen, Some((engines.to_vec(), is_whole)), "{line}");
        };
        check("bench ui", &Engine::ALL, true);
        check("bench ui --quick", &[Engine::Chromium], false);
        check("bench ui --against old/dist", &[Engine::Chromium], false);
        check("bench ui --engine firefox", &[Engine::Firefox], false);
    }

    #[test]
    fn visits_are_to_chromium_unless_told_otherwise() {
        let check = |line: &str, expect: Engine| {
            let seen = match parsed(line) {
                Ok(Command::Visit(visit)) => visit.engines(),
                _ => Vec::new(),
            };
            assert_eq!(seen, [expect], "{line}");
        };
        check("visit main_job", Engine::Chromium);
        check("visit main_job --engine webkit", Engine::Webkit);
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        for (line, expect) in [
            ("fly", "unexpected argument: \"fly\""),
            ("--release", "unexpected flag: `--release`"),
            ("build --port 1", "unexpected flag: `--port`"),
            ("build now", "unexpected argument: \"now\""),
            ("reproduce twice", "unexpected argument: \"twice\""),
            ("bench", "subcommand is required"),
            ("serve --port", "expected a value for `--port`"),
            (
                "serve --port 70000",
                "can't parse `--port`, number too large to fit in target type",
            ),
            (
                "visit main_job --engine opera",
                "can't parse `--engine`, it is chromium, firefox or webkit, not `opera`",
            ),
            (
                "test --only once",
                "can't parse `--only`, it is native, wasm or browser, not `once`",
            ),
            (
                "visit --no-build",
                "which visits? `visit main_job` runs those with that in their names",
            ),
        ] {
            let error = parsed(line).err().map(|error| error.to_string());
            assert_eq!(error.as_deref(), Some(expect), "{line}");
        }
    }
}

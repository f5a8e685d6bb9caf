//! Debian and its relatives, where a missing browser can be installed by
//! `apt-get`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::engine::Engine;
use crate::process;

/// A system with `apt-get`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Debian {
    /// Has packages of every browser.
    Plain,
    /// Has Chromium and Firefox as snaps only; the packages of those names
    /// are empty.
    Ubuntu,
}

/// Fonts for the scripts that the browser tests show.
pub(crate) const FONTS: [&str; 2] = ["fonts-noto-core", "fonts-noto-color-emoji"];

/// The programs that read what browsers print.
pub(crate) const POPPLER: &str = "poppler-utils";

impl Debian {
    /// Which of them this machine is, if one.
    pub(crate) fn here() -> Option<Self> {
        process::find("apt-get")?;
        Self::read(&fs::read_to_string("/etc/os-release").ok()?)
    }

    /// Reads the text of an `os-release` file; its format is described in
    /// os-release(5).
    fn read(os_release: &str) -> Option<Self> {
        let field = |name: &str| {
            os_release
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
                .map(|value| value.trim_matches(['"', '\'']))
                .unwrap_or_default()
        };
        let names: Vec<&str> = [field("ID"), field("ID_LIKE")]
            .into_iter()
            .flat_map(str::split_whitespace)
            .collect();
        if names.contains(&"ubuntu") {
            Some(Self::Ubuntu)
        } else if names.contains(&"debian") {
            Some(Self::Plain)
        } else {
            None
        }
    }

    /// The packages that bring an engine's browser and driver; none where
    /// `apt-get` does not have them. Firefox's driver comes by cargo.
    pub(crate) fn packages(self, engine: Engine) -> &'static [&'static str] {
        match (engine, self) {
            (Engine::Chromium, Self::Plain) => &["chromium", "chromium-driver"],
            (Engine::Firefox, Self::Plain) => &["firefox-esr"],
            (Engine::Chromium | Engine::Firefox, Self::Ubuntu) => &[],
            (Engine::Webkit, _) => &["webkit2gtk-driver", MINI_BROWSER, "xvfb", "xauth"],
        }
    }

    /// What to type to install an engine.
    pub(crate) fn advice(self, engine: Engine) -> String {
        match (engine, self) {
            (Engine::Chromium, Self::Ubuntu) => "type `sudo snap install chromium`".to_owned(),
            (Engine::Firefox, Self::Ubuntu) => "type `sudo snap install firefox`".to_owned(),
            (engine, debian) => format!(
                "type `sudo apt-get install {}`",
                debian.packages(engine).join(" ")
            ),
        }
    }
}

/// The package that holds WebKit's test browser.
const MINI_BROWSER: &str = "libwebkit2gtk-4.1-0";

/// Where WebKit's test browser is: in a folder named after the processor.
pub(crate) fn mini_browser() -> Option<PathBuf> {
    let output = Command::new("dpkg")
        .args(["-L", MINI_BROWSER])
        .output()
        .ok()?;
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .find(|line| line.ends_with("/MiniBrowser"))
        .map(PathBuf::from)
}

pub(crate) fn is_installed(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["--show", "--showformat=${db:Status-Status}", package])
        .output()
        .is_ok_and(|output| output.stdout == b"installed")
}

/// Installs packages, when that can be done without asking for a password.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    println!("Installing {} …", packages.join(" "));
    let Some(prefix) = root_prefix() else {
        bail!("that takes root: `sudo` is not there or asks for a password");
    };
    let apt_get = |arguments: &[&str]| {
        let mut words = prefix.iter().chain(&["apt-get"]).chain(arguments);
        let program = words.next().context("the command is empty")?;
        process::run(
            Command::new(program)
                .args(words)
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )
    };
    // A new machine has no list of packages, or an old one. Where one of many
    // sources is out of reach, the others may do.
    if let Err(error) = apt_get(&["update", "--quiet"]) {
        println!("Going on with the known packages: {error:#}.");
    }
    let mut arguments = vec!["install", "--quiet", "--yes", "--no-install-recommends"];
    arguments.extend(packages);
    apt_get(&arguments)
}

/// What goes before a command for it to run as root.
fn root_prefix() -> Option<&'static [&'static str]> {
    let user = Command::new("id").arg("-u").output().ok()?;
    if user.stdout.trim_ascii() == b"0" {
        return Some(&[]);
    }
    // sudo drops the environment, so the variable is set behind it.
    process::succeeds(Command::new("sudo").args(["-n", "true"])).then_some(&[
        "sudo",
        "-n",
        "env",
        "DEBIAN_FRONTEND=noninteractive",
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_known_by_its_os_release() {
        for (text, expect) in [
            ("PRETTY_NAME=\"Debian\"\nID=debian\n", Some(Debian::Plain)),
            ("ID=raspbian\nID_LIKE=debian\n", Some(Debian::Plain)),
            ("ID=ubuntu\nID_LIKE=debian\n", Some(Debian::Ubuntu)),
            ("ID=pop\nID_LIKE=\"ubuntu debian\"\n", Some(Debian::Ubuntu)),
            ("ID=fedora\n", None),
            ("VERSION_ID=debian\n", None),
            ("ID='debian'", Some(Debian::Plain)),
            ("", None),
        ] {
            assert_eq!(Debian::read(text), expect, "{text}");
        }
    }

    #[test]
    fn ubuntu_is_sent_to_snaps_for_what_apt_does_not_have() {
        assert_eq!(
            Debian::Ubuntu.advice(Engine::Chromium),
            "type `sudo snap install chromium`"
        );
        assert_eq!(
            Debian::Plain.advice(Engine::Chromium),
            "type `sudo apt-get install chromium chromium-driver`"
        );
        assert!(!Debian::Ubuntu.packages(Engine::Webkit).is_empty());
    }
}

//! Debian and its relatives, where what is missing can be installed by `apt-get`.

use std::fs;

use anyhow::Result;
use xshell::{Shell, cmd};

use crate::engine::Engine;

/// What the browser tests need beside browsers: fonts for the scripts that they show, and the
/// programs that read what browsers print.
pub(crate) const BESIDE: [&str; 3] = ["fonts-noto-core", "fonts-noto-color-emoji", "poppler-utils"];

/// Whether this system has `apt-get`.
pub(crate) fn is_here() -> bool {
    which::which("apt-get").is_ok()
}

/// The packages that bring an engine's browser and driver; none where `apt-get` does not have
/// them. Firefox's driver comes by cargo.
pub(crate) fn packages(engine: Engine) -> &'static [&'static str] {
    let os_release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    match engine {
        Engine::Webkit => &["webkit2gtk-driver", "libwebkit2gtk-4.1-0", "xvfb", "xauth"],
        // Ubuntu has these as snaps only; its packages of those names are empty.
        _ if is_ubuntu(&os_release) => &[],
        Engine::Chromium => &["chromium", "chromium-driver"],
        Engine::Firefox => &["firefox-esr"],
    }
}

/// Whether a system is Ubuntu or made of it, by the text of its os-release(5).
fn is_ubuntu(os_release: &str) -> bool {
    let mut lines = os_release.lines();
    lines.any(|line| line.starts_with("ID") && line.contains("ubuntu"))
}

pub(crate) fn is_installed(sh: &Shell, package: &str) -> bool {
    let format = "--showformat=${db:Status-Status}";
    let status = cmd!(sh, "dpkg-query --show {format} {package}").ignore_stderr();
    status.read().is_ok_and(|said| said == "installed")
}

/// Installs packages, when that can be done without asking for a password.
pub(crate) fn install(sh: &Shell, packages: &[&str]) -> Result<()> {
    let is_root = cmd!(sh, "id -u").read()? == "0";
    let sudo: &[&str] = if is_root { &[] } else { &["sudo", "-n"] };
    // sudo drops the environment, so the variable is set behind it.
    let apt_get = [
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "--quiet",
    ];
    let apt_get = || {
        let mut words = sudo.iter().chain(&apt_get);
        let program = words.next().unwrap_or(&"env");
        sh.cmd(program).args(words)
    };
    // A new machine has no list of packages, or an old one. Where one of many
    // sources is out of reach, the others may do.
    if let Err(error) = apt_get().arg("update").run() {
        println!("Going on with the known packages: {error}.");
    }
    let install = apt_get().args(["install", "--yes", "--no-install-recommends"]);
    Ok(install.args(packages).run()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ubuntu_is_known_by_its_os_release() {
        for (text, expect) in [
            ("PRETTY_NAME=\"Debian\"\nID=debian\n", false),
            ("ID=ubuntu\nID_LIKE=debian\n", true),
            ("ID=pop\nID_LIKE=\"ubuntu debian\"\n", true),
            ("NAME=ubuntu\nID=fedora\n", false),
        ] {
            assert_eq!(is_ubuntu(text), expect, "{text}");
        }
    }
}

//! The three browser engines that the page is tested in, and under which names
//! and where their programs are found.

use clap::ValueEnum;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

impl Engine {
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    /// Its name in a sentence.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::Webkit => "WebKit",
        }
    }

    /// What its browser is called on the PATH, or where it is when it is not there; the best
    /// first.
    pub(crate) fn browsers(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &[
                "chromium",
                "chromium-browser",
                "google-chrome-stable",
                "google-chrome",
                "chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                r"C:\Program Files\Google\Chrome\Application\chrome.exe",
            ],
            Self::Firefox => &[
                "firefox",
                "firefox-esr",
                "/Applications/Firefox.app/Contents/MacOS/firefox",
                r"C:\Program Files\Mozilla Firefox\firefox.exe",
            ],
            // WebKitGTK's own test browser, which is never on the PATH: Debian's, Fedora's, Arch's.
            Self::Webkit => &[
                "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
                "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
                "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
                "/usr/lib/webkit2gtk-4.1/MiniBrowser",
            ],
        }
    }

    /// What its driver is called on the PATH. Firefox's is not among them: cargo
    /// can install that one anywhere.
    pub(crate) fn drivers(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromedriver", "chromium.chromedriver"],
            Self::Firefox => &[],
            Self::Webkit => &["WebKitWebDriver"],
        }
    }

    /// How to install it where this program cannot.
    pub(crate) fn advice(self) -> &'static str {
        match self {
            Self::Chromium => {
                "install Chromium (or Chrome) and the chromedriver of the same version, both on \
                 the PATH; on Ubuntu, type `sudo snap install chromium`"
            }
            Self::Firefox => {
                "install Firefox, on the PATH; on Ubuntu, type `sudo snap install firefox`"
            }
            Self::Webkit => {
                "on Linux, install WebKitGTK 4.1 with its MiniBrowser and WebKitWebDriver, \
                 and Xvfb with xvfb-run and xauth; other systems have no WebKitGTK"
            }
        }
    }
}

//! The three browser engines that the page is tested in, and under which names
//! and where their programs are found.

use std::str::FromStr;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

impl Engine {
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    /// Its name on the command line and for the browser tests.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// Its name in a sentence.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::Webkit => "WebKit",
        }
    }

    /// What its browser is called on a PATH, the best first.
    pub(crate) fn browsers(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &[
                "chromium",
                "chromium-browser",
                "google-chrome-stable",
                "google-chrome",
                "chrome",
            ],
            Self::Firefox => &["firefox", "firefox-esr"],
            // WebKitGTK's own test browser, which is never on the PATH.
            Self::Webkit => &[],
        }
    }

    /// Where its browser is when it is not on the PATH. The WebKit ones are
    /// Fedora's and Arch's; Debian is asked by its package manager.
    pub(crate) fn places(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &[
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                r"C:\Program Files\Google\Chrome\Application\chrome.exe",
            ],
            Self::Firefox => &[
                "/Applications/Firefox.app/Contents/MacOS/firefox",
                r"C:\Program Files\Mozilla Firefox\firefox.exe",
            ],
            Self::Webkit => &[
                "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
                "/usr/lib/webkit2gtk-4.1/MiniBrowser",
            ],
        }
    }

    /// What its driver is called on a PATH. Firefox's is not among them: cargo
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
                "install Chromium (or Chrome) and the chromedriver of the same version, \
                 both on the PATH"
            }
            Self::Firefox => "install Firefox, on the PATH",
            Self::Webkit => {
                "on Linux, install WebKitGTK 4.1 with its MiniBrowser and WebKitWebDriver, \
                 and Xvfb with xvfb-run and xauth; other systems have no WebKitGTK"
            }
        }
    }
}

impl FromStr for Engine {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let engine = Self::ALL.into_iter().find(|engine| engine.key() == name);
        engine.ok_or_else(|| format!("it is chromium, firefox or webkit, not `{name}`"))
    }
}

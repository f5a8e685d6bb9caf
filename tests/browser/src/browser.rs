//! Browsers. To start one takes as long as many a visit, so most visits take over one that another
//! has left: each has an origin and a tab of its own, so they see nothing of each other.

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tempfile::TempDir;
use thirtyfour::WebDriver;
use thirtyfour::error::WebDriverResult;
use tokio::runtime::{Builder, Runtime};

use crate::capabilities::{capabilities, downloads};
use crate::driver::Driver;
use crate::settings::{Engine, engine};
use crate::visit::Visit;

/// How long a browser may take to start.
const START: Duration = Duration::from_secs(60);

/// How long a driver may take for anything. One whose browser is gone may never answer.
const ANSWER: Duration = Duration::from_secs(300);

/// Browsers that no visit is in. Those that are left at the end go with this program, see
/// [`Driver`].
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// A browser with a profile of its own, and its driver.
pub(crate) struct Browser {
    /// On which its driver is spoken to.
    pub(crate) runtime: Runtime,
    /// Of the profile and what is downloaded.
    folder: TempDir,
    dark: bool,
    session: Option<Session>,
}

/// The driver and the handle to it.
struct Session {
    web: WebDriver,
    driver: Driver,
}

impl Browser {
    /// One that is idle and suits a visit, else one that is not started yet.
    pub(crate) fn take(visit: &Visit) -> Self {
        let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
        let suits = |browser: &Self| browser.dark == visit.dark && !visit.alone;
        match idle.iter().position(suits) {
            Some(at) => idle.swap_remove(at),
            None => Self::new(visit.dark),
        }
    }

    fn new(dark: bool) -> Self {
        let browser = Self {
            runtime: Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime"),
            folder: TempDir::with_prefix("themark-visit-").expect("a temporary folder"),
            dark,
            session: None,
        };
        for folder in [browser.folder.path().join("profile"), browser.downloads()] {
            fs::create_dir(folder).expect("a folder in the temporary one");
        }
        browser
    }

    /// Starts it, unless it runs.
    pub(crate) fn start(&mut self, visit: &Visit) {
        let mut failure = None;
        // What answered may have been another program, to which the port went meanwhile.
        for _ in 0..3 {
            if self.session.is_some() {
                return;
            }
            let driver = Driver::start(engine(), self.dark, self.folder.path());
            let address = format!("http://127.0.0.1:{}", driver.port);
            let wanted = capabilities(engine(), visit, self.folder.path());
            let client = reqwest::Client::builder()
                .no_proxy()
                .timeout(ANSWER)
                .build()
                .expect("an HTTP client");
            let connecting = WebDriver::builder(address, wanted).client(client).connect();
            let _deadline = driver.end_after(START);
            match self.runtime.block_on(connecting) {
                Ok(web) => self.session = Some(Session { web, driver }),
                Err(error) => failure = Some(error),
            }
        }
        assert!(
            self.session.is_some(),
            "The browser does not start: {failure:?}"
        );
    }

    /// Ends it at once. It can be started again, on the same profile.
    pub(crate) fn end(&mut self) {
        if let Some(Session { web, driver }) = self.session.take() {
            // The browser is not asked to go: it goes with its driver.
            let _ = web.leak();
            drop(driver);
        }
    }

    /// Leaves it to the next visit, as if it had just been started; one that can't be put in order
    /// ends. So does WebKit: two visits of two hundred have failed there in a browser that was taken
    /// over, for a reason that is not found yet.
    pub(crate) fn leave(mut self) {
        let session = self.session.as_ref();
        let is_tidy = engine() != Engine::Webkit
            && session.is_some_and(|session| self.runtime.block_on(tidy(&session.web)).is_ok());
        let _ = fs::remove_dir_all(self.downloads());
        if is_tidy && fs::create_dir(self.downloads()).is_ok() {
            let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
            idle.push(self);
        } else {
            self.end();
        }
    }

    /// The WebDriver session.
    pub(crate) fn web(&self) -> &WebDriver {
        &self.session.as_ref().expect("a running browser").web
    }

    pub(crate) fn driver(&self) -> &Driver {
        &self.session.as_ref().expect("a running browser").driver
    }

    pub(crate) fn is_running(&self) -> bool {
        self.session.is_some()
    }

    /// Where downloads arrive.
    pub(crate) fn downloads(&self) -> PathBuf {
        downloads(self.folder.path())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.end();
        // A killed browser's last breath may still be written while this is removed.
        for _ in 0..40 {
            match fs::remove_dir_all(self.folder.path()) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    std::thread::sleep(Duration::from_millis(25));
                }
                _ => break,
            }
        }
    }
}

/// Leaves nothing open but an empty tab that has no past, and no key or button held.
async fn tidy(web: &WebDriver) -> WebDriverResult<()> {
    web.action_chain().reset_actions().await?;
    let fresh = web.new_tab().await?;
    for window in web.windows().await? {
        if window != fresh {
            web.switch_to_window(window).await?;
            web.close_window().await?;
        }
    }
    web.switch_to_window(fresh).await
}

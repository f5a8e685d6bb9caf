//! The open page. Every function is something a person does there or sees there; what
//! takes the page a moment is waited for, for a bounded time.

mod checks;
mod colours;
mod files;
mod keys;
pub mod memory;
mod pointer;
mod see;
mod store;
mod touch;
mod windows;

use std::fmt::Debug;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{WebDriver, WebElement};

use crate::browser::Browser;
use crate::driver::Deadline;
use crate::server::{BLANK, Server};
use crate::settings::{self, Engine, engine};
use crate::stopwatch::Stopwatch;
use crate::visit::Visit;

pub use colours::look_alike;
pub use files::Download;
pub use pointer::{At, Point};
pub use see::{Dialog, Entry, Highlight, Rectangle};

/// How long a script may take at least.
const SCRIPT: Duration = Duration::from_secs(60);

/// What every question to the page brings along.
const QUESTIONS: &str = include_str!("page.js");

/// Keeps what goes wrong in the page.
const WATCH: &str = include_str!("watch.js");

/// Held by a visit in an engine whose windows share one screen: a screen has one focus,
/// and the windows would take it from each other.
static SCREEN: Mutex<()> = Mutex::new(());

/// The page in a browser that nobody else is in, from a server of its own. Dropping it leaves the
/// browser, and complains of errors the page has logged.
pub struct Page {
    /// Until it is dropped.
    browser: Option<Browser>,
    /// Serves the page.
    pub server: Server,
    visit: Visit,
    _screen: Option<MutexGuard<'static, ()>>,
    _stopwatch: Stopwatch,
}

impl Page {
    pub(crate) fn open(visit: Visit) -> Self {
        let dist = visit.dist.clone().unwrap_or_else(settings::dist);
        let page = Self {
            browser: Some(Browser::take(&visit)),
            server: Server::start(dist, visit.article.clone()),
            visit,
            // A visit that failed leaves the screen as usable as any other.
            _screen: (engine() == Engine::Webkit)
                .then(|| SCREEN.lock().unwrap_or_else(PoisonError::into_inner)),
            // Started last: to wait for the screen is not what the visit takes.
            _stopwatch: Stopwatch::start(),
        };
        page.started()
    }

    fn started(mut self) -> Self {
        self.start();
        self
    }

    fn start(&mut self) {
        self.start_browser();
        self.go("/");
        self.wait_until_loaded();
    }

    fn start_browser(&mut self) {
        if let Some(browser) = &mut self.browser {
            browser.start(&self.visit);
        }
        let patience = self.visit.patience.max(SCRIPT);
        self.run(self.web().set_script_timeout(patience));
        self.dress();
        self.server
            .run_before(Some(format!("{WATCH}\n{}", self.visit.before)));
    }

    /// Loads the page anew.
    pub fn reload(&self) {
        self.check_log();
        self.run(self.web().refresh());
        self.wait_until_loaded();
    }

    /// Does something that loads the page anew, and waits until it is there.
    pub fn reloaded_by(&self, act: impl FnOnce()) {
        let _: bool = self.script("window.isBefore = true; return true;");
        act();
        self.wait("the page is loaded anew", || {
            self.holds("window.isBefore === undefined && document.readyState === 'complete'")
        });
        self.wait_until_loaded();
    }

    /// Loads the page anew, no longer with the script that the visit began with.
    pub fn reload_unhindered(&self) {
        self.server.run_before(Some(WATCH.into()));
        self.reload();
    }

    /// The browser is killed without warning and started again, on the same profile.
    pub fn crash_and_start_again(&mut self) {
        self.check_log();
        self.kill_and_start_again();
    }

    /// The same in the middle of something: it is not asked anything before.
    pub fn kill_and_start_again(&mut self) {
        self.kill();
        self.start();
    }

    /// The same, and the new browser is at no page of the product's yet.
    pub fn kill_and_start_blank(&mut self) {
        self.kill();
        self.start_browser();
        self.go(BLANK);
    }

    fn kill(&mut self) {
        // What becomes of such a browser is no other visit's concern.
        self.visit.alone = true;
        if let Some(browser) = &mut self.browser {
            browser.end();
        }
    }

    /// Forgets everything the page has stored, and opens it anew.
    pub fn forget_everything(&self) {
        self.check_log();
        self.go(BLANK);
        let done: String = self.ask_later(
            "indexedDB.deleteDatabase('themark copies');
             const request = indexedDB.deleteDatabase('themark');
             request.onsuccess = () => done('deleted');
             request.onerror = () => done(String(request.error));
             request.onblocked = () => done('blocked');",
            vec![],
        );
        assert_eq!(done, "deleted", "the page's database");
        self.go("/");
        self.wait_until_loaded();
    }

    /// Goes to an address of the page's own server.
    pub fn go(&self, path: &str) {
        self.go_to(&format!("{}{path}", self.server.origin()));
    }

    /// Goes to any address.
    pub fn go_to(&self, address: &str) {
        self.run(self.web().goto(address));
    }

    /// Waits until the article and its annotations are there.
    pub fn wait_until_loaded(&self) {
        self.wait("the article and its annotations are loaded", || {
            let status: String = self.ask("status", json!([]));
            !status.is_empty() && !status.contains("Loading")
        });
    }

    /// The WebDriver session.
    pub(crate) fn web(&self) -> &WebDriver {
        self.browser().web()
    }

    pub(crate) fn browser(&self) -> &Browser {
        self.browser.as_ref().expect("a browser until the end")
    }

    /// Waits for an answer of the driver.
    #[track_caller]
    pub(crate) fn run<T>(
        &self,
        answer: impl Future<Output = thirtyfour::error::WebDriverResult<T>>,
    ) -> T {
        match self.browser().runtime.block_on(answer) {
            Ok(value) => value,
            Err(error) => panic!("The browser refuses: {error}"),
        }
    }

    /// Calls a function of `page.js` in the page.
    #[track_caller]
    pub(crate) fn ask<T: DeserializeOwned>(&self, function: &str, arguments: Value) -> T {
        let answer = self.run(self.call(function, arguments));
        answer
            .convert()
            .unwrap_or_else(|error| panic!("{function} answers {}: {error}", answer.json()))
    }

    /// The element that a function of `page.js` finds.
    #[track_caller]
    pub(crate) fn find(&self, function: &str, arguments: Value) -> WebElement {
        let answer = self.run(self.call(function, arguments));
        answer
            .element()
            .unwrap_or_else(|error| panic!("{function} finds no element: {error}"))
    }

    fn call(
        &self,
        function: &str,
        arguments: Value,
    ) -> impl Future<
        Output = thirtyfour::error::WebDriverResult<thirtyfour::session::scriptret::ScriptRet>,
    > {
        let script = format!("{QUESTIONS}\nreturn {function}(...arguments);");
        let arguments = arguments.as_array().cloned().unwrap_or_default();
        self.web().execute(script, arguments)
    }

    /// Runs a script in the page.
    #[track_caller]
    pub fn script<T: DeserializeOwned>(&self, script: &str) -> T {
        let answer = self.run(self.web().execute(script, vec![]));
        answer
            .convert()
            .unwrap_or_else(|error| panic!("the script answers {}: {error}", answer.json()))
    }

    /// Whether something holds in the page. Where one page goes and the other comes, nothing
    /// answers, and WebKit's driver now and then loses an answer; then it does not.
    #[must_use]
    pub fn holds(&self, what: &str) -> bool {
        let asked = self.web().execute(format!("return {what};"), vec![]);
        let answer = self.browser().runtime.block_on(asked);
        answer.is_ok_and(|answer| answer.convert().unwrap_or(false))
    }

    /// Runs a script that calls `done` with its answer, in a moment.
    ///
    /// # Panics
    /// When it does not answer, or otherwise than is expected.
    #[track_caller]
    pub fn ask_later<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> T {
        let script = format!("const done = arguments[arguments.length - 1];\n{script}");
        let answer = self.run(self.web().execute_async(script, arguments));
        answer
            .convert()
            .unwrap_or_else(|error| panic!("the script answers {}: {error}", answer.json()))
    }

    /// Waits until something holds.
    ///
    /// # Panics
    /// When it does not hold in good time, with what was waited for.
    #[track_caller]
    pub fn wait(&self, what: &str, holds: impl Fn() -> bool) {
        let start = Instant::now();
        while !holds() {
            if start.elapsed() >= self.visit.patience {
                panic!("It never came to pass that {what}. {}", self.state());
            }
            thread::sleep(Duration::from_millis(25));
        }
    }

    /// What there is to see of the page, for a failure's message.
    fn state(&self) -> String {
        self.ask("state", json!([]))
    }

    /// Waits until something seen is as expected.
    ///
    /// # Panics
    /// When it is not in good time, with what was seen last.
    #[track_caller]
    pub fn see<T: PartialEq<E> + Debug, E: Debug>(
        &self,
        what: &str,
        look: impl Fn(&Self) -> T,
        expected: E,
    ) {
        let start = Instant::now();
        let mut seen = look(self);
        while seen != expected {
            assert!(
                start.elapsed() < self.visit.patience,
                "{what}:\n     seen: {seen:?}\n expected: {expected:?}"
            );
            thread::sleep(Duration::from_millis(25));
            seen = look(self);
        }
    }

    /// Lets the page draw two frames, so that what hangs on one has happened.
    pub fn settle(&self) {
        let _: bool = self.ask_later(
            "requestAnimationFrame(() => requestAnimationFrame(() => done(true)));",
            vec![],
        );
    }

    /// Where downloads arrive.
    pub(crate) fn downloads(&self) -> PathBuf {
        self.browser().downloads()
    }

    /// What went wrong in the page so far: logged errors and warnings, forbidden
    /// requests, resources that did not load.
    #[must_use]
    pub fn wrongs(&self) -> Vec<String> {
        self.script("return window.wrongs ?? [];")
    }

    #[track_caller]
    fn check_log(&self) {
        let wrongs = self.wrongs();
        assert!(wrongs.is_empty(), "The page complains: {wrongs:#?}");
    }

    /// The browser is killed after some time, unless what is returned is dropped before.
    ///
    /// # Panics
    /// When the browser does not run.
    #[must_use]
    pub fn end_after(&self, time: Duration) -> Deadline {
        self.browser().driver().end_after(time)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let checked = !thread::panicking() && self.browser().is_running();
        let wrongs = if checked { self.wrongs() } else { Vec::new() };
        let browser = self.browser.take();
        if let Some(browser) = browser.filter(|_| checked && !self.visit.alone) {
            browser.leave();
        }
        assert!(wrongs.is_empty(), "The page complains: {wrongs:#?}");
    }
}

/// Whether this engine is one of these.
#[must_use]
pub fn in_one_of(engines: &[Engine]) -> bool {
    engines.contains(&engine())
}

//! Serves the built page on this machine alone, and remembers what was asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The file of the first article.
const ARTICLE: &str = "/articles/kazakhstan.article";

/// A page of the same origin on which nothing runs.
pub const BLANK: &str = "/blank.html";

/// A server on a port of its own; it ends when it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    folder: PathBuf,
    article: Option<String>,
    ended: AtomicBool,
    gone: AtomicBool,
    before: Mutex<Option<String>>,
    withheld: Mutex<Option<String>>,
    asked: Mutex<Vec<String>>,
    added: Mutex<BTreeMap<String, Arc<[u8]>>>,
}

/// Ports that servers of this program had: a browser that visits take over from each other would
/// remember what it stored for one.
static USED: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Listens at a port that no server has had before.
fn listen() -> TcpListener {
    loop {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("the port's number").port();
        let mut used = USED.lock().unwrap_or_else(PoisonError::into_inner);
        if used.insert(port) {
            return listener;
        }
    }
}

impl Server {
    /// Serves a folder, with another first article if one is given.
    ///
    /// # Panics
    /// When the folder holds no page, or no port can be had.
    #[must_use]
    pub fn start(folder: PathBuf, article: Option<String>) -> Self {
        assert!(
            folder.join("index.html").is_file(),
            "{} holds no built page; `cargo xtask build` makes it.",
            folder.display()
        );
        let listener = listen();
        let address = listener.local_addr().expect("the port's number");
        let shared = Arc::new(Shared {
            folder,
            article,
            ended: AtomicBool::new(false),
            gone: AtomicBool::new(false),
            before: Mutex::default(),
            withheld: Mutex::default(),
            asked: Mutex::default(),
            added: Mutex::default(),
        });
        let thread = thread::spawn({
            let shared = Arc::clone(&shared);
            move || {
                for stream in listener.incoming().flatten() {
                    if shared.ended.load(Ordering::SeqCst) {
                        return;
                    }
                    let shared = Arc::clone(&shared);
                    // A browser opens connections ahead of need and leaves them idle,
                    // so each has its own thread. A broken one is the browser's affair.
                    thread::spawn(move || shared.answer(stream));
                }
            }
        });
        Self {
            address,
            shared,
            thread: Some(thread),
        }
    }

    /// The page's origin, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on a script runs before the page's own; none takes it away.
    ///
    /// # Panics
    /// When another thread panicked meanwhile.
    pub fn run_before(&self, script: Option<String>) {
        *self.shared.before.lock().unwrap() = script;
    }

    /// From now on nothing is answered, as if the network were gone.
    pub fn be_gone(&self) {
        self.shared.gone.store(true, Ordering::SeqCst);
    }

    /// From now on a path is not answered, until another one or none is named.
    ///
    /// # Panics
    /// When another thread panicked meanwhile.
    pub fn withhold(&self, path: Option<&str>) {
        *self.shared.withheld.lock().unwrap() = path.map(str::to_owned);
    }

    /// From now on a file is served at a path, beside those of the folder. A page in which
    /// `<title>` stands runs the same script before its own.
    ///
    /// # Panics
    /// When another thread panicked meanwhile.
    pub fn add(&self, path: &str, bytes: impl Into<Arc<[u8]>>) {
        self.shared
            .added
            .lock()
            .unwrap()
            .insert(path.to_owned(), bytes.into());
    }

    /// What is served at a path, without what runs before a page.
    ///
    /// # Panics
    /// When another thread panicked meanwhile.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<Vec<u8>> {
        self.shared.find(path, None).map(|(_, bytes)| bytes)
    }

    /// The paths that were asked for so far.
    ///
    /// # Panics
    /// When another thread panicked meanwhile.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.shared.asked.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::SeqCst);
        // Wakes the listener, which then sees that it has ended.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    /// Answers what is asked over a connection, one after the other, as every host does.
    fn answer(&self, stream: TcpStream) {
        // The end of an answer must not wait until the browser has taken its beginning.
        let _ = stream.set_nodelay(true);
        while let Some(path) = requested(&stream) {
            if self.send(&stream, &path).is_none() {
                return;
            }
        }
    }

    /// Answers one request; nothing where the browser is gone.
    fn send(&self, mut stream: &TcpStream, path: &str) -> Option<()> {
        if self.gone.load(Ordering::SeqCst) {
            return None;
        }
        self.asked.lock().unwrap().push(path.to_owned());
        while self.withheld.lock().unwrap().as_deref() == Some(path) {
            thread::sleep(Duration::from_millis(20));
            if self.ended.load(Ordering::SeqCst) {
                return None;
            }
        }
        let (status, kind, body) = match self.find(path, self.before.lock().unwrap().clone()) {
            Some((kind, body)) => ("200 OK", kind, body),
            None => (
                "404 Not Found",
                "text/plain",
                b"There is no such file.".to_vec(),
            ),
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\r\n",
            body.len()
        );
        let answer = [head.as_bytes(), &body].concat();
        stream.write_all(&answer).ok()
    }

    fn find(&self, path: &str, before: Option<String>) -> Option<(&'static str, Vec<u8>)> {
        if let Some(bytes) = self.added.lock().unwrap().get(path) {
            let kind = kind_of(path);
            let bytes = match str::from_utf8(bytes) {
                Ok(page) if kind.starts_with("text/html") => preceded(page, before.as_ref()),
                _ => bytes.to_vec(),
            };
            return Some((kind, bytes));
        }
        match path {
            ARTICLE if self.article.is_some() => {
                let article = self.article.clone()?;
                Some(("application/octet-stream", article.into_bytes()))
            }
            BLANK => Some((
                "text/html; charset=utf-8",
                b"<!doctype html><title>Blank</title>".to_vec(),
            )),
            "/" => {
                let page = fs::read_to_string(self.folder.join("index.html")).ok()?;
                Some(("text/html; charset=utf-8", preceded(&page, before.as_ref())))
            }
            _ => {
                let name = path.strip_prefix('/').filter(|name| {
                    !name.contains('\\') && !name.split('/').any(|part| part == "..")
                })?;
                Some((kind_of(name), fs::read(self.folder.join(name)).ok()?))
            }
        }
    }
}

/// A page with a script before its own, if there is one.
fn preceded(page: &str, before: Option<&String>) -> Vec<u8> {
    let Some(before) = before else {
        return page.into();
    };
    // It stands before the page's policy, which holds from there on: one in a file of its own
    // would hold up the page.
    let script = format!("<script>{before}</script><title>");
    page.replacen("<title>", &script, 1).into_bytes()
}

/// The path of a request, without its query.
fn requested(stream: &TcpStream) -> Option<String> {
    let mut lines = BufReader::new(stream.take(16_384)).lines();
    let first = lines.next()?.ok()?;
    // The rest of the head is read, so that closing the connection resets nothing.
    lines
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
        .for_each(drop);
    let target = first.split(' ').nth(1)?;
    Some(target.split(['?', '#']).next()?.to_owned())
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

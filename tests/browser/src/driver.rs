//! The driver's process, with the browser below it.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::capabilities::downloads;
use crate::settings::{self, Engine};

/// How long a driver may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many threads Mesa draws with.
const MESA_THREADS: &str = "LP_NUM_THREADS";

/// What starts a driver on Unix: a shell that leads a process group with the driver and its browser
/// in it. When the program that started it is gone, however that ended, or the driver is, it ends
/// the group.
const KEEPER: &str = r#"{ "$@" </dev/null; kill -9 -$$; } & read -r _; kill -9 -$$"#;

/// A running driver. Dropping it ends it and every browser it started, at once and
/// without a farewell, also when a test has panicked, and on Unix when the program ends.
pub struct Driver {
    process: Child,
    /// The port it listens at.
    pub port: u16,
}

impl Driver {
    /// Starts an engine's driver.
    ///
    /// # Panics
    /// When it does not start, or does not answer.
    #[must_use]
    pub fn start(engine: Engine, dark: bool, folder: &Path) -> Self {
        // Another program may take the port between asking for a free one and using it;
        // then the driver ends and is started once more.
        for _ in 0..3 {
            let mut driver = Self::launch(engine, dark, folder);
            if driver.answers() {
                return driver;
            }
        }
        panic!("{} does not answer.", settings::driver().display());
    }

    fn launch(engine: Engine, dark: bool, folder: &Path) -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0))
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let mut command = if cfg!(unix) {
            let mut keeper = Command::new("sh");
            keeper.args(["-c", KEEPER, "sh"]).arg(settings::driver());
            keeper
        } else {
            Command::new(settings::driver())
        };
        command.arg(format!("--port={port}"));
        if engine == Engine::Firefox {
            command.args(["--host", "127.0.0.1", "--log", "fatal"]);
        }
        if engine == Engine::Webkit && dark {
            // WebKitGTK prefers what its toolkit's theme is.
            command.env("GTK_THEME", "Adwaita:dark");
        }
        if engine == Engine::Webkit {
            // Its browser downloads into the home folder.
            command
                .env("HOME", downloads(folder))
                .env("XDG_CONFIG_HOME", folder.join("profile"));
            // Without a graphics card Mesa draws. As of 22.3 its threads take a picture apart
            // while the compositor still asks what that refers to
            // (`lp_scene_is_resource_referenced`), and now and then this ends the page's
            // process. Where it has no threads it draws when asked, which is slower: the
            // benchmark says otherwise.
            if std::env::var_os(MESA_THREADS).is_none() {
                command.env(MESA_THREADS, "0");
            }
        }
        command
            // It is at its end when this program is.
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let process = command.spawn().unwrap_or_else(|error| {
            panic!("{} does not start: {error}", settings::driver().display())
        });
        Self { process, port }
    }

    /// The number of its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    fn answers(&mut self) -> bool {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if !matches!(self.process.try_wait(), Ok(None)) {
                return false;
            }
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return true;
            }
            thread::sleep(Duration::from_millis(20));
        }
        false
    }
}

/// Ends a driver and its browser at some time, unless it is dropped before. A page that
/// is busy for minutes answers no driver, and no driver gives up on it.
pub struct Deadline {
    _cancel: mpsc::Sender<()>,
}

impl Driver {
    /// Ends it after some time.
    #[must_use]
    pub fn end_after(&self, time: Duration) -> Deadline {
        let (cancel, cancelled) = mpsc::channel::<()>();
        let process = self.id();
        thread::spawn(move || {
            if cancelled.recv_timeout(time) == Err(mpsc::RecvTimeoutError::Timeout) {
                kill_group(process);
            }
        });
        Deadline { _cancel: cancel }
    }
}

/// The driver leads a process group, which its browser is in.
fn kill_group(leader: u32) {
    #[cfg(unix)]
    let _ = Command::new("kill")
        .args(["-KILL", "--", &format!("-{leader}")])
        .stderr(Stdio::null())
        .status();
}

impl Drop for Driver {
    fn drop(&mut self) {
        kill_group(self.process.id());
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

//! How much memory the page and its browser hold.

use std::collections::BTreeMap;
use std::fs;

use serde_json::json;

use super::Page;
use crate::settings::{Engine, engine};

/// Notes the program's memory: a visit that asks for it begins with this script.
pub const PROGRAM: &str = "
    for (const name of ['instantiate', 'instantiateStreaming']) {
      const own = WebAssembly[name];
      WebAssembly[name] = async (...words) => {
        const answer = await own.apply(WebAssembly, words);
        window.programMemory = (answer.instance ?? answer).exports.memory ?? window.programMemory;
        return answer;
      };
    }";

impl Page {
    /// The bytes of memory that the program in WebAssembly has; none where there is no program.
    #[must_use]
    pub fn program_memory(&self) -> Option<f64> {
        self.script("return window.programMemory?.buffer.byteLength ?? null;")
    }

    /// The bytes that the page's JavaScript holds once garbage is collected; none where
    /// the engine does not tell.
    #[must_use]
    pub fn heap(&self) -> Option<f64> {
        if engine() != Engine::Chromium {
            return None;
        }
        let cdp = self.web().cdp();
        self.run(cdp.send_raw("HeapProfiler.collectGarbage", json!({})));
        let usage = self.run(cdp.send_raw("Runtime.getHeapUsage", json!({})));
        usage["usedSize"].as_f64()
    }

    /// The bytes of memory that the browser's processes hold, what they share counted
    /// once; none where the system does not tell.
    #[must_use]
    pub fn browser_memory(&self) -> Option<f64> {
        let driver = self.browser().driver().id();
        let parents = parents();
        let below = |mut process: u32| {
            while let Some(parent) = parents.get(&process) {
                if *parent == driver {
                    return true;
                }
                process = *parent;
            }
            false
        };
        let kilobytes: Vec<f64> = parents
            .keys()
            .filter(|process| below(**process))
            .filter_map(|process| proportional(*process))
            .collect();
        (!kilobytes.is_empty()).then(|| kilobytes.iter().sum::<f64>() * 1024.0)
    }
}

/// Every process and its parent.
fn parents() -> BTreeMap<u32, u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let parent = |process: u32| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        // The name, in parentheses, may hold spaces: the state and the parent follow it.
        let (_, rest) = stat.rsplit_once(')')?;
        rest.split_whitespace().nth(1)?.parse().ok()
    };
    entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|process| Some((process, parent(process)?)))
        .collect()
}

/// A process's share of the memory it is in, in KiB.
fn proportional(process: u32) -> Option<f64> {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let line = rollup.lines().find(|line| line.starts_with("Pss:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

//! How large the built page is, and how large it may be.

use std::cmp::Reverse;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::{folder, split};

/// What the wasm, JavaScript and CSS of a first visit may come to, gzipped, in
/// bytes. On a slow mobile line (1.6 Mbit/s) that is a little over a second of
/// waiting, which a first visit can bear. To raise it is a decision, not a
/// repair.
pub(crate) const BUDGET: u64 = 302 * 1024;

/// What most hosts send, as they compress at each request.
const COMPRESSION: Compression = Compression::new(6);

/// A file of the built page, its sizes in bytes.
#[derive(Debug, PartialEq)]
pub(crate) struct Size {
    /// The path within the folder.
    name: String,
    raw: u64,
    pub(crate) gzip: u64,
}

/// Measures every file of a folder, the largest first.
pub(crate) fn measure(folder: &Path) -> Result<Vec<Size>> {
    let mut sizes = Vec::new();
    for (name, bytes) in folder::read(folder)? {
        let gzip = gzip(&bytes, COMPRESSION)?.len() as u64;
        let raw = bytes.len() as u64;
        sizes.push(Size { name, raw, gzip });
    }
    sizes.sort_by_key(|size| Reverse(size.gzip));
    Ok(sizes)
}

/// What a browser must fetch before the program runs: the wasm, JavaScript and
/// CSS together, without the worker's.
pub(crate) fn first_visit(sizes: &[Size]) -> Size {
    sum("wasm + JavaScript + CSS", sizes, |size| !size.is_later())
}

/// What a browser fetches when a worker is first needed, or the page rests.
fn later(sizes: &[Size]) -> Size {
    sum("later, when it is needed", sizes, Size::is_later)
}

fn sum(name: &str, sizes: &[Size], is_counted: impl Fn(&Size) -> bool) -> Size {
    let mut sum = Size {
        name: name.to_owned(),
        raw: 0,
        gzip: 0,
    };
    for size in sizes {
        if size.is_code() && is_counted(size) {
            sum.raw += size.raw;
            sum.gzip += size.gzip;
        }
    }
    sum
}

impl Size {
    fn is_code(&self) -> bool {
        [".wasm", ".js", ".css"]
            .iter()
            .any(|end| self.name.ends_with(end))
    }

    /// The workers' files are named after their binaries, src/bin/. What keeps the page for use
    /// without the network is fetched when the page rests; what a failure shows, once the program
    /// runs; the style of dialogs and of what is printed while nothing waits for it.
    fn is_later(&self) -> bool {
        const LATER: [&str; 4] = ["sw.js", "later.css", "print.css", "failed.js"];
        let is_later = split::is_part(&self.name)
            || ["worker", "reader"]
                .iter()
                .any(|own| self.name.starts_with(own));
        is_later || LATER.contains(&self.name.as_str())
    }
}

/// The sizes as a table, with the sums at the foot.
pub(crate) fn table(sizes: &[Size]) -> String {
    let mut table = format!("{:28}  {:>12}  {:>12}", "file", "raw", "gzip");
    for row in sizes.iter().chain(&[first_visit(sizes), later(sizes)]) {
        let (name, raw, gzip) = (&row.name, kib(row.raw), kib(row.gzip));
        table += &format!("\n{name:28}  {raw:>12}  {gzip:>12}");
    }
    table
}

/// A number of bytes for reading: `87.2 KiB`.
pub(crate) fn kib(bytes: u64) -> String {
    // Tenths, rounded half up, without a float.
    let tenths = (bytes * 10 + 512) / 1024;
    format!("{}.{} KiB", tenths / 10, tenths % 10)
}

/// Bytes as gzip: the same every time, for it bears no time and no name (RFC 1952).
pub(crate) fn gzip(bytes: &[u8], compression: Compression) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), compression);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(name: &str, raw: u64, gzip: u64) -> Size {
        let name = name.to_owned();
        Size { name, raw, gzip }
    }

    #[test]
    fn the_table_lists_each_file_and_sums_the_code() {
        let sizes = [
            size("themark_bg.wasm", 204_800, 102_400),
            size("worker_bg.wasm", 102_400, 51_200),
            size("start.js", 1024, 512),
            size("index.html", 2048, 1074),
            size("icon.svg", 51, 52),
        ];
        let expect = "\
file                                   raw          gzip
themark_bg.wasm                  200.0 KiB     100.0 KiB
worker_bg.wasm                   100.0 KiB      50.0 KiB
start.js                           1.0 KiB       0.5 KiB
index.html                         2.0 KiB       1.0 KiB
icon.svg                           0.0 KiB       0.1 KiB
wasm + JavaScript + CSS          201.0 KiB     100.5 KiB
later, when it is needed         100.0 KiB      50.0 KiB";
        assert_eq!(table(&sizes), expect);
    }

    #[test]
    fn only_the_code_of_a_first_visit_is_counted() {
        let at = [
            size("a.wasm", 0, BUDGET),
            size("worker_bg.wasm", 0, BUDGET),
            size("split_later_0123abcd.wasm", 0, BUDGET),
            size("index.html", 0, BUDGET),
        ];
        assert_eq!(first_visit(&at).gzip, BUDGET);
        let over = [size("a.wasm", 0, BUDGET), size("a.css", 0, 1)];
        assert_eq!(first_visit(&over).gzip, BUDGET + 1);
    }
}

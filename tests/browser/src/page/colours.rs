//! The window's size and colours, and pictures of it, on paper too.

use std::io::Cursor;

use serde_json::json;
use thirtyfour::common::print::{PrintPage, PrintParameters};

use super::{Page, Rectangle};
use crate::printed::{Paper, Printed};
use crate::settings::{Engine, engine};

/// Whether two pictures look alike to a person. The same text drawn twice may differ by
/// a shade or two that only a computer sees.
#[must_use]
pub fn look_alike(one: &[u8], other: &[u8]) -> bool {
    const SHADES: u8 = 4;
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| one.abs_diff(*other) <= SHADES)
}

impl Page {
    /// Gives the window the size and the colours of the visit.
    pub(super) fn dress(&self) {
        let (width, height) = self.visit.size;
        if engine() == Engine::Chromium {
            let cdp = self.web().cdp();
            let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
            self.run(cdp.send_raw("Emulation.setDeviceMetricsOverride", metrics));
            let scheme = if self.visit.dark { "dark" } else { "light" };
            let media =
                json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            self.run(cdp.send_raw("Emulation.setEmulatedMedia", media));
            return;
        }
        // A window's size counts its frame, which differs; so it is set, measured and
        // mended.
        let mut outer = (width, height);
        for _ in 0..3 {
            self.run(self.web().set_window_rect(0, 0, outer.0, outer.1));
            self.settle();
            let (seen_width, seen_height): (i64, i64) =
                self.script("return [innerWidth, innerHeight];");
            let mended = (
                (i64::from(outer.0) + i64::from(width) - seen_width).max(1) as u32,
                (i64::from(outer.1) + i64::from(height) - seen_height).max(1) as u32,
            );
            if mended == outer {
                return;
            }
            outer = mended;
        }
    }

    /// Gives the window another size.
    pub fn resize(&mut self, width: u32, height: u32) {
        self.visit.size = (width, height);
        self.dress();
        self.settle();
    }

    /// The page as a picture, in PNG.
    #[must_use]
    pub fn picture(&self) -> Vec<u8> {
        self.run(self.web().screenshot_as_png())
    }

    /// Waits until what makes the sheet that is printed has arrived.
    #[track_caller]
    pub fn wait_until_printable(&self) {
        self.wait("the page can be printed", || {
            self.script(
                "dispatchEvent(new Event('beforeprint'));
                 const sheet = document.querySelector('.printed').textContent;
                 dispatchEvent(new Event('afterprint'));
                 return !sheet.includes('still being loaded');",
            )
        });
    }

    /// Prints the page as browsers do unless told otherwise, without the colours of backgrounds.
    #[must_use]
    #[track_caller]
    pub fn print(&self, paper: Paper) -> Printed {
        self.wait_until_printable();
        let parameters = PrintParameters {
            background: false,
            page: PrintPage {
                width: paper.width,
                height: paper.height,
            },
            ..PrintParameters::default()
        };
        Printed::read(&self.run(self.web().print_page(parameters)))
    }

    /// The lines of a passage as they look: the pixels of the rectangle around them.
    ///
    /// # Panics
    /// When the picture can't be read.
    #[must_use]
    pub fn picture_of(&self, passage: &str) -> Vec<u8> {
        let lines = self.lines_of(passage);
        let decoder = png::Decoder::new(Cursor::new(self.picture()));
        let mut reader = decoder.read_info().expect("a picture in PNG");
        let mut pixels = vec![
            0;
            reader
                .output_buffer_size()
                .expect("a picture of a sane size")
        ];
        let picture = reader.next_frame(&mut pixels).expect("a whole picture");
        let bytes_a_pixel = picture.line_size / picture.width as usize;
        let edge = |edges: &dyn Fn(&Rectangle) -> f64, pick: fn(f64, f64) -> f64, limit: u32| {
            let edge = lines
                .iter()
                .map(edges)
                .reduce(pick)
                .expect("a passage of some lines");
            (edge.round() as usize).min(limit as usize)
        };
        let columns = edge(&|line| line.left, f64::min, picture.width)
            ..edge(&|line| line.right, f64::max, picture.width);
        let rows = edge(&|line| line.top, f64::min, picture.height)
            ..edge(&|line| line.bottom, f64::max, picture.height);
        rows.flat_map(|row| {
            let start = row * picture.line_size;
            pixels[start + columns.start * bytes_a_pixel..start + columns.end * bytes_a_pixel]
                .to_vec()
        })
        .collect()
    }
}

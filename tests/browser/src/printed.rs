//! A page as it is printed: pictures of its sheets, and where words stand on them, by two of
//! poppler's programs.

use std::fs;
use std::process::Command;

use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

use crate::Rectangle;

/// How finely sheets are drawn, in pixels an inch.
const RESOLUTION: f64 = 150.0;

/// Points in an inch, the unit of PDF.
const POINTS: f64 = 72.0;

/// A kind of paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// Width, in centimetres.
    pub width: f64,
    /// Height, in centimetres.
    pub height: f64,
}

impl Paper {
    /// ISO 216.
    pub const A4: Self = Self {
        width: 21.0,
        height: 29.7,
    };

    /// North America's.
    pub const LETTER: Self = Self {
        width: 21.59,
        height: 27.94,
    };
}

/// What was printed.
pub struct Printed {
    /// The sheets of paper.
    pub sheets: Vec<Picture>,
    /// The words on all of them, in reading order.
    pub words: Vec<Word>,
}

/// A sheet of paper as a picture.
#[derive(PartialEq, Eq)]
pub struct Picture {
    /// Width, in pixels.
    pub width: usize,
    /// Height, in pixels.
    pub height: usize,
    /// Red, green and blue of each pixel, row by row.
    pub pixels: Vec<u8>,
}

/// A word on paper.
#[derive(Clone, Debug)]
pub struct Word {
    /// The number of its sheet, from 0.
    pub sheet: usize,
    /// Where it stands there, in pixels.
    pub area: Rectangle,
    /// What it says.
    pub text: String,
}

impl Printed {
    /// Reads a file in PDF.
    ///
    /// # Panics
    /// When poppler's programs are missing or refuse it.
    #[must_use]
    pub fn read(pdf: &[u8]) -> Self {
        let folder = TempDir::with_prefix("themark-print-").expect("a temporary folder");
        let file = folder.path().join("printed.pdf");
        fs::write(&file, pdf).expect("a file for poppler");
        let run = |program: &str, arguments: &[&str]| {
            let output = Command::new(program).args(arguments).output();
            let output = output.unwrap_or_else(|error| {
                panic!("{program} of poppler-utils does not start: {error}")
            });
            assert!(output.status.success(), "{program}: {output:?}");
            output.stdout
        };
        let file = file.to_string_lossy();
        // Without a name for files, the pictures come one after the other.
        let drawn = run("pdftoppm", &["-r", &RESOLUTION.to_string(), &file]);
        let boxes = run("pdftotext", &["-bbox", &file, "-"]);
        Self {
            sheets: pictures(&drawn),
            words: words(&String::from_utf8_lossy(&boxes)),
        }
    }

    /// What is printed, as one text.
    #[must_use]
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| &*word.text).collect();
        words.join(" ")
    }

    /// The words that a passage stands in where it comes first: what stands right beside it, as
    /// the point behind it, is in the same word.
    ///
    /// # Panics
    /// When it is nowhere.
    #[must_use]
    #[track_caller]
    pub fn find(&self, passage: &str) -> &[Word] {
        let passage = plain(passage);
        let all: String = self.words.iter().map(|word| &*word.text).collect();
        let start = all.find(&passage);
        let start = start.unwrap_or_else(|| panic!("“{passage}” is not in “{}”", self.text()));
        let end = start + passage.len();
        let mut begin = 0;
        let own = self.words.iter().map(|word| {
            begin += word.text.len();
            begin - word.text.len()..begin
        });
        let own: Vec<usize> = own
            .enumerate()
            .filter(|(_, word)| word.start < end && start < word.end)
            .map(|(at, _)| at)
            .collect();
        &self.words[own[0]..=own[own.len() - 1]]
    }
}

impl Picture {
    /// The colour of a pixel.
    #[must_use]
    pub fn colour(&self, x: usize, y: usize) -> [u8; 3] {
        let at = 3 * (y * self.width + x);
        [self.pixels[at], self.pixels[at + 1], self.pixels[at + 2]]
    }

    /// Whether nothing is drawn near the edges, in millimetres from the sides and from the upper
    /// and the lower edge.
    #[must_use]
    pub fn has_margins(&self, sides: f64, top: f64, bottom: f64) -> bool {
        let pixels = |millimetres: f64| (millimetres / 25.4 * RESOLUTION) as usize;
        let columns = pixels(sides)..self.width - pixels(sides);
        let rows = pixels(top)..self.height - pixels(bottom);
        let is_blank = |at: usize| self.colour(at % self.width, at / self.width) == [255; 3];
        (0..self.width * self.height).all(|at| {
            let inside = columns.contains(&(at % self.width)) && rows.contains(&(at / self.width));
            inside || is_blank(at)
        })
    }
}

/// Letters as one writes them, without white space: on paper there are ligatures and the forms that
/// letters take in a word, and a line may end wherever words are parted.
#[must_use]
pub fn plain(words: &str) -> String {
    words.nfkc().filter(|sign| !sign.is_whitespace()).collect()
}

/// Reads pictures in the plainest of all formats (netpbm's PPM, binary), one after the other.
fn pictures(mut bytes: &[u8]) -> Vec<Picture> {
    let mut pictures = Vec::new();
    while !bytes.is_empty() {
        // The head: `P6`, width, height, the highest value, each by itself.
        let mut head = Vec::new();
        while head.len() < 4 {
            let end = bytes.iter().position(u8::is_ascii_whitespace);
            let (word, rest) = bytes.split_at(end.expect("a picture in PPM"));
            head.push(String::from_utf8_lossy(word).into_owned());
            bytes = &rest[1..];
        }
        assert_eq!((&*head[0], &*head[3]), ("P6", "255"));
        let size = |at: usize| head[at].parse().expect("a size");
        let (width, height) = (size(1), size(2));
        let (pixels, rest) = bytes.split_at(3 * width * height);
        pictures.push(Picture {
            width,
            height,
            pixels: pixels.to_vec(),
        });
        bytes = rest;
    }
    pictures
}

/// Reads what `pdftotext -bbox` writes.
fn words(boxes: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut sheets = 0;
    for line in boxes.lines().map(str::trim) {
        if line.starts_with("<page ") {
            sheets += 1;
        }
        let Some((attributes, rest)) = line
            .strip_prefix("<word ")
            .and_then(|rest| rest.split_once('>'))
        else {
            continue;
        };
        let edge = |name: &str| -> f64 {
            let (_, rest) = attributes.split_once(name).expect("a box");
            let points = rest.split('"').nth(1).and_then(|value| value.parse().ok());
            points.map_or(0.0, |points: f64| points * RESOLUTION / POINTS)
        };
        let text = rest.trim_end_matches("</word>");
        words.push(Word {
            sheet: sheets - 1,
            area: Rectangle {
                left: edge("xMin"),
                top: edge("yMin"),
                right: edge("xMax"),
                bottom: edge("yMax"),
            },
            // Less the word joiner: what holds a note's number to its word.
            text: plain(&text.replace('\u{2060}', ""))
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&"),
        });
    }
    words
}

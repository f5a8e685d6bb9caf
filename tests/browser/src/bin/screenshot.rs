//! Makes the picture of the page that the README shows.
#![allow(
    clippy::expect_used,
    reason = "a picture that can't be made ends the program with a sentence"
)]

use std::{env, fs};

use browser_tests::{open, page::At};

fn main() {
    let file =
        env::var_os("THEMARK_SCREENSHOT").expect("THEMARK_SCREENSHOT names the file to write");
    let page = open();
    page.mark(
        "signatory of the Treaty on the Non-Proliferation of Nuclear Weapons",
        "1",
    );
    page.press("Escape");
    page.mark("growing counterterrorism cooperation", "3");
    page.press("Escape");
    page.mark(
        "substantial U.S. investment in the country’s energy sector",
        "2",
    );
    page.press("Escape");
    page.mark("cooperation and substantial U.S. investment", "1");
    page.note("Both at once: security and trade");
    page.see_saved();
    page.scroll_to(
        "There have been concerns over questions of governance",
        At::Middle,
    );
    fs::write(file, page.picture()).expect("the picture is written");
}

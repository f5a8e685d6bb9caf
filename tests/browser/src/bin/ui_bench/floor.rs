//! The floor: a hand-written page that only shows text and marks.

use browser_tests::Page;

use crate::compare;
use crate::figure::{Figures, Measure};
use crate::gesture::{Gesture, repeat, rest};
use crate::material::Material;

const FILES: [(&str, &str); 3] = [
    (
        "index.html",
        include_str!("../../../../../benches/floor/index.html"),
    ),
    (
        "floor.css",
        include_str!("../../../../../benches/floor/floor.css"),
    ),
    (
        "floor.js",
        include_str!("../../../../../benches/floor/floor.js"),
    ),
];

/// Where it loads its marks by itself.
pub(crate) const LOADED: &str = "/floor/index.html?marks";

/// Serves the floor beside the product.
fn serve(page: &Page, material: &Material) {
    for (name, words) in FILES {
        page.server.add(&format!("/floor/{name}"), words.as_bytes());
    }
    page.server
        .add("/floor/text.txt", material.text().as_bytes());
    let marks = material.floor_marks();
    page.server.add("/floor/marks.json", marks.as_bytes());
}

/// Measures how its marks come in.
pub(crate) fn import(page: &Page, material: &Material, figures: &mut Figures, times: usize) {
    serve(page, material);
    repeat(figures, times, &[Measure::Painted], |_| {
        page.go("/floor/index.html");
        page.wait_until_loaded();
        rest(page);
        let timed = Gesture::key("i").time(page, || page.press("i"))?;
        Ok(vec![(Measure::Painted, timed.took)])
    });
}

/// Measures what else it can do. The page is open and holds marks.
pub(crate) fn measure(page: &Page, figures: &mut Figures, times: usize) {
    compare::edit(page, figures, 0..times);
    compare::hover(page, figures);
    compare::scroll(page, figures, times);
}

//! The product, with all that it does beyond the floor.

use std::ops::Range;

use browser_tests::{Page, page::Point};

use crate::compare;
use crate::figure::{Figures, Measure};
use crate::gesture::{Gesture, Run, repeat, rest};
use crate::material::Material;

/// Measures everything but importing and loading, for the rounds with these numbers. The page is open
/// and holds marks.
pub(crate) fn measure(page: &Page, figures: &mut Figures, rounds: Range<usize>) {
    let times = rounds.len();
    compare::edit(page, figures, rounds);
    compare::hover(page, figures);
    filter(page, figures, times);
    search(page, figures, times);
    jump(page, figures, times);
    compare::to_top(page);
    compare::scroll(page, figures, times);
    // What is not saved yet would be asked about when the page is left.
    page.see_saved();
}

/// Imports a file into a profile without marks. What the last run brought stays.
///
/// # Errors
/// Where there are no marks then.
pub(crate) fn import(
    page: &Page,
    material: &Material,
    figures: &mut Figures,
    times: usize,
) -> Result<(), String> {
    let file = material.annotations();
    let measures = [
        Measure::Read,
        Measure::Painted,
        Measure::Saved,
        Measure::ImportTask,
    ];
    let well = repeat(figures, times, &measures, |number| {
        if number > 0 {
            page.forget_everything();
        }
        rest(page);
        import_once(page, &file)
    });
    well.then_some(()).ok_or("there are no marks".into())
}

pub(crate) fn import_once(page: &Page, file: &str) -> Result<Run, String> {
    let chosen = Gesture {
        event: "change",
        key: "",
        effect: "dialog",
        last: false,
    };
    let read = chosen.time(page, || page.choose("marks.annotations.json", file))?;
    rest(page);
    let add = Gesture::click("saved", false);
    let saved = add.time(page, || {
        page.click_in("dialog", "Import annotations", "Add to article");
    })?;
    rest(page);
    let painted: Option<f64> = page.script("return probe.lastPaint();");
    let painted = painted.ok_or("no mark was painted")? - saved.start;
    let mut run = vec![
        (Measure::Read, read.took),
        (Measure::Painted, painted),
        (Measure::Saved, saved.took),
    ];
    if let (Some(reading), Some(adding)) = (read.task, saved.task) {
        run.push((Measure::ImportTask, reading.max(adding)));
    }
    Ok(run)
}

/// Lists one theme's marks only, then all again.
fn filter(page: &Page, figures: &mut Figures, times: usize) {
    repeat(figures, times, &[Measure::Filter], |_| {
        let clicks = [1, 0].map(|number| {
            let point: Option<Point> = page.script(&format!("return probe.filter({number});"));
            let point = point.ok_or("there is no filter")?;
            let timed = Gesture::click("list", true).time(page, || page.click_at(point))?;
            rest(page);
            Ok((Measure::Filter, timed.took))
        });
        clicks.into_iter().collect()
    });
}

/// Types a word into the list's search field, where there is one.
fn search(page: &Page, figures: &mut Figures, times: usize) {
    let find = || -> Option<Point> { page.script("return probe.search();") };
    if find().is_none() {
        return;
    }
    repeat(figures, times, &[Measure::Search], |_| {
        page.click_at(find().ok_or("the search field is gone")?);
        rest(page);
        let keys = ["t", "a"].map(|key| {
            let typed = Gesture {
                effect: "list",
                last: true,
                ..Gesture::key(key)
            };
            let timed = typed.time(page, || page.press(key))?;
            Ok((Measure::Search, timed.took))
        });
        page.press("Ctrl+A");
        page.press("Delete");
        rest(page);
        keys.into_iter().collect()
    });
    let _: Option<()> = page.script("document.activeElement?.blur();");
}

/// Clicks entries all over the list and waits until their marks are in view.
fn jump(page: &Page, figures: &mut Figures, times: usize) {
    repeat(figures, times, &[Measure::Jump], |number| {
        let share = (0.31 + number as f64 * 0.37).fract();
        let script = format!("probe.entry({share}).then(done);");
        let entry: Option<Point> = page.ask_later(&script, vec![]);
        let entry = entry.ok_or("no entry is in view")?;
        rest(page);
        let timed = Gesture::click("scroll", true).time(page, || page.click_at(entry))?;
        rest(page);
        Ok(vec![(Measure::Jump, timed.took)])
    });
    page.press("Escape");
}

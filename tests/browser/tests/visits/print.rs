//! The annotated text on paper.

use std::sync::Arc;

use browser_tests::generated::{annotations, source};
use browser_tests::page::{At, in_one_of};
use browser_tests::printed::{Picture, Word, plain};
use browser_tests::{Engine, Page, Paper, Printed, Visit, open};
use serde_json::json;
use themark::anchor::describe;
use themark::articles;
use themark::codebook::{Codebook, Colour, Scheme, ThemeId};
use themark::document::{Document, article};
use themark::text::Span;

use crate::scripts::open_second;

/// How many marks the article bears.
const MARKS: usize = 40;

/// A mark as it is imported.
struct Mark {
    passage: String,
    /// Names of its themes.
    themes: Vec<&'static str>,
    note: Option<String>,
}

impl Mark {
    /// An annotation of a document, at the place where its words come first.
    fn annotation(&self, document: &Document, id: usize) -> serde_json::Value {
        let mut quote = json!({ "type": "TextQuoteSelector", "exact": self.passage });
        if let Some(start) = document.text.text().find(&self.passage) {
            let span = Span::between(start, start + self.passage.len());
            let described = describe(&document.text, &document.digest, span).quote;
            let described = described.expect("words");
            quote["prefix"] = described.prefix().into();
            quote["suffix"] = described.suffix().into();
        }
        let tags = self.themes.iter();
        let tags =
            tags.map(|name| json!({ "type": "TextualBody", "purpose": "tagging", "value": name }));
        let note = self.note.iter();
        let note = note
            .map(|note| json!({ "type": "TextualBody", "purpose": "commenting", "value": note }));
        json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": format!("https://example.org/{id}"),
            "type": "Annotation",
            "body": tags.chain(note).collect::<Vec<_>>(),
            "target": { "source": &*document.record.source, "selector": quote },
        })
    }
}

/// Marks all over an article, of some words each that are there once. The last four lie over
/// four others and a word more on both sides; some of the rest have notes.
fn marks(document: &Document) -> Vec<Mark> {
    const WIDE: usize = 4;
    const KINDS: [&[&str]; 5] = [
        &["Sovereignty"],
        &["Energy"],
        &["Counterterrorism"],
        &[],
        &["Sovereignty", "Counterterrorism"],
    ];
    let text = document.text.text();
    let words: Vec<&str> = text.split_whitespace().collect();
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let passage = |from: usize, to: usize| {
        let (first, last) = (words[from], words[to]);
        &text[start(first)..start(last) + last.len()]
    };
    let (mut marks, mut wide) = (Vec::new(), Vec::new());
    for number in 0..MARKS - WIDE {
        let length = 3 + number % 3;
        let is_fit = |from: &usize| {
            let is_in_one_block = !passage(from - 1, from + length).contains('\n');
            is_in_one_block && text.matches(passage(*from, from + length - 1)).count() == 1
        };
        let from = 1 + number * words.len() / (MARKS - WIDE);
        let from = (from..).find(is_fit).expect("a passage");
        let is_noted = number >= WIDE && number % 3 == 0;
        marks.push(Mark {
            passage: passage(from, from + length - 1).to_owned(),
            themes: KINDS[number % KINDS.len()].to_vec(),
            note: is_noted.then(|| format!("What is noted on mark {number}")),
        });
        if number < WIDE {
            wide.push(Mark {
                passage: passage(from - 1, from + length).to_owned(),
                themes: vec!["Energy"],
                note: None,
            });
        }
    }
    marks.append(&mut wide);
    marks
}

/// Imports marks on an article, and words that are not in it.
fn import(page: &Page, document: &Document, marks: &[Mark]) {
    let lost = Mark {
        passage: "words that nobody ever wrote".into(),
        themes: vec!["Energy"],
        note: Some("What is noted on lost words".into()),
    };
    let all = marks.iter().chain([&lost]).zip(1..);
    let all: Vec<_> = all
        .map(|(mark, id)| mark.annotation(document, id))
        .collect();
    page.import(&json!(all).to_string());
    // The words are lost once they have been looked for.
    let review = |page: &Page| {
        let buttons = page.buttons_in("region", "Annotations");
        buttons.into_iter().find(|name| name.starts_with("Review"))
    };
    page.see(
        "the marks without a place",
        review,
        Some("Review 1".to_owned()),
    );
}

/// Prints as if nothing was marked, on paper of the same layout.
fn print_bare(page: &Page, paper: Paper) -> Printed {
    let _: bool = page.script(
        "window.bare = () => {
           for (const line of document.querySelectorAll('.printed .line')) line.style.textDecoration = 'none';
         };
         addEventListener('beforeprint', bare);
         return true;",
    );
    let printed = page.print(paper);
    let _: bool = page.script("removeEventListener('beforeprint', bare); return true;");
    printed
}

/// The line of a theme on paper; nothing for untagged marks.
fn colour(theme: Option<&str>) -> [u8; 3] {
    let codebook = Codebook::first();
    let theme = theme.and_then(|name| codebook.named(name));
    let grey = Colour(0x8a, 0x8a, 0x8a);
    let Colour(red, green, blue) = theme
        .map_or(grey, |theme| theme.colour)
        .as_line(Scheme::Light);
    [red, green, blue]
}

/// Where below a word lines are: from its middle to as far below it.
fn below(word: &Word) -> impl Iterator<Item = (usize, usize)> + use<> {
    let area = word.area;
    let height = area.bottom - area.top;
    let rows = (area.top + 0.6 * height) as usize..(area.bottom + 0.4 * height) as usize;
    (area.left.ceil() as usize..area.right as usize)
        .flat_map(move |x| rows.clone().map(move |y| (x, y)))
}

fn is_near(one: [u8; 3], other: [u8; 3]) -> bool {
    one.iter()
        .zip(other)
        .all(|(one, other)| one.abs_diff(other) <= 32)
}

/// Sees a line below the words of a mark that is not there on the bare sheet, in the colour of
/// each of its themes.
#[track_caller]
fn see_lines(mark: &Mark, printed: &Printed, bare: &Printed) {
    let (mut colours, mut columns, mut width) = (Vec::new(), 0, 0.0);
    for word in printed.find(&mark.passage) {
        let (sheet, bare) = (&printed.sheets[word.sheet], &bare.sheets[word.sheet]);
        let mut last = None;
        for (x, y) in below(word) {
            if sheet.colour(x, y) != bare.colour(x, y) {
                colours.push(sheet.colour(x, y));
                columns += usize::from(last.replace(x) != Some(x));
            }
        }
        width += word.area.right - word.area.left;
    }
    // Dots and dashes leave gaps, and a mark may cover a part of what stands without a space.
    assert!(
        f64::from(columns as u32) > 0.3 * width,
        "“{}”: lines in {columns} of {width} columns",
        mark.passage
    );
    let untagged = mark.themes.is_empty().then_some(None);
    for theme in mark.themes.iter().copied().map(Some).chain(untagged) {
        let own = colour(theme);
        let seen = colours.iter().filter(|seen| is_near(**seen, own)).count();
        assert!(seen > 12, "“{}”: {seen} of {theme:?}", mark.passage);
    }
}

/// WebKit's driver prints nothing.
fn can_print() -> bool {
    !in_one_of(&[Engine::Webkit])
}

#[test]
fn every_mark_is_printed_wherever_the_page_is_scrolled_to() {
    if !can_print() {
        return;
    }
    let document = articles::all().remove(0);
    let page = open();
    let marks = marks(&document);
    import(&page, &document, &marks);
    for paper in [Paper::A4, Paper::LETTER] {
        let (printed, bare) = (page.print(paper), print_bare(&page, paper));
        assert!(printed.sheets.len() == bare.sheets.len() && printed.text() == bare.text());
        for mark in &marks {
            see_lines(mark, &printed, &bare);
        }
        for (number, sheet) in printed.sheets.iter().enumerate() {
            assert!(
                sheet.has_margins(24.0, 18.0, 16.0),
                "{paper:?}, sheet {number}"
            );
        }
        see_words(&printed, &document, &marks);
    }
}

/// Sees the whole text, the legend, the notes and where the text is from, and nothing of the
/// page around it.
#[track_caller]
fn see_words(printed: &Printed, document: &Document, marks: &[Mark]) {
    let bare = |words: &str| -> String {
        let words = plain(words);
        words
            .chars()
            .filter(|sign| !sign.is_ascii_digit())
            .collect()
    };
    let text = printed.text();
    for block in document.blocks.iter() {
        let words = block.span.of(document.text.text());
        assert!(bare(&text).contains(&bare(words)), "“{words}” in “{text}”");
    }
    let count = |name: &str| {
        marks
            .iter()
            .filter(|mark| mark.themes.contains(&name))
            .count()
    };
    for name in ["Sovereignty", "Energy", "Counterterrorism"] {
        assert!(
            text.contains(&format!("{name} {}", count(name))),
            "{name} in “{text}”"
        );
    }
    let untagged = marks.iter().filter(|mark| mark.themes.is_empty()).count();
    assert!(text.contains(&format!("Untagged {untagged}")), "{text}");
    let (_, end) = text.split_once(" Notes ").expect("a heading of the notes");
    for (mark, number) in marks.iter().filter(|mark| mark.note.is_some()).zip(1..) {
        let entry = format!("{number} “{}” {}", mark.passage, mark.themes.join(" "));
        let entry = format!(
            "{} {}",
            entry.trim(),
            mark.note.as_deref().unwrap_or_default()
        );
        assert!(end.contains(&entry), "“{entry}” in “{end}”");
        // The number stands behind the mark's last word, too.
        let last = printed.find(&format!("{}{number}", mark.passage));
        assert!(!last.is_empty());
    }
    for words in [
        "Marks without a sure place “words that nobody ever wrote” Energy",
        "These words are not in this text. What is noted on lost words",
        "Text: CC BY-ND 4.0 (https://creativecommons.org/licenses/by-nd/4.0/)",
    ] {
        assert!(end.contains(words), "“{words}” in “{end}”");
    }
    for words in [
        "Themark",
        "Download",
        "Import",
        "Annotations",
        "History",
        "Saved",
        "Search",
    ] {
        assert!(!text.contains(words), "“{words}” in “{text}”");
    }
    let last = printed.sheets.len() - 1;
    let on_last = printed.words.iter().filter(|word| word.sheet == last);
    assert!(
        on_last.count() > 40,
        "the last sheet is not nearly empty: {text}"
    );
}

#[test]
fn the_last_words_on_a_sheet_have_all_their_lines() {
    if !can_print() {
        return;
    }
    let sentence = "Éa sentence that is as long as any other and is read by nobody, ";
    let text = format!("A text\n{}", sentence.repeat(50).trim_end());
    let document = Arc::new(article::read(&source(&text)).expect("an article"));
    let codebook = Codebook::first();
    let themes: Vec<ThemeId> = codebook.themes().map(|theme| theme.id).collect();
    let whole = Span::between(0, document.text.text().len());
    // Seven lines deep.
    let marks = [themes.clone(), themes, Vec::new()].map(|themes| (whole, themes));
    let file = annotations(&document, marks.into_iter());
    let page = Visit::default().with_article(source(&text)).open();
    page.import(&file);
    // Between the last words of a sheet and its end is more or less room: of 1.2 cm, which a line
    // of text takes, every share.
    for step in 0..7 {
        let paper = Paper {
            height: Paper::A4.height - 0.2 * f64::from(step),
            ..Paper::A4
        };
        let printed = page.print(paper);
        assert!(printed.sheets.len() >= 2, "{}", printed.sheets.len());
        let (_, body) = text.split_once('\n').expect("a headline and more");
        let mut last = 0;
        for line in lines(printed.find(body)) {
            let sheet = &printed.sheets[line[0].sheet];
            see_all_colours(line, sheet);
            // No line of the sheet before hangs down into this one.
            if line[0].sheet != std::mem::replace(&mut last, line[0].sheet) {
                let above = line[0].area.top as usize * sheet.width;
                let mut shades = sheet.pixels[..3 * above].iter();
                assert!(shades.all(|shade| *shade == 255), "{paper:?}: {line:?}");
            }
        }
    }
}

/// Words by the lines of text that they stand in.
fn lines(words: &[Word]) -> impl Iterator<Item = &[Word]> {
    words.chunk_by(|one, next| one.sheet == next.sheet && one.area.top == next.area.top)
}

/// Sees lines of all themes and of none below a line of text.
#[track_caller]
fn see_all_colours(line: &[Word], sheet: &Picture) {
    let (first, last) = (line[0].area, line[line.len() - 1].area);
    let height = first.bottom - first.top;
    let top = (first.bottom - 0.4 * height) as usize;
    let rows = top..(top + (1.8 * height) as usize).min(sheet.height);
    let columns = first.left as usize..last.right as usize;
    let below = rows.flat_map(|y| columns.clone().map(move |x| sheet.colour(x, y)));
    let below: Vec<[u8; 3]> = below.collect();
    for theme in [
        Some("Sovereignty"),
        Some("Energy"),
        Some("Counterterrorism"),
        None,
    ] {
        let own = colour(theme);
        let seen = below.iter().filter(|seen| is_near(**seen, own)).count();
        assert!(seen > 12, "{seen} of {theme:?} below {line:?}");
    }
}

#[test]
fn a_sheet_is_there_while_the_browser_prints() {
    let page = open();
    page.mark("sparked by rising gas prices", "2");
    page.see_saved();
    page.wait_until_printable();
    let sheets = |page: &Page| -> usize {
        page.script("return document.querySelectorAll('.printed').length;")
    };
    assert_eq!(sheets(&page), 0);
    // Twice, as where a print is called off before the engine says that it is over.
    for _ in 0..2 {
        let _: bool = page.script("return dispatchEvent(new Event('beforeprint'));");
        assert_eq!(sheets(&page), 1);
    }
    // As on paper: in WebKit, whose driver prints nothing, that is all there is to see.
    let shown_by = |media: &str| {
        let script = "document.querySelector('link[href*=print]').media = 'MEDIA'; return true;";
        let _: bool = page.script(&script.replace("MEDIA", media));
    };
    shown_by("all");
    page.wait("the sheet is shown", || {
        page.holds("getComputedStyle(document.querySelector('.printed')).display === 'block'")
    });
    let (words, line, others): (String, String, usize) = page.script(
        "const line = document.querySelector('.printed .text .line');
         const { textDecorationLine, textDecorationStyle } = getComputedStyle(line);
         const seen = [...document.body.children].filter((each) => each.checkVisibility());
         return [line.textContent, `${textDecorationLine} ${textDecorationStyle}`, seen.length - 1];",
    );
    shown_by("print");
    assert_eq!(words, "sparked by rising gas prices");
    assert_eq!((&*line, others), ("underline dashed", 0));
    let _: bool = page.script("return dispatchEvent(new Event('afterprint'));");
    assert_eq!(sheets(&page), 0);
    assert_eq!(page.script::<String>("return document.title;"), "Themark");
}

#[test]
fn what_stands_out_on_the_page_does_so_on_paper_and_footnotes_are_referred_to() {
    let page = open();
    crate::library::begin(&page);
    let words = "# Notes\n\nOne *stressed*, **strong**, `typed` word.[^1] And H~2~O, m^2^.\n\n[^1]: Said below.\n";
    page.choose_for("Text files", "notes.md", words.as_bytes());
    crate::library::add(&page, 1);
    page.see_saved();
    page.wait_until_printable();
    page.mark("strong, typed", "1");
    page.see_saved();
    let printed: Vec<String> = page.script(
        "dispatchEvent(new Event('beforeprint'));
         const sheet = document.querySelector('.printed');
         const all = [...sheet.querySelectorAll('em, strong, code, sub, sup')];
         const said = all.map((own) => `${own.localName} ${own.className}`.trim() + ` ${own.textContent}`);
         const under = [...sheet.querySelectorAll('.line :is(strong, code)')];
         dispatchEvent(new Event('afterprint'));
         return [...said, `${under.length} under lines`];",
    );
    let expected = [
        "em stressed",
        "strong strong",
        "code typed",
        "sup reference 1",
        "2 under lines",
    ];
    let is_other = |own: &&String| own.starts_with("sub") || *own == "sup 2";
    let standing: Vec<&String> = printed.iter().filter(|own| !is_other(own)).collect();
    assert_eq!(standing, expected);
}

#[test]
fn printing_leaves_the_page_as_it_was() {
    if !can_print() {
        return;
    }
    let page = open();
    let words = "more attractive to foreign investment";
    page.scroll_to(words, At::Top);
    page.select(words);
    page.wait("it can be tagged", || page.has("toolbar", "Tag selection"));
    let seen = |page: &Page| -> (i32, String, String) {
        page.script(
            "return [Math.round(document.querySelector('.reader').scrollTop),
               document.activeElement.tagName, document.title];",
        )
    };
    let before = seen(&page);
    assert_eq!(before.2, "Themark");
    let _: bool = page.script(
        "addEventListener('beforeprint', () => window.printedAs = document.title); return true;",
    );
    let printed = page.print(Paper::A4);
    assert!(printed.text().contains("Why the US cares"));
    page.see("where it is", seen, before);
    page.see_selected(words);
    assert!(page.holds("document.querySelector('.printed') === null"));
    let title: String = page.script("return window.printedAs;");
    assert!(title.starts_with("Why the US cares"), "{title}");
    page.press("1");
    page.see_status("Tagged Sovereignty");
}

#[test]
fn what_is_being_written_is_printed() {
    let page = open();
    page.mark("sparked by rising gas prices", "2");
    page.wait_until_printable();
    page.press("n");
    page.see_note_field();
    page.write("Whose prices?");
    let sheet: String = page.script(
        "dispatchEvent(new Event('beforeprint'));
         const sheet = document.querySelector('.printed').textContent;
         dispatchEvent(new Event('afterprint'));
         return sheet;",
    );
    assert!(sheet.contains("Whose prices?"), "{sheet}");
}

#[test]
fn what_is_printed_in_the_dark_is_the_same_as_in_the_light() {
    if !can_print() {
        return;
    }
    let document = articles::all().remove(0);
    let marks = marks(&document);
    let printed = |visit: Visit| {
        let page = visit.open();
        import(&page, &document, &marks);
        page.print(Paper::A4)
    };
    let (light, dark) = (
        printed(Visit::default()),
        printed(Visit::default().in_the_dark()),
    );
    assert!(light.sheets == dark.sheets);
}

#[test]
fn text_from_right_to_left_is_printed_at_the_right() {
    if !can_print() {
        return;
    }
    let page = open();
    open_second(&page);
    page.mark("נכתבת מימין לשמאל", "1");
    page.see_saved();
    let printed = page.print(Paper::A4);
    let width = printed.sheets[0].width as f64;
    // Each by its first word; poppler gives signs in the order in which they stand on the line.
    for (word, is_right) in [("עברית", true), ("العربية", true), ("One", false)] {
        let seen: String = match is_right {
            true => word.chars().rev().collect(),
            false => word.to_owned(),
        };
        let area = printed.find(&seen)[0].area;
        let (left, right) = (area.left, width - area.right);
        assert!((right < left) == is_right, "{word}: {area:?}");
    }
}

/// Named so that this is left out as well where the file can't be made.
mod single {
    use super::{Page, Paper, can_print, open};
    use crate::single::open_file;

    #[test]
    fn the_page_in_one_file_prints_the_same_sheet() {
        if !can_print() {
            return;
        }
        let printed = |page: &Page| {
            page.mark("sparked by rising gas prices", "2");
            page.press("Escape");
            page.see_saved();
            page.print(Paper::A4)
        };
        let page = open();
        let hosted = printed(&page);
        open_file(&page);
        assert!(printed(&page).sheets == hosted.sheets);
    }
}

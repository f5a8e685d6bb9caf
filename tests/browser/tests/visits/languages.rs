//! Texts of one's own in many languages: opened from files, marked, downloaded and taken in again.

use browser_tests::{Page, open};

use crate::library::{add, begin};

/// A file: its name, what it holds, the passage that is marked, and in which direction its blocks run.
type Text = (&'static str, &'static str, &'static str, &'static str);

const TEXTS: [Text; 7] = [
    (
        "hebrew.txt",
        "שאלה\n\nמה קרה ביום הראשון? אמרו לנו שהמחיר עלה פי שניים, ואיש לא הסביר למה.",
        "שהמחיר עלה פי שניים",
        "rtl",
    ),
    (
        "arabic.html",
        "<!doctype html><html lang=ar><title>مقابلة</title><body><main><h1>مقابلة</h1><p>قالت لنا إنّ سعرَ الغازِ تضاعف في يومٍ واحد، ولم يسألنا أحد عن رأينا.</p></main></html>",
        "سعرَ الغازِ تضاعف",
        "rtl",
    ),
    (
        "hindi.md",
        "# बातचीत\n\nउन्होंने कहा कि **गैस की क़ीमत** एक दिन में दुगुनी हो गई, और किसी ने कारण नहीं बताया।",
        "गैस की क़ीमत",
        "ltr",
    ),
    (
        "thai.txt",
        "สัมภาษณ์\n\nเขาบอกว่าราคาก๊าซเพิ่มขึ้นเป็นสองเท่าภายในวันเดียวและไม่มีใครอธิบาย",
        "ราคาก๊าซเพิ่มขึ้น",
        "ltr",
    ),
    (
        "chinese.md",
        "# 访谈\n\n他说，天然气的价格一天之内涨了一倍，没有人告诉我们为什么。",
        "天然气的价格",
        "ltr",
    ),
    (
        "japanese.txt",
        "聞き取り\n\n一日でガスの値段が二倍になり、誰も理由を説明しなかった。",
        "ガスの値段が二倍",
        "ltr",
    ),
    (
        "emoji.txt",
        "Signs\n\nA family 👨‍👩‍👧‍👦 and a flag 🇰🇿 stood there 👍🏽, and e\u{301}tude is written with two.",
        "🇰🇿 stood there 👍🏽",
        "ltr",
    ),
];

/// Opens the document that has a passage; the direction in which the block runs that has it.
fn show(page: &Page, number: usize) -> String {
    let (_, _, passage, _) = TEXTS[number];
    let title = TITLES[number];
    let _: bool = page.script(&format!(
        "[...document.querySelectorAll('.documents button')]
           .find((own) => own.querySelector('span').textContent === '{title}').click();
         return true;"
    ));
    page.wait("the text is there", || {
        page.holds(&format!(
            "document.querySelector('article').textContent.includes('{passage}')"
        ))
    });
    page.script(&format!(
        "const all = [...document.querySelectorAll('article [dir]')];
         return getComputedStyle(all.find((own) => own.textContent.includes('{passage}'))).direction;"
    ))
}

const TITLES: [&str; 7] = [
    "hebrew",
    "مقابلة",
    "बातचीत",
    "thai",
    "访谈",
    "japanese",
    "emoji",
];

#[test]
fn texts_of_many_languages_are_marked_and_come_back_as_they_were() {
    let page = open();
    begin(&page);
    for (name, text, ..) in TEXTS {
        page.choose_for("Text files", name, text);
    }
    add(&page, TEXTS.len());
    let files: Vec<String> = (0..TEXTS.len())
        .map(|number| {
            let (name, _, passage, direction) = TEXTS[number];
            assert_eq!(show(&page, number), direction, "{name}");
            page.mark(passage, "2");
            page.press("Escape");
            // It is checked against the text: offsets in code points, quotes to the sign.
            let export = page.export();
            assert_eq!(export.listed(), [format!("{passage} [Energy]")], "{name}");
            page.see_saved();
            export.value.to_string()
        })
        .collect();
    for (number, file) in files.iter().enumerate() {
        let (name, _, passage, _) = TEXTS[number];
        show(&page, number);
        page.import_nothing_new(file);
        page.press("j");
        page.press("Delete");
        page.see("nothing is marked", Page::listed, Vec::<String>::new());
        page.import(file);
        page.see("it is back", Page::listed, [format!("{passage} [Energy]")]);
        assert_eq!(
            page.export().listed(),
            [format!("{passage} [Energy]")],
            "{name}"
        );
    }
    assert_eq!(page.alerts(), Vec::<String>::new());
}

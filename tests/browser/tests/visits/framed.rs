//! The page inside another one, where no header forbids it.

use browser_tests::{Visit, server::BLANK};

const PASSAGE: &str = "sparked by rising gas prices";

/// Counts how often anything that is stored is asked for, by a page or one inside it.
const WATCH: &str = "
    top.looked ??= [];
    for (const [what, name] of [[IDBFactory, 'open'], [Storage, 'getItem']]) {
      const own = what.prototype[name];
      what.prototype[name] = function (...words) {
        top.looked.push(`${name} ${words[0]}`);
        return own.apply(this, words);
      };
    }";

#[test]
fn in_a_frame_nothing_is_started_nothing_read_and_the_way_out_is_shown() {
    let page = Visit::default().after(WATCH).open();
    page.mark(PASSAGE, "1");
    page.see_saved();
    page.server.add(
        "/around.html",
        b"<!doctype html><title>Around</title><iframe src=\"/\" width=\"900\" height=\"600\"></iframe>"
            .to_vec(),
    );
    // What the first page fetches while it rests is not asked for by the one in the frame.
    page.go(BLANK);
    let before = page.server.asked().len();
    page.go("/around.html");
    page.wait("the page in the frame says so", || {
        page.holds(
            "document.querySelector('iframe').contentDocument?.querySelector('h1')?.textContent
               === 'Themark does not run inside another page'",
        )
    });
    page.settle();
    let asked = page.server.asked().split_off(before);
    let program = [".wasm", ".article"];
    let is_program = |path: &&String| program.iter().any(|end| path.ends_with(end));
    assert_eq!(asked.iter().find(is_program), None, "{asked:?}");
    let looked: Vec<String> = page.script("return window.looked;");
    assert_eq!(looked, Vec::<String>::new());
    // It is words and a link, seen in the frame, and nothing has gone wrong.
    let wrongs: Vec<String> =
        page.script("return document.querySelector('iframe').contentWindow.wrongs;");
    assert_eq!(wrongs, Vec::<String>::new());
    let (address, target, seen): (String, String, bool) = page.script(
        "const frame = document.querySelector('iframe').contentDocument;
         const [link, ...others] = frame.querySelectorAll('a, button, input, select');
         const { width, height } = link.getBoundingClientRect();
         return [link.href, link.target, others.length === 0 && width > 0 && height > 0];",
    );
    assert_eq!(address, format!("{}/", page.server.origin()));
    assert_eq!(target, "_blank");
    assert!(seen);
    page.go_to(&address);
    page.wait_until_loaded();
    page.see("the list", |page| page.quotes(), vec![PASSAGE.to_owned()]);
}

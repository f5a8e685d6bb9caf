//! Bringing in whatever comes: files that are chosen or dropped, folders, words that are pasted. What
//! each is read as and would do is shown first, and what is wrong with it stands beside it.

mod bookmark;
mod drawn;
mod line;
mod queue;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use self::line::{Line, Stage};
use self::queue::Bringing;
pub(super) use self::queue::kind_of;
use super::dialog::Dialog;
use super::elements::{button, effect, ended, live, part, press, tagged};
use super::file_picker::ANYTHING;
use super::import;
use super::modal::Modal;
use super::page::{Brought, Page};
use crate::browser::entries::{self, InFolder, Walked};
use crate::browser::{file, object};
use crate::replace::NewVersion;
use crate::session::Session;
use crate::walk::Why;
use crate::words;

/// The dialog.
#[component]
pub(super) fn TextsDialog(session: Session, page: Page) -> impl IntoView {
    let bringing = Bringing::new(session, page);
    // What is there, and what comes while the dialog is open.
    effect(move || {
        page.arrived.track();
        bringing.take();
    });
    on_cleanup(move || bringing.stop_reading());
    let tally = Memo::new(move |_| bringing.tally());
    let close = move || page.dialog.set(Dialog::None);
    // What was typed is a text like the others, whether it was taken or not.
    let is_typed = Memo::new(move |_| page.typed.with(|typed| !typed.trim().is_empty()));
    let bring = move || {
        if is_typed.get_untracked() {
            if take_typed(page) {
                bringing.bring_once_read();
            }
        } else {
            bringing.bring();
        }
    };
    view! {
        <Modal page heading=words::texts::HEADING>
            {tagged("p", words::texts::INTRO)}
            {ways_in(page)}
            <p class="unseen" role="status">
                {live(move || words::texts::read(tally.with(|tally| tally.documents)))}
            </p>
            {part(move || progress(bringing, tally.with(|tally| tally.done)))}
            {part(move || {
                let known = tally.with(|tally| tally.known);
                let all = press(move || bringing.choose_versions());
                (known > 1).then(|| {
                    view! { <button type="button" on:click=all>{words::texts::all_versions(known)}</button> }
                        .into_any()
                })
            })}
            {part(move || drawn::left(bringing))}
            {part(move || drawn::list(bringing))}
            {bookmark::drawn(session)}
            <div class="actions">
                {button("", words::common::CANCEL, close)}
                {part(move || {
                    bringing.changed.track();
                    let replace = move || {
                        let new = bringing.lines.with_untracked(|lines| only(lines));
                        page.dialog.set(Dialog::Replace(new));
                    };
                    let is_alone = bringing.lines.with(|lines| only(lines).is_some());
                    (is_alone && !session.has_none_open())
                        .then(|| button("", words::texts::REPLACE, replace))
                })}
                <button
                    class="main"
                    aria-disabled=live(move || {
                        let has_none = tally.with(queue::Tally::is_empty);
                        (has_none && !(is_typed.get() && tally.with(|own| own.coming == 0))).to_string()
                    })
                    on:click=press(bring)
                >
                    {live(move || {
                        tally.with(|own| {
                            if own.coming > 0 {
                                return words::texts::READING.into();
                            }
                            let is_there = own.there.is_some();
                            let documents = own.documents + usize::from(is_typed.get());
                            words::texts::act(documents, own.versions, own.annotations, is_there)
                        })
                    })}
                </button>
            </div>
        </Modal>
    }
}

/// Choosing files and folders, and pasting.
fn ways_in(page: Page) -> AnyView {
    let field = NodeRef::<html::Textarea>::new();
    let take = move || {
        if let Some(field) = field.get_untracked() {
            page.typed.set(field.value());
            let _ = take_typed(page);
        }
    };
    let files = NodeRef::<html::Input>::new();
    let folder = NodeRef::<html::Input>::new();
    let click = |input: NodeRef<html::Input>| {
        move || {
            if let Some(input) = input.get_untracked() {
                input.click();
            }
        }
    };
    let input = |own: NodeRef<html::Input>, label, accept, take: fn(Page, Vec<File>)| {
        view! {
            <input
                node_ref=own
                type="file"
                hidden
                multiple
                accept=accept
                aria-label=label
                on:change=move |event| take(page, chosen(&event))
            />
        }
        .into_any()
    };
    let take_folder = |page, files| open_walked(page, entries::chosen(files));
    let of_folder = input(folder, words::texts::FOLDER, "", take_folder);
    // Phones know no folders.
    let has_folders = RwSignal::new(false);
    effect(move || {
        if let Some(input) = folder.get() {
            has_folders.set(object::has(&input, "webkitdirectory"));
            // An attribute's own name is not refused.
            let _ = input.set_attribute("webkitdirectory", "");
        }
    });
    view! {
        {input(files, words::texts::FILES, ANYTHING, open)}
        {of_folder}
        <div class="pasting">
            {button("main", words::texts::CHOOSE, click(files))}
            {part(move || {
                has_folders.get().then(|| button("", words::texts::CHOOSE_FOLDER, click(folder)))
            })}
            <textarea
                node_ref=field
                rows="2"
                dir="auto"
                aria-label=words::texts::PASTE
                placeholder=words::texts::PASTE
                prop:value=live(move || page.typed.get())
                on:input=move |event| page.typed.set(event_target_value(&event))
                // What is pasted is there a moment later, and taken at once.
                on:paste=move |_| request_animation_frame(take)
            ></textarea>
            {button("", words::texts::TAKE, take)}
        </div>
    }
    .into_any()
}

/// Takes the words that were typed; whether there were any.
fn take_typed(page: Page) -> bool {
    let taken = page.typed.with_untracked(|typed| pasted(typed, false));
    let is_any = taken.is_some();
    if is_any {
        page.typed.set(String::new());
    }
    show(page, taken);
    is_any
}

/// The files that were chosen.
fn chosen(event: &web_sys::Event) -> Vec<File> {
    let input = event
        .target()
        .and_then(|own| own.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else {
        return Vec::new();
    };
    let files = file::all(input.files());
    // So that choosing the same file again is a change again.
    input.set_value("");
    files
}

/// How far the reading of several is, and what ends it.
fn progress(bringing: Bringing, done: usize) -> Option<AnyView> {
    let all = bringing.lines.with(Vec::len);
    if all < 2 || done == all {
        return None;
    }
    let said = words::texts::progress(done, all);
    let bar = view! {
        <div class="work" role="group" aria-label=words::texts::READING>
            <span>{said}</span>
            <progress aria-label=words::texts::READING max=all.to_string() value=done.to_string()></progress>
            {button("", words::texts::STOP_ALL, move || bringing.stop_all())}
        </div>
    };
    Some(bar.into_any())
}

fn of_file((file, folder): InFolder) -> Brought {
    Brought {
        name: file.name(),
        held: file.into(),
        is_fragment: false,
        folder,
        sent: None,
    }
}

/// Shows files, to be opened.
pub(super) fn open(page: Page, files: Vec<File>) {
    let files = files.into_iter().map(|file| (file, String::new()));
    show(page, files.map(of_file));
}

/// Shows what lies in folders, to be opened, and what of it was left.
pub(super) fn open_walked(page: Page, walked: Walked) {
    let said = |(path, why)| {
        let why = match why {
            Why::Hidden => words::texts::why::HIDDEN.into(),
            Why::TooDeep => words::texts::why::TOO_DEEP.into(),
            Why::TooMany => words::texts::why::TOO_MANY.into(),
            Why::TooLarge => words::texts::why::TOO_LARGE.into(),
            Why::Unreadable(reason) => words::texts::why::unreadable(&reason),
        };
        (path, why)
    };
    let left = walked.left.into_iter().map(said);
    let more = words::count::more(walked.more).map(|more| (String::new(), more));
    page.left.update_value(|all| all.extend(left.chain(more)));
    show(page, walked.files.into_iter().map(of_file));
}

/// Shows what was pasted on the page, to be opened.
pub(super) fn take_pasted(page: Page, html: String, words: String) {
    let is_fragment = !html.trim().is_empty();
    show(
        page,
        pasted(if is_fragment { &html } else { &words }, is_fragment),
    );
}

/// Has the dialog take what came, which is opened for it: as soon as what is done in another dialog is
/// done.
pub(super) fn show(page: Page, brought: impl IntoIterator<Item = Brought>) {
    page.brought.update_value(|all| all.extend(brought));
    let is_taken = |open: &Dialog| !matches!(open, Dialog::None | Dialog::Texts);
    if !page.dialog.with_untracked(is_taken) {
        show_what_came(page);
    }
}

fn show_what_came(page: Page) {
    let is_any = page.brought.with_value(|all| !all.is_empty());
    if is_any || page.left.with_value(|all| !all.is_empty()) {
        page.open(Dialog::Texts);
        page.arrived.notify();
    }
}

/// Shows what has come while another dialog was open, once that is closed.
pub(super) fn follow_dialogs(page: Page) {
    let is_open = move || page.dialog.with(|open| *open != Dialog::None);
    ended(is_open, move || {
        if !import::show_next(page) {
            show_what_came(page);
        }
    });
}

/// What was pasted, as something that is to be opened; nothing where it holds nothing.
fn pasted(held: &str, is_fragment: bool) -> Option<Brought> {
    if held.trim().is_empty() {
        return None;
    }
    let held = file::piece(held).ok()?;
    Some(Brought {
        name: String::new(),
        held,
        is_fragment,
        folder: String::new(),
        sent: None,
    })
}

/// The version that may stand in the place of the open document's: the only one that was read.
fn only(lines: &[Line]) -> Option<NewVersion> {
    let [line] = lines else { return None };
    line.with(|stage| match stage {
        Stage::Text(text) => Some(NewVersion {
            version: text.reading.version.clone(),
            is_plain: text.reading.is_plain,
        }),
        _ => None,
    })
}

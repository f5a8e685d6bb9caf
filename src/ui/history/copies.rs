//! The copies of the last days, and the folder that gets them too.

use std::rc::Rc;

use leptos::prelude::*;

use super::super::attempt::{Attempt, Drawing, named, read};
use super::super::dialog::Version;
use super::super::elements::{button, part, tagged};
use super::super::focus::focus_first;
use super::super::page::Page;
use super::super::resting;
use super::elements::{dated, file_name, go_back, lead_back, show_restoration};
use crate::browser::folder::{self, Folder};
use crate::browser::{clock, file, is_hosted};
use crate::session::Session;
use crate::session::copying::{Copies, Listed, Mirrored};
use crate::session::records::Stored;
use crate::words::{self, count::size};

/// The copies, for as long as the dialog is open.
type OpenCopies = StoredValue<Option<Rc<Copies>>, LocalStorage>;

/// The list of copies, with what can be done about them.
#[component]
pub(super) fn DailyCopies(session: Session, page: Page, version: Option<Version>) -> impl IntoView {
    let copies: OpenCopies = StoredValue::new_local(None);
    let failing = resting::failing().map(|(since, reason)| {
        let words = words::history::copies::failing(&clock::shown(since), &reason);
        view! { <p class="wrong">{words}</p> }
    });
    let list_of_copies = if is_hosted() {
        read(async move {
            let all = list(copies).await?;
            Ok(Box::new(move || listed(session, page, copies, all, version)) as Drawing)
        })
    } else {
        tagged("p", words::history::copies::NONE_IN_FILE)
    };
    let mirroring =
        (is_hosted() && folder::can_be_chosen()).then(|| view! { <Mirroring copies /> });
    view! {
        <div class="past">
            {failing}
            {list_of_copies}
            {mirroring}
        </div>
    }
}

fn listed(
    session: Session,
    page: Page,
    copies: OpenCopies,
    all: Vec<(Listed, bool)>,
    version: Option<Version>,
) -> AnyView {
    lead_back(version);
    if all.is_empty() {
        return tagged("p", words::history::copies::NONE_YET);
    }
    let rows: Vec<AnyView> = all
        .into_iter()
        .map(|(copy, is_own)| row(session, page, copies, copy, is_own))
        .collect();
    view! { <ul class="moments">{rows}</ul> }.into_any()
}

/// The copies, opened when somebody first asks.
async fn opened(copies: OpenCopies) -> Result<Rc<Copies>, String> {
    if let Some(opened) = copies.try_get_value().flatten() {
        return Ok(opened);
    }
    let opened = Rc::new(Copies::open().await?);
    copies.try_set_value(Some(opened.clone()));
    Ok(opened)
}

/// All copies, newest first, and whether each is of the journal that is here: where that can't be
/// told, no copy is called another's.
async fn list(copies: OpenCopies) -> Result<Vec<(Listed, bool)>, String> {
    let all = opened(copies).await?.list().await?;
    let begun = async {
        match Stored::open().await? {
            Some(stored) => stored.begun().await,
            None => Ok(None),
        }
    };
    let begun = begun.await;
    let is_own = |listed: &Listed| {
        let first = Some(listed.copy.first);
        begun.as_ref().map_or(true, |begun| *begun == first)
    };
    Ok(all
        .into_iter()
        .map(|listed| {
            let is_own = is_own(&listed);
            (listed, is_own)
        })
        .collect())
}

fn row(session: Session, page: Page, copies: OpenCopies, listed: Listed, is_own: bool) -> AnyView {
    let Listed {
        key,
        copy,
        size: bytes,
    } = listed;
    let (at, first) = (copy.at, copy.first);
    let written = clock::shown(at);
    let what = if is_own {
        size(bytes)
    } else {
        words::history::copies::of_earlier_work(&size(bytes))
    };
    let contents = move || async move {
        let copies = opened(copies).await?;
        let contents = copies.contents(key).await?;
        if !is_own {
            // Who looks at it knows of the work that is gone; where that fails it is told again.
            let _ = copies.know(first).await;
        }
        Ok::<_, String>(contents)
    };
    let attempt = Attempt::new();
    let download = move || {
        attempt.make(async move {
            let name = file_name(&[&format!("themark {}", clock::stamp(at))]);
            file::offer(&name, &contents().await?)
        });
    };
    let version = Version::Copy(key);
    let back = move || {
        attempt.make(async move {
            let pieces = js_sys::Array::of1(&contents().await?.into());
            let name = file_name(&[&words::history::copies::copy_of(&clock::stamp(at))]);
            let file = file::of(&name, &pieces)?;
            show_restoration(session, page, attempt, file, version);
            Ok(())
        });
    };
    view! {
        <li>
            {dated(at, written.clone(), &what)}
            <span class="acts">
                {named(
                    words::history::copies::DOWNLOAD,
                    words::history::copies::download(&written),
                    download,
                )}
                {go_back(version, words::history::copies::go_back(&written), back)}
            </span>
            {attempt.view()}
        </li>
    }
    .into_any()
}

/// A folder that a person has chosen gets the copies too, where the browser can do that.
#[component]
fn Mirroring(copies: OpenCopies) -> impl IntoView {
    // Raised to read anew how it stands, which takes the focus back to what can be pressed then.
    let refresh = RwSignal::new(0);
    view! {
        <div class="folder">
            {part(move || {
                let is_again = refresh.get() > 0;
                Some(read(async move {
                    let standing = standing(copies).await?;
                    Ok(Box::new(move || {
                        if is_again {
                            request_animation_frame(|| focus_first("dialog .folder button"));
                        }
                        mirrored(copies, refresh, standing)
                    }) as Drawing)
                }))
            })}
        </div>
    }
}

/// How it stands with the folder.
#[derive(Clone)]
struct Standing {
    folder: send_wrapper::SendWrapper<Folder>,
    mirrored: Mirrored,
    is_allowed: bool,
}

async fn standing(copies: OpenCopies) -> Result<Option<Standing>, String> {
    let Some((folder, mirrored)) = opened(copies).await?.folder().await? else {
        return Ok(None);
    };
    Ok(Some(Standing {
        is_allowed: folder.is_allowed().await,
        folder: send_wrapper::SendWrapper::new(folder),
        mirrored,
    }))
}

fn mirrored(copies: OpenCopies, refresh: RwSignal<u32>, standing: Option<Standing>) -> AnyView {
    let attempt = Attempt::new();
    // What there is goes there at once, not with the next one.
    let write_now = move || async move {
        opened(copies).await?.mirror().await?;
        refresh.try_update(|refresh| *refresh += 1);
        Ok::<_, String>(())
    };
    let Some(Standing {
        folder,
        mirrored,
        is_allowed,
    }) = standing
    else {
        let choose = move || {
            attempt.make(async move {
                let Some(chosen) = Folder::choose().await? else {
                    return Ok(());
                };
                opened(copies).await?.choose(Some(&chosen)).await?;
                write_now().await
            });
        };
        return view! {
            {button("", words::history::copies::KEEP_IN_FOLDER, choose)}
            {attempt.view()}
        }
        .into_any();
    };
    let name = folder.name();
    let last = mirrored.at.map(clock::shown);
    let words = if is_allowed {
        words::history::copies::go_to(&name, last.as_deref())
    } else {
        words::history::copies::went_to(&name, last.as_deref())
    };
    let failed = mirrored.failed.as_ref().map(|reason| {
        let words = words::history::copies::not_written(reason);
        view! { <p class="wrong">{words}</p> }
    });
    let again = if !is_allowed {
        Some(button("", words::history::copies::ALLOW, move || {
            let folder = folder.clone();
            attempt.make(async move {
                folder.ask().await;
                write_now().await
            });
        }))
    } else if mirrored.failed.is_some() {
        let again = move || attempt.make(write_now());
        Some(button("", words::common::TRY_AGAIN, again))
    } else {
        None
    };
    let stop = move || {
        attempt.make(async move {
            opened(copies).await?.choose(None).await?;
            refresh.try_update(|refresh| *refresh += 1);
            Ok(())
        });
    };
    view! {
        {tagged("p", words)}
        {failed}
        {again}
        {button("", words::history::copies::STOP, stop)}
        {attempt.view()}
    }
    .into_any()
}

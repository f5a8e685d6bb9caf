//! Draws the dialog that is open.

use leptos::prelude::*;

use super::dialog::Dialog;
use super::document_dialog::DocumentDialog;
use super::export::ExportDialog;
use super::folders::{FolderDialog, MoveDialog};
use super::history::HistoryDialog;
use super::import::ImportDialog;
use super::key_list::KeysDialog;
use super::look_dialog::LookDialog;
use super::page::Page;
use super::palette::PaletteDialog;
use super::projects::ProjectsDialog;
use super::replace::ReplaceDialog;
use super::table::TableDialog;
use super::texts::TextsDialog;
use super::theme_dialog::ThemeDialog;
use crate::session::Session;

/// Draws a dialog.
pub(super) fn drawn(session: Session, page: Page, dialog: Dialog) -> AnyView {
    match dialog {
        Dialog::None => ().into_any(),
        Dialog::Palette => view! { <PaletteDialog session page /> }.into_any(),
        Dialog::Projects => view! { <ProjectsDialog session page /> }.into_any(),
        Dialog::Texts => view! { <TextsDialog session page /> }.into_any(),
        Dialog::Export => view! { <ExportDialog session page /> }.into_any(),
        Dialog::Document(id) => view! { <DocumentDialog session page id /> }.into_any(),
        Dialog::Move(ids) => view! { <MoveDialog session page ids /> }.into_any(),
        Dialog::Folder(name) => view! { <FolderDialog session page name /> }.into_any(),
        Dialog::Table => view! { <TableDialog session page /> }.into_any(),
        Dialog::Theme(id) => view! { <ThemeDialog session page id /> }.into_any(),
        Dialog::Look => view! { <LookDialog page /> }.into_any(),
        Dialog::Keys => view! { <KeysDialog page /> }.into_any(),
        Dialog::Replace(new) => view! { <ReplaceDialog session page new /> }.into_any(),
        Dialog::History(version) => view! { <HistoryDialog session page version /> }.into_any(),
        Dialog::Import(offer, version) => {
            view! { <ImportDialog session page offer version /> }.into_any()
        }
    }
}

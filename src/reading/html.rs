//! Reads HTML: a page, a part of one, what was copied from one.
//!
//! What a browser shows becomes blocks and what stands out in them. Nothing is fetched and nothing is
//! run: scripts, styles, forms, pictures and frames are left out, as is what a page hides.

mod address;
mod hidden;
mod notes;
mod table;
mod tree;
mod walk;

use std::rc::Rc;

pub(super) use address::{scheme, whole};
pub(super) use hidden::is_hidden;
#[cfg(test)]
use tree::DEEPEST;
pub(super) use tree::{NodeId, Tree, is_void};
pub(super) use walk::{Headline, Walk};

use crate::document::{Builder, Version};

/// Puts the blocks of a page at the end, its footnotes last.
pub fn blocks(html: &str, builder: &mut Builder) {
    let mut notes = Vec::new();
    chapter(html, None, builder, &mut notes);
    close(&notes, builder);
}

/// A footnote that has been referred to, and is still to be written.
#[derive(Clone, Debug)]
pub struct Note {
    /// What the text refers to it by.
    pub number: u32,
    tree: Rc<Tree>,
    node: NodeId,
    base: Option<Rc<str>>,
}

/// Puts the blocks of one page of several at the end; the footnotes come to those of the pages before.
/// Links are made whole by the page's own address, where that is known.
pub fn chapter(html: &str, address: Option<&str>, builder: &mut Builder, notes: &mut Vec<Note>) {
    let tree = Rc::new(Tree::parse(html));
    let base = base(&tree, address);
    Walk::new(&tree, base, Headline::First, builder).page(&tree, notes);
}

/// Closes a text with its footnotes.
pub fn close(notes: &[Note], builder: &mut Builder) {
    for note in notes {
        Walk::new(&note.tree, note.base.clone(), Headline::Nowhere, builder).note(note);
    }
}

/// What was copied from a page or from a word processor, as the clipboard has it.
#[must_use]
pub fn fragment(html: &str) -> Version {
    let copied = html
        .split_once("<!--StartFragment-->")
        .and_then(|(_, behind)| behind.split_once("<!--EndFragment-->"));
    let mut builder = Builder::default();
    blocks(copied.map_or(html, |(copied, _)| copied), &mut builder);
    builder.finish()
}

/// The address that links of a page are relative to.
pub(super) fn base(tree: &Tree, address: Option<&str>) -> Option<Rc<str>> {
    let own = tree.find("base");
    let own = own.and_then(|base| tree.attribute(base, "href"));
    let own = own.and_then(|own| whole(own, address));
    let base = own.filter(|own| scheme(own).is_some());
    base.as_deref().or(address).map(Rc::from)
}

#[cfg(test)]
pub(crate) mod tests;

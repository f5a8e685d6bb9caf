//! A document as semantic HTML. Every block bears its number in `data-block`; its
//! text nodes hold exactly its text.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;

use crate::document::{BlockKind, Document, Part};

/// The blocks of a document in header, body and footer.
#[component]
pub(super) fn ArticleText(document: Arc<Document>) -> impl IntoView {
    let parts = document.parts();
    let body = parts.body.into_iter().map(|part| match part {
        Part::Figure(blocks) => figure(&document, blocks),
        Part::Block(block) => self::block(&document, block),
    });
    let body = body.collect_view();
    let header = parts.header.into_iter().map(|part| match part {
        Part::Figure(blocks) => figure(&document, blocks),
        Part::Block(block) => self::block(&document, block),
    });
    let header = header.collect_view();
    let footer = parts.footer;
    // Who goes from heading to heading finds one at the top, whatever the text is.
    let title = document.version().headline().is_none().then(|| {
        let title = document.title.to_string();
        view! { <h1 class="unseen">{title}</h1> }
    });
    view! {
        {title}
        <header>{header}</header>
        {body}
        {(!footer.is_empty()).then(|| view! { <footer>{blocks(&document, footer)}</footer> })}
    }
}

fn blocks(document: &Document, range: Range<usize>) -> Vec<AnyView> {
    range.map(|block| self::block(document, block)).collect()
}

/// A figure whose picture is not ours to show: what it shows in words, its caption
/// and whose it is.
fn figure(document: &Document, range: Range<usize>) -> AnyView {
    let described = range
        .clone()
        .take_while(|block| document.blocks[*block].kind == BlockKind::Description)
        .count();
    let (picture, caption) = (
        range.start..range.start + described,
        range.start + described..range.end,
    );
    view! {
        <figure>
            {blocks(document, picture)}
            {(!caption.is_empty()).then(|| view! { <figcaption>{blocks(document, caption)}</figcaption> })}
        </figure>
    }
    .into_any()
}

fn block(document: &Document, number: usize) -> AnyView {
    let block = document.blocks[number];
    let text = block.span.of(document.text.text()).to_string();
    // The direction follows from each block's own text; marks are in logical order.
    match block.kind {
        BlockKind::Title => view! { <h1 data-block=number dir="auto">{text}</h1> }.into_any(),
        BlockKind::Heading(2) => view! { <h2 data-block=number dir="auto">{text}</h2> }.into_any(),
        BlockKind::Heading(3) => view! { <h3 data-block=number dir="auto">{text}</h3> }.into_any(),
        BlockKind::Heading(4) => view! { <h4 data-block=number dir="auto">{text}</h4> }.into_any(),
        BlockKind::Heading(5) => view! { <h5 data-block=number dir="auto">{text}</h5> }.into_any(),
        BlockKind::Heading(_) => view! { <h6 data-block=number dir="auto">{text}</h6> }.into_any(),
        BlockKind::Caption => {
            view! { <p class="caption" data-block=number dir="auto">{text}</p> }.into_any()
        }
        kind => {
            let class = match kind {
                BlockKind::Byline => "byline",
                BlockKind::Description => "description",
                BlockKind::Credit => "credit",
                BlockKind::Author => "author",
                BlockKind::Notice => "notice",
                _ => "text",
            };
            view! { <p class=class data-block=number dir="auto">{text}</p> }.into_any()
        }
    }
}

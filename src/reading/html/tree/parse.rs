//! Makes a tree of markup: html5ever, with bounds on how deep and how large the tree gets.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, ExpandedName, QualName};

use super::{Data, Link, Node, NodeId, Nodes, Tree};

/// Browsers put what is nested deeper beside it, not inside (Blink's `kMaximumHTMLParserDOMTreeDepth`
/// is the same): elements. What the parser does for a tag may take as long as the tree is deep.
pub(crate) const DEEPEST: u32 = 512;

impl Tree {
    /// Reads markup, whatever it is.
    pub(crate) fn parse(html: &str) -> Self {
        let sink = Sink {
            nodes: RefCell::new(Nodes::of(Node::default())),
            depth: Cell::new(0),
        };
        let options = TreeBuilderOpts {
            // What a browser shows, which runs scripts: not what is there for others.
            scripting_enabled: true,
            ..TreeBuilderOpts::default()
        };
        let bounded = Bounded {
            builder: TreeBuilder::new(sink, options),
            // What formatting is closed by halves is opened again in each paragraph. A text that has
            // more tags of that than it has letters is meant to be a burden.
            most_nodes: 2 * html.len() + 1_000,
            is_cut: Cell::new(false),
            is_xml: html
                .trim_start_matches('\u{feff}')
                .trim_start()
                .starts_with("<?xml"),
        };
        let tokenizer = Tokenizer::new(bounded, TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(html));
        // It pauses where a browser would run a script or take up another encoding.
        while !input.is_empty() {
            let _ = tokenizer.feed(&input);
        }
        tokenizer.end();
        let Bounded {
            builder, is_cut, ..
        } = tokenizer.sink;
        Self {
            nodes: builder.sink.nodes.into_inner(),
            is_cut: is_cut.get(),
        }
    }
}

/// Ends a page that grows too deep or too large, before html5ever sees what comes.
struct Bounded {
    builder: TreeBuilder<Handle, Sink>,
    most_nodes: usize,
    is_cut: Cell<bool>,
    /// The page is written as XML, as the chapters of e-books are: an element that is closed in its own
    /// tag is closed.
    is_xml: bool,
}

impl Bounded {
    /// Whether a tag is to be passed over: its content is then its parent's.
    fn is_too_deep(&self, tag: &Tag) -> bool {
        let is_in_html = || {
            !self
                .builder
                .adjusted_current_node_present_but_not_in_html_namespace()
        };
        tag.kind == TagKind::StartTag
            && !is_void(&tag.name)
            && self.builder.sink.depth.get() >= DEEPEST
            // In an SVG or in MathML they are elements like others.
            && !(is_without_markup(&tag.name) && is_in_html())
    }

    /// A tag that opens an element and closes it, as two.
    fn open_and_close(&self, tag: &Tag, line: u64) -> TokenSinkResult<Handle> {
        // The tokenizer would look for the end of it.
        if is_without_markup(&tag.name) {
            return TokenSinkResult::Continue;
        }
        let mut tag = tag.clone();
        tag.self_closing = false;
        let _ = self
            .builder
            .process_token(Token::TagToken(tag.clone()), line);
        tag.kind = TagKind::EndTag;
        tag.attrs.clear();
        self.builder.process_token(Token::TagToken(tag), line)
    }
}

/// Whether an element has no content.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether an element may end before what is in it does.
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

/// Whether there is no markup in an element, which the tokenizer has to know of.
fn is_without_markup(name: &str) -> bool {
    matches!(
        name,
        "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "plaintext"
            | "script"
            | "style"
            | "textarea"
            | "title"
            | "xmp"
    )
}

impl TokenSink for Bounded {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if self.builder.sink.nodes.borrow().len() > self.most_nodes {
            self.is_cut.set(true);
            if !matches!(token, Token::EOFToken) {
                return TokenSinkResult::Continue;
            }
        }
        match &token {
            // Words on both sides of it are not one.
            Token::TagToken(tag) if self.is_too_deep(tag) => self
                .builder
                .process_token(Token::CharacterTokens(" ".into()), line),
            Token::TagToken(tag) if self.is_xml && tag.self_closing && !is_void(&tag.name) => {
                self.open_and_close(tag, line)
            }
            Token::TagToken(tag) if tag.kind == TagKind::EndTag && is_formatting(&tag.name) => {
                // Where it ends before what is in it, that stays open, as deep as it is.
                let before = self.builder.sink.depth.get();
                let outcome = self.builder.process_token(token, line);
                let after = self.builder.sink.depth.get();
                self.builder.sink.depth.set(before.max(after));
                outcome
            }
            _ => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Where html5ever puts what it has read.
struct Sink {
    nodes: RefCell<Nodes>,
    /// How deep the element lies that was last come to, about: elements that are moved take what is in
    /// them along.
    depth: Cell<u32>,
}

#[derive(Clone)]
struct Handle {
    node: NodeId,
    name: Rc<QualName>,
}

/// What nodes that are no elements are called, which nobody asks for.
fn nameless() -> Rc<QualName> {
    let (space, name) = (html5ever::ns!(), html5ever::local_name!(""));
    Rc::new(QualName::new(None, space, name))
}

impl Sink {
    fn make(&self, data: Data) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node {
            data,
            ..Node::default()
        });
        nodes.len() - 1
    }

    fn bare(&self) -> Handle {
        Handle {
            node: self.make(Data::Bare),
            name: nameless(),
        }
    }

    /// Takes a node from where it stands.
    fn take(&self, node: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let take = std::mem::take::<Link>;
        let own = &mut nodes[node];
        let (before, behind) = (take(&mut own.before), take(&mut own.behind));
        let Some(parent) = take(&mut own.parent).get() else {
            return;
        };
        match before.get() {
            Some(before) => nodes[before].behind = behind,
            None => nodes[parent].first = behind,
        }
        match behind.get() {
            Some(behind) => nodes[behind].before = before,
            None => nodes[parent].last = before,
        }
    }

    /// Puts something into a node, before one that is in it or at the end.
    fn put(&self, parent: NodeId, behind: Option<NodeId>, child: NodeOrText<Handle>) {
        let before = {
            let nodes = self.nodes.borrow();
            let before = behind.map_or(nodes[parent].last, |behind| nodes[behind].before);
            before.get()
        };
        let node = match child {
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                if let Some(Data::Text(own)) = before.map(|node| &mut nodes[node].data) {
                    own.push_str(&text);
                    return;
                }
                drop(nodes);
                self.make(Data::Text(text.to_string()))
            }
            NodeOrText::AppendNode(handle) => {
                self.take(handle.node);
                handle.node
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes[parent].depth + 1;
        nodes[node] = Node {
            parent: parent.into(),
            before: before.into(),
            behind: behind.into(),
            depth,
            ..std::mem::take(&mut nodes[node])
        };
        match before {
            Some(before) => nodes[before].behind = node.into(),
            None => nodes[parent].first = node.into(),
        }
        match behind {
            Some(behind) => nodes[behind].before = node.into(),
            None => nodes[parent].last = node.into(),
        }
        let is_text = matches!(nodes[node].data, Data::Text(_));
        self.depth.set(if is_text { depth - 1 } else { depth });
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle {
            node: Tree::ROOT,
            name: nameless(),
        }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> Handle {
        let name = Rc::new(name);
        let node = self.make(Data::Element(name.clone(), attributes));
        Handle { node, name }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.bare()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.bare()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.put(parent.node, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        above: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let parent = self.nodes.borrow()[element.node].parent.get();
        match parent {
            Some(parent) => self.put(parent, Some(element.node), child),
            None => self.put(above.node, None, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Handle) {
        let depth = self.nodes.borrow()[node.node].depth;
        self.depth.set(depth.saturating_sub(1));
    }

    /// What is in a template is shown by scripts only: it lies in no page.
    fn get_template_contents(&self, template: &Handle) -> Handle {
        let content = self.bare();
        let mut nodes = self.nodes.borrow_mut();
        nodes[content.node].depth = nodes[template.node].depth;
        content
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.node == other.node
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[sibling.node].parent.get();
        if let Some(parent) = parent {
            self.put(parent, Some(sibling.node), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        if let Data::Element(_, own) = &mut nodes[target.node].data {
            for attribute in attributes {
                if own.iter().all(|other| other.name != attribute.name) {
                    own.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.take(target.node);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        // What takes them is put into the other behind that.
        let depth = self.nodes.borrow()[node.node].depth;
        self.nodes.borrow_mut()[parent.node].depth = depth + 1;
        loop {
            let first = self.nodes.borrow()[node.node].first.get();
            let Some(child) = first else { break };
            self.take(child);
            let name = nameless();
            self.put(
                parent.node,
                None,
                NodeOrText::AppendNode(Handle { node: child, name }),
            );
        }
    }
}

//! Elements that stand for values, in their order. Each is made by hand, once, and stands as
//! long as its value does: the framework would remember every one that ever was.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, Node};

/// Values and their elements.
pub(super) struct Rows<T>(Vec<(T, Element)>);

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone + PartialEq> Rows<T> {
    /// Has an element stand in `parent` for each value, and nothing else.
    pub(super) fn show(&mut self, parent: &Element, values: &[T], draw: &dyn Fn(&T) -> Element) {
        let mut before = std::mem::take(&mut self.0);
        for value in values {
            let same = before.iter().position(|(other, _)| other == value);
            self.0.push(match same {
                Some(at) => before.remove(at),
                None => (value.clone(), draw(value)),
            });
        }
        Self(before).clear();
        // What stands right stays: an element that is moved loses the focus.
        let mut next = parent.first_child();
        for (_, element) in &self.0 {
            let element: &Node = element;
            if next.as_ref() == Some(element) {
                next = element.next_sibling();
            } else {
                // An element of one's own goes before a child of the parent.
                let _ = parent.insert_before(element, next.as_ref());
            }
        }
    }

    /// Takes them all away.
    pub(super) fn clear(&mut self) {
        for (_, element) in self.0.drain(..) {
            element.remove();
        }
    }

    /// Those there are.
    pub(super) fn all(&self) -> &[(T, Element)] {
        &self.0
    }

    /// The one in which something has happened.
    pub(super) fn hit(&self, event: &Event) -> Option<&T> {
        self.at(event).map(|(value, _)| value)
    }

    /// Its element.
    pub(super) fn row(&self, event: &Event) -> Option<&Element> {
        self.at(event).map(|(_, element)| element)
    }

    fn at(&self, event: &Event) -> Option<&(T, Element)> {
        let target: Node = event.target()?.dyn_into().ok()?;
        let mut rows = self.0.iter();
        rows.find(|(_, element)| element.contains(Some(&target)))
    }
}

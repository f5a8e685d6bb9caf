//! Transactions that are under way, to be taken back where the page is left. It may be put by as it
//! is: in WebKit, nobody else could read or write then.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::IdbTransaction;

/// Transactions that have not ended. One that has its last answer is among them: WebKit ends it only
/// a moment later, and that moment may never come.
#[derive(Clone, Default)]
pub(super) struct UnderWay(Rc<RefCell<Vec<IdbTransaction>>>);

impl UnderWay {
    /// Takes in one that has begun, until it ends.
    pub(super) fn add(&self, transaction: &IdbTransaction) {
        self.0.borrow_mut().push(transaction.clone());
        let (all, own) = (self.0.clone(), transaction.clone());
        let over = move || all.borrow_mut().retain(|other| *other != own);
        // It ends in one way or the other.
        let over = Closure::once_into_js(over);
        for end in ["complete", "abort"] {
            let _ = transaction.add_event_listener_with_callback(end, over.unchecked_ref());
        }
    }

    /// Takes all of them back; whether there was one that had not ended.
    pub(super) fn take_back(&self) -> bool {
        let mut was_one = false;
        for transaction in self.0.take() {
            // What is being committed can't be taken back, and needs nothing of this page.
            was_one |= transaction.abort().is_ok();
        }
        was_one
    }
}

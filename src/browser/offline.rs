//! The service worker, which keeps the page on this machine: `src/boot/sw.js`.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MessageChannel, MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration,
};

use super::failed;
use super::object::field;

const WORKER: &str = "./sw.js";

/// The registration of the service worker, by which the page is kept on this machine.
#[derive(Clone)]
pub struct Registration {
    container: ServiceWorkerContainer,
    registration: ServiceWorkerRegistration,
}

/// How taking a new version went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// The page is reloaded, now or as soon as the version is in use.
    Reloads,
    /// Other windows show the old version.
    NotAlone,
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = super::window().navigator();
    // Some engines have none, whatever the type says.
    field(&navigator, "serviceWorker").dyn_into().ok()
}

/// Whether the page opens without the network.
pub async fn is_kept() -> bool {
    let Some(container) = container() else {
        return false;
    };
    let registration = JsFuture::from(container.get_registration()).await;
    let registration = registration.map(JsCast::dyn_into::<ServiceWorkerRegistration>);
    matches!(registration, Ok(Ok(registration)) if registration.active().is_some())
}

impl Registration {
    /// Registers it; nothing where the engine can't.
    ///
    /// # Errors
    /// The browser's reason.
    pub async fn new() -> Option<Result<Self, String>> {
        let container = container()?;
        let registered = JsFuture::from(container.register(WORKER)).await;
        Some(registered.map_err(failed).map(|registration| Self {
            container,
            registration: registration.unchecked_into(),
        }))
    }

    /// Calls back whenever the state of a new version changes, as long as the page lasts.
    pub fn follow(&self, act: impl Fn() + 'static) {
        let act: Rc<dyn Fn()> = Rc::new(act);
        let registration = self.registration.clone();
        let found = move || {
            let Some(installing) = registration.installing() else {
                return;
            };
            let act = act.clone();
            let changed = Closure::<dyn FnMut()>::new(move || act());
            installing.set_onstatechange(Some(changed.as_ref().unchecked_ref()));
            changed.forget();
        };
        // One may be on its way already.
        found();
        let found = Closure::<dyn FnMut()>::new(found);
        self.registration
            .set_onupdatefound(Some(found.as_ref().unchecked_ref()));
        found.forget();
    }

    /// Whether a new version waits. Without one that is in use, what waits is the first.
    #[must_use]
    pub fn has_new(&self) -> bool {
        self.registration.waiting().is_some() && self.registration.active().is_some()
    }

    /// Looks whether there is a new version.
    pub async fn check_for_update(&self) {
        if let Ok(asked) = self.registration.update() {
            // Without the network there is none.
            let _ = JsFuture::from(asked).await;
        }
    }

    /// Takes the new version: the page is reloaded when it is in use, unless another window shows
    /// the old one.
    ///
    /// # Errors
    /// The browser's reason.
    pub async fn take(&self) -> Result<Taking, String> {
        // Another may have come since, or this one be in use already.
        let Some(waiting) = self.registration.waiting() else {
            reload();
            return Ok(Taking::Reloads);
        };
        let taking = self.ask(&waiting).await;
        if taking != Ok(Taking::Reloads) {
            self.container.set_oncontrollerchange(None);
        }
        taking
    }

    /// Asks a version that waits to be put in use.
    async fn ask(&self, waiting: &ServiceWorker) -> Result<Taking, String> {
        let channel = MessageChannel::new().map_err(failed)?;
        let answer = JsFuture::from(super::settled(|resolve, _| {
            channel.port1().set_onmessage(Some(resolve));
        }));
        let changed = Closure::once_into_js(reload);
        self.container
            .set_oncontrollerchange(Some(changed.unchecked_ref()));
        let ports = js_sys::Array::of1(&channel.port2());
        waiting
            .post_message_with_transferable(&JsValue::NULL, &ports)
            .map_err(failed)?;
        let answer: MessageEvent = answer.await.map_err(failed)?.unchecked_into();
        Ok(if answer.data().is_truthy() {
            Taking::Reloads
        } else {
            Taking::NotAlone
        })
    }
}

fn reload() {
    // A page can always be reloaded.
    let _ = super::window().location().reload();
}

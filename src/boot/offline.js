// Has the page kept on this machine (sw.js), offers a new version of it, and takes files that
// the system opens with it. The page works without any of this.

import { banner, dismiss } from "./banner.js";
import { rested } from "./later.js";
import { remember, remembered } from "./stores.js";

const { serviceWorker } = navigator;

// A new version, offered until it is taken or put off.
const offer = (registration) => {
  // Without one that is in use, what waits is the first.
  if (!registration.waiting || !registration.active) return;
  const take = (words) => {
    // Asked as the browser would ask before the page is left.
    const leaving = new Event("beforeunload", { cancelable: true });
    if (!dispatchEvent(leaving)) {
      words.textContent = "A new version of Themark is ready. Reload once everything is saved.";
      return true;
    }
    const reload = () => location.reload();
    // Another may have come since, or this one be in use already.
    if (!registration.waiting) {
      reload();
      return true;
    }
    const { port1, port2 } = new MessageChannel();
    serviceWorker.addEventListener("controllerchange", reload);
    port1.onmessage = ({ data: alone }) => {
      if (alone) return;
      serviceWorker.removeEventListener("controllerchange", reload);
      words.textContent = "A new version of Themark is ready. Close its other windows, then reload.";
    };
    registration.waiting.postMessage(null, [port2]);
    return true;
  };
  banner("update", "A new version of Themark is ready. What you have done stays.", { Reload: take, Later: null });
};

const keep = async () => {
  const registration = await serviceWorker.register("./sw.js");
  const follow = () => registration.installing?.addEventListener("statechange", () => offer(registration));
  registration.addEventListener("updatefound", follow);
  follow();
  offer(registration);
  // A page that is open for days looks when it is looked at.
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - looked < 3_600_000) return;
    looked = Date.now();
    registration.update().catch(() => {});
  });
};

// That the page needs no network is said once, when that goes.
const TOLD = "told of offline";
addEventListener("offline", async () => {
  const registration = await serviceWorker?.getRegistration().catch(() => {});
  if (!registration?.active || navigator.onLine || remembered(TOLD)) return;
  banner("offline", "There is no network. Themark opens and works without it.", { Understood: () => remember(TOLD, "1") });
});
addEventListener("online", () => dismiss("offline"));

// Not in the way of what a visit begins with.
if (serviceWorker) rested(() => keep().catch((error) => console.info(`Themark is not kept for use without the network: ${error}`)));

// As if they had been dropped on the page.
window.launchQueue?.setConsumer(async ({ files: [handle] }) => {
  if (!handle) return;
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(await handle.getFile());
  dispatchEvent(new DragEvent("drop", { dataTransfer }));
});

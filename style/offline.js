// Has the page kept on this machine (sw.js), offers a new version of it, and takes files that
// the system opens with it. The page works without any of this.

const { serviceWorker } = navigator;

// A new version, offered where the warnings stand until it is taken or put off.
const offer = (registration) => {
  // Without one that is in use, what waits is the first.
  if (!registration.waiting || !registration.active || document.querySelector("#update")) return;
  const banner = document.createElement("div");
  banner.id = "update";
  banner.className = "banner";
  const words = document.createElement("p");
  words.textContent = "A new version of Themark is ready. What you have done stays.";
  const button = (label, act) => {
    const made = document.createElement("button");
    made.textContent = label;
    made.onclick = act;
    return made;
  };
  const take = () => {
    // Asked as the browser would ask before the page is left.
    const leaving = new Event("beforeunload", { cancelable: true });
    if (!dispatchEvent(leaving)) {
      words.textContent = "A new version of Themark is ready. Reload once everything is saved.";
      return;
    }
    // Another may have come since, or this one be in use already.
    if (!registration.waiting) return location.reload();
    const { port1, port2 } = new MessageChannel();
    const reload = () => location.reload();
    serviceWorker.addEventListener("controllerchange", reload);
    port1.onmessage = ({ data: alone }) => {
      if (alone) return;
      serviceWorker.removeEventListener("controllerchange", reload);
      words.textContent = "A new version of Themark is ready. Close its other windows, then reload.";
    };
    registration.waiting.postMessage(null, [port2]);
  };
  banner.append(words, button("Reload", take), button("Later", () => {
    banner.remove();
    document.querySelector("article").focus();
  }));
  document.querySelector(".banners")?.append(banner);
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

// Not in the way of what a visit begins with.
const rested = window.requestIdleCallback ?? ((act) => setTimeout(act, 1_000));
if (serviceWorker) rested(() => keep().catch((error) => console.info(`Themark is not kept for use without the network: ${error}`)));

// As if they had been dropped on the page.
window.launchQueue?.setConsumer(async ({ files: [handle] }) => {
  if (!handle) return;
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(await handle.getFile());
  dispatchEvent(new DragEvent("drop", { dataTransfer }));
});

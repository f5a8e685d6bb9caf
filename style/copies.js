// While the page rests: has the journal copied once a day (copying.js), warns before the room is
// full, and reminds of downloading. The page works without any of this.

import { done, project, store } from "./stores.js";

const DAY = 86_400_000;

// How long nothing was downloaded when that is spoken of.
const LONG = 7 * DAY;

// Of the room that the browser gives, how much is nearly all.
const NEARLY = 0.9;

const banner = (id, said, buttons) => {
  if (document.getElementById(id)) return;
  const section = document.createElement("section");
  Object.assign(section, { id, className: "banner", ariaLabel: "Notice" });
  const words = document.createElement("p");
  words.textContent = said;
  const made = Object.entries(buttons).map(([label, act]) => {
    const button = document.createElement("button");
    button.textContent = label;
    button.onclick = () => {
      section.remove();
      document.querySelector("article").focus();
      act?.();
    };
    return button;
  });
  section.append(words, ...made);
  document.querySelector(".banners")?.before(section);
};
const press = (selector) => () => document.querySelector(selector)?.click();
const download = press(".bar .main");
const history = press(".bar .versions");

const asked = (script, question) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(script, { type: "module" });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = (event) => {
      worker.terminate();
      reject(event.message);
    };
    worker.postMessage(question);
  });

const remembered = (name) => {
  try {
    return Number(localStorage.getItem(name));
  } catch {
    return 0;
  }
};

const look = async () => {
  const now = Date.now();
  const part = (number) => String(number).padStart(2, "0");
  const today = new Date(now);
  const day = [today.getFullYear(), part(today.getMonth() + 1), part(today.getDate())].join("-");
  const told = await asked("./copying.js", { day, at: now });
  if (told.failed) console.info(`No copy was kept: ${told.failed}`);
  if (told.lost) {
    banner("lost", `What was stored here is gone, but a copy from ${told.day} is kept.`, { "Show copies": history, Later: null });
    return;
  }
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  if (usage > NEARLY * quota) {
    const share = Math.floor((usage / quota) * 100);
    banner("room", `${share} % of the room that this browser gives the page is used. Download your annotations before it is full.`, { "Download JSON": download, Later: null });
  }
  const database = await project();
  const downloaded = Number(await (database && done(store(database, "view").get("downloaded")))) || 0;
  const since = Math.max(downloaded, remembered("reminded"), told.first);
  if (told.last > downloaded && now - since > LONG) {
    const later = () => {
      try {
        localStorage.setItem("reminded", now);
      } catch {
        // Then it is said again with the next visit.
      }
    };
    banner("remind", "What you have marked is on this machine only, and has not been downloaded for a week or longer.", { "Download JSON": download, "Not now": later });
  }
};

const rested = window.requestIdleCallback ?? ((act) => setTimeout(act, 1_000));
const again = () =>
  rested(async () => {
    await look().catch((error) => console.info(`No copy was kept: ${error}`));
    const { failed } = await asked("./snapshot.js").catch((failed) => ({ failed }));
    if (failed) console.info(`No snapshot was kept: ${failed}`);
  });
let looked = -Infinity;
const watch = () => {
  // One that is left must not be at it: see the program's own reading of others' changes.
  if (document.hidden || performance.now() - looked < 3_600_000) return;
  looked = performance.now();
  again();
};
setTimeout(watch, 2_000);
document.addEventListener("visibilitychange", watch);

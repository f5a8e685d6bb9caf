// While the page rests: has the journal copied (copying.js) and a snapshot of it made (snapshot.js),
// tells of work that is gone and of copies that fail, warns before the room is full, and reminds of
// downloading. The page works without any of this.

import { banner, dismiss } from "./banner.js";
import { copy } from "./copying.js";
import { rested } from "./later.js";
import { renew } from "./snapshot.js";
import { copies, known, reason, remember, remembered, set, using } from "./stores.js";

// How often it is looked whether there is something to copy, in ms.
const OFTEN = 600_000;
const DAY = 86_400_000;

// How long nothing was downloaded when that is spoken of.
const LONG = 7 * DAY;

// Of the room that the browser gives, how much is nearly all.
const NEARLY = 0.9;

const press = (selector) => () => document.querySelector(selector)?.click();
const download = press(".bar .main");
const history = () => import("./history.js").then(({ show }) => show());

// Notes since when copying fails, and why, for the dialog as well.
const follow = (failed, now) => {
  if (!failed) {
    remember("failing", null);
    dismiss("failing");
    return;
  }
  const since = Number.parseInt(remembered("failing")) || now;
  remember("failing", `${since} ${failed}`);
  if (now - since < DAY) return;
  banner("failing", `For a day or longer no copy of your work could be kept: ${failed}. Download your annotations.`, { "Download JSON": download, Later: null });
};

// Tells of work that is gone until somebody has seen it, whatever has been done since.
const tellOf = ({ first, day }) => {
  // Where that fails it is told again.
  const seen = () => void using([copies()], ([database]) => set(database, known(first), true)).catch(() => {});
  const look = () => {
    seen();
    history();
  };
  banner("lost", `Earlier work that was stored here is gone, but its copies are kept, the last from ${day}.`, { "Show copies": look, Understood: seen });
};

const look = async () => {
  const now = Date.now();
  const part = (number) => String(number).padStart(2, "0");
  const today = new Date(now);
  const day = [today.getFullYear(), part(today.getMonth() + 1), part(today.getDate())].join("-");
  const told = {};
  await copy({ day, at: now }, told).catch((error) => (told.failed = reason(error)));
  follow(told.failed, now);
  if (told.lost) tellOf(told.lost);
  const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {};
  if (usage > NEARLY * quota) {
    const share = Math.floor((usage / quota) * 100);
    banner("room", `${share} % of the room that this browser gives the page is used. Download your annotations before it is full.`, { "Download JSON": download, Later: null });
  }
  const since = Math.max(told.downloaded, Number(remembered("reminded")), told.first);
  if (told.last > told.downloaded && now - since > LONG) {
    const later = () => remember("reminded", now);
    banner("remind", "What you have marked is on this machine only, and this browser has not downloaded it for a week or longer.", { "Download JSON": download, "Not now": later });
  }
};

const again = () =>
  rested(async () => {
    await look().catch((error) => console.info(`The copies were not looked after: ${error}`));
    await renew().catch((error) => console.info(`No snapshot was kept: ${reason(error)}`));
  });
let looked = -Infinity;
const watch = () => {
  // One that is left must not be at it: see the program's own reading of others' changes.
  if (document.hidden || performance.now() - looked < OFTEN) return;
  looked = performance.now();
  again();
};
setTimeout(watch, 2_000);
document.addEventListener("visibilitychange", watch);
// Also of a page that is never left.
setInterval(watch, OFTEN);

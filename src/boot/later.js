// What is seldom wanted, and comes when it is. Fetched once the program runs.

import { remember } from "./stores.js";

// Does what can wait when the page rests; one that never seems to is not waited for.
const rests = window.requestIdleCallback;
export const rested = (act) => (rests ? rests(act, { timeout: 10_000 }) : setTimeout(act, 1_000));

// Notes whether the page is left at another place than its first screen, for the page's first script.
document.addEventListener("visibilitychange", () => {
  const shown = [...document.querySelectorAll("article [dir]")].slice(0, first.length).map((block) => block.textContent);
  const same = document.querySelector(".reader")?.scrollTop === 0 && String(shown) === String(first);
  // Where that fails the next visit begins as a first one.
  remember("elsewhere", same ? "" : "1");
});

// The page of a failure, while it can be had.
import("./failed.js").catch(() => {});

// Not at once: they would hold up what is waited for. Nobody misses them where they can't be had.
setTimeout(() => {
  if (!location.protocol.startsWith("http")) return;
  import("./offline.js").catch(() => {});
  import("./copies.js").catch(() => {});
}, 500);

addEventListener("click", ({ target }) => {
  if (!target.closest(".versions")) return;
  import("./history.js").then(
    ({ show }) => show(),
    () => alert("The history could not be loaded. Check the connection, then try again."),
  );
});

// What a double press began is gone by its second one: that would select a word of what is behind.
let pressed;
addEventListener("mousedown", (event) => {
  if (event.detail < 2) pressed = event.target;
  else if (pressed && !pressed.isConnected) event.preventDefault();
}, true);

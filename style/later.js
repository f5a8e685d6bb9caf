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

// A dialog that opens takes the focus.
addEventListener("focusin", ({ target }) => {
  const keys = target.closest("dialog")?.querySelector(".keys:empty");
  if (!keys) return;
  import("./shortcuts.js").then(
    ({ fill }) => keys.matches(":empty") && fill(keys),
    () => keys.append("The list could not be loaded. Check the connection, then try again."),
  );
});

// What a double press began is gone by its second one: that would select a word of what is behind.
let pressed;
addEventListener("mousedown", (event) => {
  if (event.detail < 2) pressed = event.target;
  else if (pressed && !pressed.isConnected) event.preventDefault();
}, true);

// A drag that began in the text selects in the text, as far as the pointer's line: beside the column
// engines take all that stands between there and what they find under the pointer.
let text;
let at;
const within = () => {
  if (!text) return true;
  const selection = getSelection();
  if (!selection.focusNode || text.contains(selection.focusNode)) return true;
  const [column, pane] = [text, text.closest(".reader")].map((element) => element.getBoundingClientRect());
  const x = Math.min(Math.max(at.clientX, column.left + 1), column.right - 1);
  const y = Math.min(Math.max(at.clientY, pane.top + 1, column.top + 1), pane.bottom - 1, column.bottom - 1);
  const caret = document.caretPositionFromPoint?.(x, y) ?? document.caretRangeFromPoint(x, y);
  const [node, offset] = [caret?.offsetNode ?? caret?.startContainer, caret?.offset ?? caret?.startOffset];
  if (text.contains(node)) selection.extend(node, offset);
  return false;
};
addEventListener("pointerdown", (event) => {
  // On touch the system's handles select.
  text = event.pointerType !== "touch" && event.target.closest("article");
  at = event;
});
addEventListener("pointermove", (event) => {
  // That it was over may not have been told.
  if (event.buttons === 0) text = undefined;
  if (!text) return;
  at = event;
  // Once the engine has moved the selection, and before that is drawn.
  requestAnimationFrame(within);
});
// The drag is over with the next task: what it selected is told until then.
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(() => (text = undefined)));
addEventListener("selectionchange", (event) => within() || event.stopImmediatePropagation(), true);

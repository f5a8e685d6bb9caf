// What is seldom wanted, and comes when it is. Fetched once the program runs.

// Does what can wait when the page rests; one that never seems to is not waited for.
const rests = window.requestIdleCallback;
export const rested = (act) => (rests ? rests(act, { timeout: 10_000 }) : setTimeout(act, 1_000));

// The page of a failure, while it can be had.
import("./failed.js").catch(() => {});

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

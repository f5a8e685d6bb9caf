// Starts the program. A module of our own, because the page's policy allows no
// inline script; what went wrong is said in the page, because nobody reads consoles.
import init from "./themark.js";

// WebKit 2.50 now and then runs a program wrongly while it still optimizes it: of 240
// starts 4 failed that compiled what was arriving, few that had it whole. A
// start that fails has changed nothing, so there it is tried again.
const webkit = /AppleWebKit/.test(navigator.userAgent) && !/Chrom/.test(navigator.userAgent);
const address = new URL("./themark_bg.wasm", import.meta.url);
const program = webkit ? fetch(address).then((answer) => answer.arrayBuffer()) : address;
const tries = history.state?.tries ?? 1;

// Notes whether the page is left at another place than its first screen, for first.js.
const shown = (count) => [...document.querySelectorAll("article [dir]")].slice(0, count).map((block) => block.textContent);
const first = shown();
document.addEventListener("visibilitychange", () => {
  const same = document.querySelector(".reader")?.scrollTop === 0 && String(shown(first.length)) === String(first);
  try {
    localStorage.setItem("elsewhere", same ? "" : "1");
  } catch {
    // Then the next visit begins as a first one.
  }
});

init({ module_or_path: program }).then(
  () => history.replaceState(null, ""),
  (error) => {
    if (webkit && error instanceof WebAssembly.RuntimeError && tries < 4) {
      history.replaceState({ tries: tries + 1 }, "");
      location.reload();
      return;
    }
    const words = document.createElement("p");
    words.setAttribute("role", "alert");
    words.textContent = `Themark could not start (${error}). A current Chromium, Firefox or Safari can run it.`;
    document.body.replaceChildren(words);
    throw error;
  },
);

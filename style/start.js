// Starts the program. What went wrong is said in the page, because nobody reads consoles.
import init from "./themark.js";

const tries = history.state?.tries ?? 1;

// The program puts itself in the place of the first screen, which may still be coming in,
// and measures what the style sheet makes of it.
if (document.readyState === "loading") {
  await new Promise((ready) => addEventListener("DOMContentLoaded", ready));
}
const style = document.querySelector("link[rel=stylesheet]");
if (!style.sheet && document.readyState !== "complete") {
  await new Promise((ready) => {
    style.onload = ready;
    addEventListener("load", ready);
  });
}

// Notes whether the page is left at another place than its first screen, for the page's first script.
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

const early = window.early ?? {};
const compiled = await (early.program ?? Promise.reject()).catch(() => new URL("./themark_bg.wasm", import.meta.url));
delete early.program;
init({ module_or_path: compiled }).then(
  () => history.replaceState(null, ""),
  (error) => {
    // Such a start has changed nothing: see the page's first script.
    if (early.isWebkit && error instanceof WebAssembly.RuntimeError && tries < 4) {
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

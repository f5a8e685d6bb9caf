// Starts the program. What went wrong is said in the page, because nobody reads consoles.
import init from "./themark.js";

// What the page may start as a script by its address, and make of markup, wherever those came
// from: its own workers, and plain words as the framework puts them in.
const plain = /^<(p|h2|span|kbd|button)( hidden| (aria-hidden|class|id|role|title|type)="[^"]*")*>[^<]*<\/\1>$/;
window.trustedTypes?.createPolicy("default", {
  createScriptURL: (address) => (["./worker_start.js", "./sw.js"].includes(address) ? address : null),
  createHTML: (markup) => (plain.test(markup) ? markup : null),
});

const tries = history.state?.tries ?? 1;

// The program puts itself in the place of the first screen, which may still be coming in,
// and measures what the style sheet makes of it.
if (document.readyState === "loading") {
  await new Promise((ready) => addEventListener("DOMContentLoaded", ready));
}
const style = document.querySelector("link[rel=stylesheet], style");
if (!style.sheet && document.readyState !== "complete") {
  await new Promise((ready) => {
    style.onload = ready;
    addEventListener("load", ready);
  });
}

const early = window.early ?? {};
if (early.isFramed) {
  const { content } = document.querySelector("#framed");
  content.querySelector("a").href = location.href;
  document.body.replaceChildren(content);
  // Nothing of what follows is ever done.
  await new Promise(() => {});
}

// WebKit may run a fresh program wrongly: see the page's first script. Until a person does something,
// and for some seconds, what fails is tried again, since nothing was done that is not done again.
let isFresh = early.isWebkit;
const isUsed = () => {
  if (isFresh) history.replaceState(null, "");
  isFresh = false;
};
setTimeout(isUsed, 5000);
for (const kind of ["drop", "keydown", "paste", "pointerdown"]) addEventListener(kind, isUsed, { capture: true, once: true });
const isTriedAgain = (error) => {
  if (!isFresh || tries > 3 || !(error instanceof WebAssembly.RuntimeError)) return false;
  history.replaceState({ tries: tries + 1 }, "");
  location.reload();
  return true;
};

// Notes whether the page is left at another place than its first screen, for the page's first script.
const blocks = (most) => [...document.querySelectorAll("article [dir]")].slice(0, most).map((block) => block.textContent);
const first = blocks();
const noteWhereLeft = () => {
  const isSame = document.querySelector(".reader")?.scrollTop === 0 && String(blocks(first.length)) === String(first);
  try {
    localStorage.setItem(early.key("elsewhere"), isSame ? "" : "1");
  } catch {
    // Then the next visit begins as a first one.
  }
};

// What is left when the program has failed: a page that needs nothing of it, for its memory may
// be half changed. Nothing that a person does reaches it any more, and it writes no more.
let hasFailed = false;
for (const kind of ["beforeprint", "beforeunload", "dragover", "drop", "keydown", "mousedown", "offline", "online", "pageshow", "pointerdown", "pointerup", "resize", "selectionchange", "visibilitychange"]) {
  addEventListener(kind, (event) => hasFailed && event.stopImmediatePropagation(), true);
}
const fail = (error) => {
  hasFailed = true;
  document.body.inert = true;
  if (isTriedAgain(error)) return;
  import("./failed.js").then(
    ({ show }) => show(error),
    () => document.body.replaceChildren("Themark has stopped. What it called saved is saved: reload the page."),
  );
};
addEventListener("error", ({ error }) => {
  const isOurs = error instanceof WebAssembly.RuntimeError || /themark_bg\.wasm/.test(error?.stack);
  if (!hasFailed && isOurs) fail(error);
});

const compiled = await (early.program ?? Promise.reject()).catch(() => new URL("./themark_bg.wasm", import.meta.url));
delete early.program;
init({ module_or_path: compiled }).then(
  () => {
    document.addEventListener("visibilitychange", noteWhereLeft);
    // The page of a failure, while it can be had.
    import("./failed.js").catch(() => {});
  },
  (error) => {
    if (isTriedAgain(error)) return;
    const words = document.createElement("p");
    words.setAttribute("role", "alert");
    // It stands inside a sentence: see src/text/clause.rs.
    const reason = String(error).replace(/[\s.:]+$/, "");
    words.textContent = `Themark could not start (${reason}). A current Chromium, Firefox or Safari can run it.`;
    document.body.replaceChildren(words);
    throw error;
  },
);

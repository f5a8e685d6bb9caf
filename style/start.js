// Starts the program. A module of our own, because the page's policy allows no
// inline script; what went wrong is said in the page, because nobody reads consoles.
import init from "./themark.js";

init({ module_or_path: new URL("./themark_bg.wasm", import.meta.url) }).catch((error) => {
  const words = document.createElement("p");
  words.setAttribute("role", "alert");
  words.textContent = `Themark could not start (${error}). A current Chromium, Firefox or Safari can run it.`;
  document.body.append(words);
  throw error;
});

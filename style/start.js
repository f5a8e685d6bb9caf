// Starts the program. A module of our own, because the page's policy allows no
// inline script; what went wrong is said in the page, because nobody reads consoles.
import init from "./themark.js";

// WebKit 2.50 now and then runs a program wrongly that it compiles while it arrives
// (4 starts of 240 failed; from bytes none of 320), so there it arrives first.
const address = new URL("./themark_bg.wasm", import.meta.url);
const webkit = /AppleWebKit/.test(navigator.userAgent) && !/Chrom/.test(navigator.userAgent);
const program = webkit ? fetch(address).then((answer) => answer.arrayBuffer()) : address;

init({ module_or_path: program }).catch((error) => {
  const words = document.createElement("p");
  words.setAttribute("role", "alert");
  words.textContent = `Themark could not start (${error}). A current Chromium, Firefox or Safari can run it.`;
  document.body.append(words);
  throw error;
});

// Runs before the page's own script and keeps what went wrong, in every engine alike.
window.wrongs = [];
for (const level of ["error", "warn"]) {
  const said = console[level];
  console[level] = (...words) => {
    window.wrongs.push(`console.${level}: ${words.join(" ")}`);
    said.apply(console, words);
  };
}
addEventListener("error", (event) => {
  // What an observer of sizes puts off to the next frame is no fault (CSSWG, Resize Observer 1, 3.4.6),
  // but told like one.
  if (event.message?.startsWith("ResizeObserver loop")) return;
  const what = event.message ?? `${event.target.tagName} ${event.target.src ?? event.target.href} did not load`;
  window.wrongs.push(`error: ${what}`);
}, true);
addEventListener("unhandledrejection", (event) => window.wrongs.push(`unhandled: ${event.reason}`));
addEventListener("securitypolicyviolation", (event) => {
  window.wrongs.push(`policy: ${event.violatedDirective} forbids ${event.blockedURI} (${event.sample})`);
});

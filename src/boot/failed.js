// The page that is left when the program has failed.

// All that the store holds, whatever this program can read of it.
const stored = () => new Promise((resolve, reject) => {
  const request = indexedDB.open(window.early?.project ?? "themark");
  request.onupgradeneeded = () => request.transaction.abort();
  request.onerror = () => reject("Nothing is stored.");
  request.onsuccess = () => {
    const names = [...request.result.objectStoreNames].filter((name) => name !== "view");
    const all = request.result.transaction(names);
    // The texts stand before the records that name them.
    const read = names.sort().reverse().map((name) => all.objectStore(name).getAll());
    // Where these can't be read, the records are not lost with them.
    if (read.length > 1) read[0].onerror = (event) => event.preventDefault();
    all.onabort = () => reject(all.error);
    all.oncomplete = () => resolve(read.flatMap((asked) => (asked.error ? [] : asked.result)).join("\n\n"));
    request.result.close();
  };
});

// Comes with the rest: it may be too late to fetch anything.
const style = new CSSStyleSheet();
style.replaceSync(`
  .failed { display: block; grid-row: 1 / -1; overflow: auto; padding: 2rem max(1.5rem, (100% - 40rem) / 2); }
  .failed > * { margin-bottom: 1rem; }
  .failed pre { padding: .75rem; border: 1px solid var(--hairline); background: var(--panel); white-space: pre-wrap; overflow-wrap: anywhere; }
`);

export const show = (error) => {
  document.adoptedStyleSheets = [style];
  document.body.replaceChildren(document.querySelector("#failed").content);
  document.body.inert = false;
  const [heading, report, all, told] = ["h1", "pre", "input", "[role=status]"].map((which) => document.querySelector(which));
  const [reload, download, copy] = document.querySelectorAll("button");
  // Where it failed is in the first line of what it said; the others may quote the document.
  const said = window.panicked ?? String(error);
  const where = window.panicked ? said.split("\n", 1)[0] : error.name;
  const frames = String(error.stack).split("\n").filter((line) => /\.(js|wasm)\b/.test(line));
  all.onchange = () => {
    report.textContent = [all.checked ? said : where, frames.join("\n"), navigator.userAgent].join("\n\n");
  };
  all.onchange();
  const act = (button, what, done) => {
    button.onclick = () => what().then(() => { told.textContent = done; }, (reason) => { told.textContent = reason; });
  };
  reload.onclick = () => location.reload();
  act(download, async () => {
    const href = URL.createObjectURL(new Blob([await stored()]));
    Object.assign(document.createElement("a"), { href, download: "themark.journal.txt" }).click();
  }, "Downloaded themark.journal.txt");
  act(copy, async () => navigator.clipboard.writeText(report.textContent), "Copied");
  document.title = heading.textContent;
  // Not a button: who is typing would press it.
  heading.focus();
};

// The dialog "History": every moment of the project, to be named or gone back to; the copies of
// the last days; and how safe both are. Fetched when it is first asked for. What going back would
// do is the program's to say and to do: it is handed the records as a file.

import { copies, done, file, head, project, store, unpacked } from "./stores.js";

// Moments shown at first, and with each press for more.
const SOME = 40;

const NAME = "name ";
const VERBS = { undo: "Undid ", redo: "Redid " };

const element = (kind, words, fields = {}) => Object.assign(document.createElement(kind), { textContent: words, ...fields });
const button = (label, act, fields) => element("button", label, { type: "button", onclick: act, ...fields });
const shown = (at) => new Date(at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
const size = (bytes) => {
  const [unit, name] = [[1e3, "kB"], [1e6, "MB"], [1e9, "GB"]].findLast(([unit]) => bytes >= unit) ?? [1e3, "kB"];
  return `${(bytes / unit).toFixed(1)} ${name}`;
};
// In a name of a file, as every system takes it.
const stamp = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16).replace("T", " ").replace(":", ".");

let dialog;

// As if the file had been dropped on the page: the program shows what it would do.
const restore = (parts, at) => {
  dialog.close();
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(parts, `Version of ${stamp(at)}.journal.txt`, { type: "text/plain" }));
  dispatchEvent(new DragEvent("drop", { dataTransfer }));
};

const download = (parts, at) => {
  const href = URL.createObjectURL(new Blob(parts));
  Object.assign(document.createElement("a"), { href, download: `themark ${stamp(at)}.journal.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
};

// How safe it is.
const safety = async (place) => {
  const { storage } = navigator;
  const { usage, quota } = (await storage?.estimate?.()) ?? {};
  const promised = await storage?.persisted?.();
  const words = ["What you mark is kept by this browser, on this machine only."];
  words.push(promised ? "It has promised not to clear that by itself." : "It may clear that when the disk is nearly full: download your annotations now and then.");
  if (quota) words.push(`${size(usage)} of ${size(quota)} are used.`);
  place.replaceChildren(element("p", words.join(" ")));
  if (promised || !storage?.persist) return;
  const ask = async () => {
    const agreed = await storage.persist();
    await safety(place);
    place.append(element("p", agreed ? "The browser has agreed." : "The browser has declined for now. It often agrees for pages that are visited often, bookmarked or installed.", { role: "status" }));
    place.querySelector("p").tabIndex = -1;
    place.querySelector("p").focus();
  };
  place.append(button("Ask it to keep everything", ask));
};

// When something was, and what.
const dated = (at, words) => [element("time", shown(at), { dateTime: new Date(at).toISOString() }), element("span", words)];

// A row of the list: when, what, its name, and what can be done with it.
const row = (database, moment, name) => {
  const item = element("li", "");
  const { key, at, what } = moment;
  const called = element("strong", "");
  const rename = () => {
    const form = element("form", "");
    const field = Object.assign(document.createElement("input"), { value: called.textContent, maxLength: 200, ariaLabel: `Name of ${shown(at)}, ${what}` });
    const over = () => {
      form.replaceWith(naming);
      naming.focus();
    };
    form.onsubmit = async (event) => {
      event.preventDefault();
      const words = field.value.trim();
      const view = store(database, "view", "readwrite");
      await done(words ? view.put(words, NAME + key) : view.delete(NAME + key));
      tell(words);
      over();
    };
    form.append(field, element("button", "Save name"), button("Cancel", over));
    naming.replaceWith(form);
    field.focus();
  };
  const naming = button("Name…", rename, { ariaLabel: `Name ${shown(at)}, ${what}` });
  const back = async () => {
    const records = await done(store(database, "journal").getAll(IDBKeyRange.upperBound(key)));
    restore(file(records), at);
  };
  const tell = (words) => {
    called.textContent = words ?? "";
    called.hidden = !words;
  };
  tell(name);
  item.append(called, ...dated(at, what));
  item.append(naming, button("Go back…", back, { ariaLabel: `Go back to ${shown(at)}, ${what}` }));
  return item;
};

// What a record says of its moment; nothing where it is no end of a change.
const moment = (key, record) => {
  const { at, by, what, part } = head(record);
  const [number, of] = part?.split(" ") ?? [];
  if (what === undefined || number !== of || Number.isNaN(new Date(Number(at)).getTime())) return undefined;
  const words = what.replace(/\\(.)/g, (_, letter) => (letter === "\\" ? "\\" : " "));
  const said = (VERBS[by] ?? "") + words;
  return { key, at: Number(at), what: said.charAt(0).toUpperCase() + said.slice(1) };
};

const moments = async (place) => {
  const database = await project();
  const keys = database ? await done(store(database, "journal").getAllKeys()) : [];
  if (keys.length === 0) {
    place.append(element("p", "Nothing has been changed yet."));
    return;
  }
  const view = store(database, "view");
  const range = IDBKeyRange.bound(NAME, `${NAME}\uffff`);
  const [named, names] = await Promise.all([done(view.getAllKeys(range)), done(view.getAll(range))]);
  const name = (key) => names[named.indexOf(NAME + key)];
  const list = element("ol", "", { className: "moments" });
  const add = async (some) => {
    const all = store(database, "journal");
    const records = await Promise.all(some.map((key) => done(all.get(key))));
    const rows = some.map((key, at) => moment(key, records[at])).filter(Boolean);
    list.append(...rows.map((moment) => row(database, moment, name(moment.key))));
    return list.children[list.children.length - rows.length];
  };
  const more = button("Show earlier", async () => {
    const first = await add(keys.splice(-SOME).reverse());
    more.hidden = keys.length === 0;
    first?.querySelector("button").focus();
  });
  // Those with a name stand first, however long ago they were.
  const old = named.map((name) => Number(name.slice(NAME.length))).filter((key) => keys.slice(0, -SOME).includes(key)).sort((one, other) => one - other);
  await add(old.reverse());
  await add(keys.splice(-SOME).reverse());
  more.hidden = keys.length === 0;
  place.append(list, more);
};

const stored = async (place) => {
  if (!location.protocol.startsWith("http")) {
    place.append(element("p", "The page in one file keeps none: download your annotations."));
    return;
  }
  const database = await copies();
  const all = await done(store(database, "copies").getAll());
  if (all.length === 0) place.append(element("p", "None yet. One is made each day on which something has changed; the last seven are kept."));
  const list = element("ul", "", { className: "moments" });
  for (const copy of all.reverse()) {
    const item = element("li", "");
    const records = async () => [await new Response(unpacked(copy)).arrayBuffer()];
    item.append(
      ...dated(copy.at, size(copy.bytes.byteLength)),
      button("Download", async () => download(await records(), copy.at), { ariaLabel: `Download the copy of ${shown(copy.at)}` }),
      button("Go back…", async () => restore(await records(), copy.at), { ariaLabel: `Go back to the copy of ${shown(copy.at)}` }),
    );
    list.append(item);
  }
  if (all.length > 0) place.append(list);
  await mirrored(place, database);
};

// A folder that a person has chosen gets the copies too, where the browser can do that.
const mirrored = async (place, database) => {
  if (!window.showDirectoryPicker) return;
  const part = element("div", "");
  place.append(part);
  const showAnew = async () => {
    await show();
    part.querySelector("button").focus();
  };
  const show = async () => {
    const folder = await done(store(database, "settings").get("folder"));
    const choose = async () => {
      try {
        const chosen = await window.showDirectoryPicker({ id: "themark", mode: "readwrite" });
        await done(store(database, "settings", "readwrite").put(chosen, "folder"));
      } catch (error) {
        if (error.name !== "AbortError") part.append(element("p", `The folder can’t be used: ${error.message}`, { role: "alert" }));
        return;
      }
      await showAnew();
    };
    if (!folder) {
      part.replaceChildren(button("Keep copies in a folder too…", choose));
      return;
    }
    const allowed = (await folder.queryPermission({ mode: "readwrite" })) === "granted";
    const words = allowed ? `Copies go to the folder “${folder.name}” too.` : `Copies went to the folder “${folder.name}”; the browser wants to be asked again.`;
    const stop = async () => {
      await done(store(database, "settings", "readwrite").delete("folder"));
      await showAnew();
    };
    const allow = async () => {
      await folder.requestPermission({ mode: "readwrite" });
      await showAnew();
    };
    part.replaceChildren(element("p", words), ...(allowed ? [] : [button("Allow it", allow)]), button("Stop that", stop));
  };
  await show();
};

export const show = async () => {
  if (dialog?.isConnected) return;
  const before = document.activeElement;
  dialog = element("dialog", "", { className: "past" });
  dialog.setAttribute("aria-labelledby", "history-heading");
  const sheet = element("div", "", { className: "sheet" });
  const [safe, all, kept] = [0, 1, 2].map(() => element("div", ""));
  const actions = element("div", "", { className: "actions" });
  actions.append(button("Close", () => dialog.close(), { className: "main" }));
  sheet.append(element("h2", "History", { id: "history-heading", tabIndex: -1, autofocus: true }), safe, element("h3", "Versions"), all, element("h3", "Daily copies"), kept, actions);
  dialog.append(sheet);
  // A press beside it lands on the dialog itself.
  dialog.onpointerdown = ({ target }) => target === dialog && dialog.close();
  dialog.onclose = () => {
    dialog.remove();
    (before?.isConnected ? before : document.querySelector("article")).focus();
  };
  document.body.append(dialog);
  dialog.showModal();
  const told = (place) => (error) => place.append(element("p", `This can’t be read: ${error?.message ?? error}`, { role: "alert" }));
  await Promise.all([safety(safe).catch(told(safe)), moments(all).catch(told(all)), stored(kept).catch(told(kept))]);
};

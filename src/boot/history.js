// The dialog "History": every moment of the project, to be named or gone back to; the copies of
// the last days; and how safe both are. Fetched when it is first asked for. What going back would
// do is the program's to say and to do: it is handed the records as a file.

import { FOLDER, MIRRORED, backwards, begun, copies, done, file, head, known, mirror, project, reason, remembered, set, setting, store, unpacked, write } from "./stores.js";

// Its style, which the page in one file has already. Sooner it would have all of the page styled
// anew for nothing.
const isHosted = location.protocol.startsWith("http");
if (isHosted) {
  await new Promise((ready) => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "./history.css", onload: ready, onerror: ready }));
  });
}

// Moments shown at first, and with each press for more.
const SOME = 40;

const NAME = "name ";
const VERBS = { undo: "Undid ", redo: "Redid " };
const HEADING = "history-heading";

const element = (kind, words, fields = {}) => Object.assign(document.createElement(kind), { textContent: words, ...fields });
const alert = (words) => element("p", words, { role: "alert", className: "wrong" });
// What a press does, once at a time. What goes wrong is said beside it, and it can be pressed again.
const tried = (act) => {
  let isUnderWay = false;
  return async (event) => {
    event.preventDefault();
    if (isUnderWay) return;
    const pressed = event.currentTarget;
    const place = pressed.parentElement;
    place.querySelector(":scope > [role=alert]")?.remove();
    isUnderWay = true;
    try {
      await act(pressed);
    } catch (error) {
      place.append(alert(`That did not work: ${reason(error)}.`));
    }
    isUnderWay = false;
  };
};
const button = (label, act, fields) => element("button", label, { type: "button", onclick: tried(act), ...fields });
const shown = (at) => new Date(at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
const size = (bytes) => {
  const [unit, name] = [[1e3, "kB"], [1e6, "MB"], [1e9, "GB"]].findLast(([unit]) => bytes >= unit) ?? [1e3, "kB"];
  return `${(bytes / unit).toFixed(1)} ${name}`;
};
// In a name of a file, as every system takes it.
const stamp = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".");

let dialog;

// Ends the watch over the preview before.
let leave = () => {};

// As if the file had been dropped on the page: the program shows what it would do. Who does not
// want that is led back here, to the button of that version.
const restore = (parts, label, { version }) => {
  const journal = new File(parts, `${label}.journal.txt`, { type: "text/plain" });
  dialog.close();
  leave();
  let preview;
  let isWanted = false;
  const decide = ({ target }) => (isWanted = target.textContent === "Restore");
  const watch = new MutationObserver(async () => {
    preview ??= [...document.querySelectorAll("dialog[open]")].find(({ textContent }) => textContent.includes(journal.name));
    if (!preview || preview.isConnected) return;
    leave();
    if (isWanted) return;
    await show();
    // Who is on the way already is left alone.
    if (document.activeElement.id !== HEADING) return;
    [...dialog.querySelectorAll("button")].find((button) => button.version === version)?.focus();
  });
  leave = () => {
    watch.disconnect();
    removeEventListener("click", decide, true);
  };
  watch.observe(document.body, { childList: true, subtree: true });
  addEventListener("click", decide, true);
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(journal);
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
  const { key, at, about, isNow } = moment;
  const what = moment.times > 1 ? `${VERBS[moment.by]}${moment.times} changes` : moment.what;
  const called = element("strong", "");
  const rename = () => {
    const form = element("form", "");
    const field = Object.assign(document.createElement("input"), { value: called.textContent, maxLength: 200, ariaLabel: `Name of ${shown(at)}, ${what}` });
    const over = () => {
      form.replaceWith(naming);
      naming.focus();
    };
    form.onsubmit = tried(async () => {
      const words = field.value.trim();
      await write(database, "view", (view) => (words ? view.put(words, NAME + key) : view.delete(NAME + key)));
      tell(words);
      over();
    });
    // It leaves the field, not the history.
    form.onkeydown = (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      over();
    };
    form.append(field, element("button", "Save name"), button("Cancel", over));
    naming.replaceWith(form);
    field.focus();
  };
  const naming = button("Name…", rename, { ariaLabel: `Name ${shown(at)}, ${what}` });
  const back = async (pressed) => {
    const records = await done(store(database, "journal").getAll(IDBKeyRange.upperBound(key)));
    const label = [called.textContent, what, stamp(at)].filter(Boolean).join(", ");
    restore(file(records), label, pressed);
  };
  const tell = (words) => {
    called.textContent = words ?? "";
    called.hidden = !words;
  };
  tell(name);
  item.append(called, ...dated(at, what), naming);
  if (isNow) item.append(element("span", "is now"));
  else item.append(button("Go back…", back, { version: key, ariaLabel: `Go back to ${shown(at)}, ${what}` }));
  if (about) item.append(element("q", about, { dir: "auto" }));
  return item;
};

// A field of a record as words on one line.
const plain = (field) => field.replace(/\\(.)/g, (_, letter) => (letter === "\\" ? "\\" : " "));

// What a record says of its moment; nothing where it is no end of a change.
const moment = (key, record) => {
  const { at, by, what, number, of } = head(record);
  if (what === undefined || number !== of || Number.isNaN(new Date(Number(at)).getTime())) return undefined;
  const said = (VERBS[by] ?? "") + plain(what);
  const edits = record.split("\n\n").slice(1, -1).filter((edit) => !/^do modified$/m.test(edit));
  // What it is about, in the document's words or a person's, where the record says it; else a
  // record before may, of the same mark.
  const [edit] = edits.length === 1 ? edits : [""];
  const about = edit.match(/^(?:exact|note) (.+)/m)?.[1];
  const id = edit.match(/^id (.+)/m)?.[1];
  return { key, at: Number(at), by, times: 1, what: said.charAt(0).toUpperCase() + said.slice(1), about: about && plain(about).slice(0, 80), id, isNew: /^do add$/m.test(edit), of };
};

// Gives the moments one by one, latest first. A change may stand in hundreds of records; only
// its last and first are read.
const backInTime = (database) => {
  let before = Infinity;
  const journal = () => store(database, "journal");
  return async () => {
    for (;;) {
      const cursor = await done(journal().openCursor(IDBKeyRange.upperBound(before, true), "prev"));
      if (!cursor) return undefined;
      const { key, value } = cursor;
      const found = moment(key, value);
      const first = key - (found?.of ?? 1) + 1;
      // Where one of them is missing, what stands there is another's.
      const start = first < key && head(await done(journal().get(first)));
      const isWhole = start && start.number === 1 && start.of === found.of;
      before = isWhole ? first : key;
      if (found) return found;
    }
  };
};

// The moments that have a name, and the names.
const namesIn = (database) => {
  const view = store(database, "view");
  const range = IDBKeyRange.bound(NAME, `${NAME}\uffff`);
  return Promise.all([done(view.getAllKeys(range)), done(view.getAll(range))]);
};

const moments = async (place, opening) => {
  const database = await opening;
  const earlier = database ? backInTime(database) : () => undefined;
  const next = [];
  // Those with a name stand first, however long ago they were, and nowhere else.
  const above = new Set();
  const [named, names] = database ? await namesIn(database) : [];
  // The passages of marks by their ids, as far as they were seen being made.
  const passages = new Map();
  let run;
  const fill = async (count) => {
    while (next.length < count) {
      const found = await earlier();
      if (!found) return;
      if (found.isNew) passages.set(found.id, found.about);
      // Who undoes ten times is at one thing; what has a name stays by itself.
      const runs = VERBS[found.by] && !named.includes(NAME + found.key);
      if (runs && run?.by === found.by) {
        run.times += 1;
        continue;
      }
      run = runs ? found : undefined;
      if (!above.has(found.key)) next.push(found);
    }
  };
  // One more than is shown, to know whether there is one.
  await fill(SOME + 1);
  const latest = next.splice(0, SOME);
  if (latest.length === 0) {
    place.append(element("p", "Nothing has been changed yet."));
    return;
  }
  const lists = [0, 1].map(() => element("ol", "", { className: "moments" }));
  const [marked, list] = lists;
  const add = (some, to = list) => {
    const rows = some.map((moment) => {
      const about = moment.about ?? (moment.times > 1 ? undefined : passages.get(moment.id));
      return row(database, { ...moment, about }, names[named.indexOf(NAME + moment.key)]);
    });
    to.append(...rows);
    return rows[0];
  };
  const more = button("Show earlier", async () => {
    await fill(SOME + 1);
    const first = add(next.splice(0, SOME));
    more.hidden = next.length === 0;
    first.querySelector("button").focus();
  });
  const old = named.map((name) => Number(name.slice(NAME.length))).filter((key) => key < latest.at(-1).key);
  const journal = store(database, "journal");
  const read = await Promise.all(old.map((key) => done(journal.get(key))));
  const told = old.map((key, at) => moment(key, read[at])).filter(Boolean);
  for (const { key } of told) above.add(key);
  if (above.has(next[0]?.key)) next.pop();
  await fill(1);
  add(told.sort((one, other) => other.key - one.key), marked);
  latest[0].isNow = true;
  add(latest);
  more.hidden = next.length === 0;
  place.append(element("p", "Going back to one of these brings everything as it stood right after it."));
  if (told.length > 0) place.append(element("h4", "Earlier ones with a name"), marked, element("h4", "The latest"));
  place.append(list, more);
};

// A copy's records, whole or not at all.
const records = async (database, key) => {
  const copy = await done(store(database, "copies").get(key));
  if (!copy) throw new Error("this copy has made room for a newer one; open the history again");
  try {
    return [await new Response(unpacked(copy)).arrayBuffer()];
  } catch {
    // What engines say of that means something else to a person: “Failed to fetch”.
    throw new Error("this copy is damaged");
  }
};

const stored = async (place, opening, journal) => {
  const failing = remembered("failing");
  if (failing) {
    const [since, ...why] = failing.split(" ");
    place.append(element("p", `Since ${shown(Number(since))} none could be made: ${why.join(" ")}.`, { className: "wrong", style: "margin-bottom: .5rem" }));
  }
  const database = await opening;
  if (!database) {
    place.append(element("p", "The page in one file keeps none: download your annotations."));
    return;
  }
  // Where that can't be told, no copy is called another's.
  const own = await journal.then(begun).catch(() => null);
  const all = [];
  await backwards(store(database, "copies"), ({ at, bytes, first }, key) => {
    all.push({ key, at, first, size: size(bytes?.byteLength ?? 0) });
  });
  if (all.length === 0) place.append(element("p", "None yet. One is made each day on which something has changed, and renewed while it goes on; the last seven are kept."));
  const list = element("ul", "", { className: "moments" });
  for (const { key, at, first, size } of all) {
    const item = element("li", "");
    const isOwn = own === null || first === own;
    // Who looks at it knows of the work that is gone.
    const read = async () => {
      const all = await records(database, key);
      if (!isOwn) await set(database, known(first), true).catch(() => {});
      return all;
    };
    item.append(
      ...dated(at, isOwn ? size : `${size}, of earlier work`),
      button("Download", async () => download(await read(), at), { ariaLabel: `Download the copy of ${shown(at)}` }),
      button("Go back…", async (pressed) => restore(await read(), `Copy of ${stamp(at)}`, pressed), { version: `copy ${key}`, ariaLabel: `Go back to the copy of ${shown(at)}` }),
    );
    list.append(item);
  }
  if (all.length > 0) place.append(list);
  await mirroring(place, database);
};

// A folder that a person has chosen gets the copies too, where the browser can do that.
const mirroring = async (place, database) => {
  if (!window.showDirectoryPicker) return;
  const part = element("div", "");
  place.append(part);
  const showAnew = async () => {
    await show();
    part.querySelector("button").focus();
  };
  // What there is goes there at once, not with the next one.
  const writeNow = async () => {
    await mirror(database);
    await showAnew();
  };
  const choose = async () => {
    let chosen;
    try {
      chosen = await window.showDirectoryPicker({ id: "themark", mode: "readwrite" });
    } catch (error) {
      if (error.name === "AbortError") return;
      throw error;
    }
    await set(database, MIRRORED, undefined);
    await set(database, FOLDER, chosen);
    await writeNow();
  };
  const stop = async () => {
    await set(database, FOLDER, undefined);
    await showAnew();
  };
  const show = async () => {
    const [chosen, last] = await Promise.all([setting(database, FOLDER), setting(database, MIRRORED)]);
    if (!chosen) {
      part.replaceChildren(button("Keep copies in a folder too…", choose));
      return;
    }
    const isAllowed = (await chosen.queryPermission({ mode: "readwrite" })) === "granted";
    const allow = async () => {
      await chosen.requestPermission({ mode: "readwrite" });
      await writeNow();
    };
    const when = last?.at ? `, the last on ${shown(last.at)}` : "";
    const words = isAllowed ? `Copies go to the folder “${chosen.name}” too${when}.` : `Copies went to the folder “${chosen.name}”${when}; the browser wants to be asked again.`;
    part.replaceChildren(element("p", words));
    if (last?.failed) part.append(element("p", `The newest could not be written there: ${last.failed}.`, { className: "wrong" }));
    if (!isAllowed) part.append(button("Allow it", allow));
    else if (last?.failed) part.append(button("Try again", writeNow));
    part.append(button("Stop that", stop));
    for (const second of part.querySelectorAll("button + button")) second.style.marginInlineStart = ".5rem";
  };
  await show();
};

export const show = async () => {
  if (dialog?.isConnected) return;
  // Some engines give a button that is pressed no focus.
  const before = document.activeElement === document.body ? document.querySelector("article") : document.activeElement;
  const stores = [project(), isHosted ? copies() : Promise.resolve()];
  dialog = element("dialog", "", { className: "past" });
  dialog.setAttribute("aria-labelledby", HEADING);
  // What gets the focus is not below its foot.
  dialog.style.scrollPaddingBottom = "5rem";
  const sheet = element("div", "", { className: "sheet" });
  const [safe, all, kept] = [0, 1, 2].map(() => element("div", ""));
  const actions = element("div", "", { className: "actions" });
  actions.append(button("Close", () => dialog.close(), { className: "main" }));
  sheet.append(element("h2", "History", { id: HEADING, tabIndex: -1, autofocus: true }), safe, element("h3", "Versions"), all, element("h3", "Daily copies"), kept, actions);
  dialog.append(sheet);
  // A press beside it lands on the dialog itself, as does one on its scroll bar.
  dialog.onpointerdown = ({ target, clientX, clientY }) => {
    const { left, top, right, bottom } = dialog.getBoundingClientRect();
    const isWithin = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    if (target === dialog && !isWithin) dialog.close();
  };
  dialog.onclose = () => {
    dialog.remove();
    for (const opening of stores) opening.then((database) => database?.close(), () => {});
    (before?.isConnected ? before : document.querySelector("article")).focus();
  };
  document.body.append(dialog);
  dialog.showModal();
  const told = (place) => (error) => place.append(alert(`This can’t be read: ${reason(error)}.`));
  await Promise.all([safety(safe).catch(told(safe)), moments(all, stores[0]).catch(told(all)), stored(kept, stores[1], stores[0]).catch(told(kept))]);
};

// What is stored here: the journal, which the program writes, and copies of it (copying.js).

// Records that are read at a time, at most, and how long they may be together, about, in UTF-16
// units: the page is at other things, too.
const SOME = 200;
const MUCH = 200_000;

const opened = (name, make) =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    let isMissing = false;
    request.onupgradeneeded = () => {
      if (make) {
        follow(request.transaction);
        return make(request.result);
      }
      isMissing = true;
      request.transaction.abort();
    };
    request.onerror = (event) => {
      event.preventDefault();
      // What is there and can't be opened is not gone.
      if (isMissing) resolve();
      else reject(request.error);
    };
    request.onsuccess = () => {
      // Neither a newer program nor who deletes it must wait for this one.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
  });

// Nothing where there is none: to make it is the program's.
export const project = () => opened("themark");
export const copies = () =>
  opened("themark copies", (database) => {
    database.createObjectStore("copies", { autoIncrement: true });
    database.createObjectStore("settings");
  });

export const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// What was written is there for good only when its transaction is over.
const finished = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });

// What is under way, and is taken back where the page is left: in WebKit that is put by as it is,
// and nobody else could write then. A worker would be put by before it hears of it, so none has to
// do with stores.
const underWay = new Set();
const follow = (transaction) => {
  underWay.add(transaction);
  for (const end of ["complete", "abort"]) transaction.addEventListener(end, () => underWay.delete(transaction));
};
let isLeft = false;
let timesLeft = 0;
addEventListener("pagehide", () => {
  // Nor is anything begun then: what was asked may still be on its way.
  isLeft = true;
  timesLeft += 1;
  for (const transaction of underWay) {
    try {
      transaction.abort();
    } catch {
      // It is over, and has not said so yet.
    }
  }
});
addEventListener("pageshow", () => (isLeft = false));

// Does something with stores that are opened for it, and closes them. What goes wrong because the
// page is left is no failure: that never ends.
export const using = async (opening, act) => {
  const before = timesLeft;
  try {
    return await act(await Promise.all(opening));
  } catch (error) {
    if (timesLeft !== before) return new Promise(() => {});
    throw error;
  } finally {
    for (const store of await Promise.allSettled(opening)) store.value?.close();
  }
};

// A store, in a transaction of its own.
export const store = (database, name, mode = "readonly") => {
  if (isLeft) throw new Error("the page was left");
  const transaction = database.transaction(name, mode);
  follow(transaction);
  return transaction.objectStore(name);
};

// Changes a store, all or nothing.
export const write = async (database, name, change) => {
  const all = store(database, name, "readwrite");
  const isDone = finished(all.transaction);
  // What fails before that is told instead.
  isDone.catch(() => {});
  try {
    await change(all);
  } catch (error) {
    try {
      all.transaction.abort();
    } catch {
      // What failed has ended it.
    }
    throw error;
  }
  await isDone;
};

// What goes with the copies, by name: the folder that gets them too, how that went, and of which
// work that is gone nobody needs to be told any more.
export const setting = (database, name) => done(store(database, "settings").get(name));
export const set = (database, name, value) => write(database, "settings", (settings) => settings.put(value, name));
export const FOLDER = "folder";
export const MIRRORED = "mirrored";
export const known = (first) => `known ${first}`;

// What this browser remembers beside its stores, which may be what fails.
export const remembered = (name) => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
};
export const remember = (name, value) => {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // Then it is said again with the next visit.
  }
};

// Why something did not work, as the browser says it, to stand inside a sentence: see
// src/text/clause.rs.
export const reason = (error) => (error?.message || error?.name || String(error)).replace(/[\s.:]+$/, "");

// Goes through a store from its last value until told enough. One at a time: copies are large.
export const backwards = (all, see) =>
  new Promise((resolve, reject) => {
    const request = all.openCursor(null, "prev");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor || see(cursor.value, cursor.key)) resolve();
      else cursor.continue();
    };
  });

// The records of a copy as they were, as a stream.
export const unpacked = (copy) => {
  const bytes = new Blob([copy.bytes]).stream();
  return copy.packed ? bytes.pipeThrough(new DecompressionStream("gzip")) : bytes;
};

// What a record of the journal says before its edits, by name; which part it is of its change, from
// 1, and of how many.
export const head = (record) => {
  const lines = String(record).split("\n\n", 1)[0].split("\n");
  const fields = Object.fromEntries(lines.map((line) => [line.split(" ", 1)[0], line.slice(line.indexOf(" ") + 1)]));
  const [number, of] = (fields.part ?? "1 1").split(" ").map(Number);
  return { ...fields, number, of };
};

// When a journal begins: what its copies are known by. Nothing where there is none.
export const begun = async (database) => {
  const oldest = database && (await done(store(database, "journal").openCursor()));
  return oldest ? Number(head(oldest.value).at) || 0 : undefined;
};

// The records as one file, the way the program reads it.
export const file = (records) => records.flatMap((record) => [record, "\n\n"]);

// Those up to one, by and by.
export async function* files(database, last) {
  let some = 1;
  for (let after = 0; after < last; ) {
    const journal = store(database, "journal");
    const next = IDBKeyRange.bound(after, last, true);
    const [keys, records] = await Promise.all([done(journal.getAllKeys(next, some)), done(journal.getAll(next, some))]);
    if (!keys.length) return;
    after = keys.at(-1);
    yield file(records);
    const long = records.reduce((sum, record) => sum + String(record).length, 0) / records.length;
    some = Math.ceil(Math.min(SOME, 2 * some, MUCH / long));
  }
}

// Writes the newest copy into the folder that a person has chosen, unless it is there, and
// notes how that went.
export const mirror = async (database) => {
  const [chosen, before] = await Promise.all([setting(database, FOLDER), setting(database, MIRRORED)]);
  if (!chosen) return;
  let newest;
  await backwards(store(database, "copies"), (copy) => (newest = copy));
  if (!newest || before?.of === newest.at) return;
  let told;
  try {
    if ((await chosen.queryPermission({ mode: "readwrite" })) !== "granted") return;
    // Nor does that of another journal go, whose copies may be all that is left of it.
    const name = `themark.${newest.day}.${newest.first.toString(36)}.journal.txt`;
    const handle = await chosen.getFileHandle(name, { create: true });
    await unpacked(newest).pipeTo(await handle.createWritable());
    told = { of: newest.at, at: Date.now() };
  } catch (error) {
    told = { ...before, failed: reason(error) };
  }
  await set(database, MIRRORED, told);
};

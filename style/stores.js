// What is stored here: the journal, which the program writes, and copies of it (copying.js).

const opened = (name, make) =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => (make ? make(request.result) : request.transaction.abort());
    request.onerror = (event) => {
      event.preventDefault();
      reject(request.error);
    };
    request.onsuccess = () => {
      // Neither a newer program nor who deletes it must wait for this one.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
  });

// Nothing where there is none: to make it is the program's.
export const project = () => opened("themark").catch(() => undefined);
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

// A store, in a transaction of its own.
export const store = (database, name, mode = "readonly") => database.transaction(name, mode).objectStore(name);

// The records of a copy as they were, as a stream.
export const unpacked = (copy) => {
  const bytes = new Blob([copy.bytes]).stream();
  return copy.packed ? bytes.pipeThrough(new DecompressionStream("gzip")) : bytes;
};

// What a record of the journal says before its edits, by name.
export const head = (record) => {
  const lines = String(record).split("\n\n", 1)[0].split("\n");
  return Object.fromEntries(lines.map((line) => [line.split(" ", 1)[0], line.slice(line.indexOf(" ") + 1)]));
};

// The records as one file, the way the program reads it.
export const file = (records) => records.flatMap((record) => [record, "\n\n"]);

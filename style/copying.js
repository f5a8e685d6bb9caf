// Keeps a copy of the journal for each of the last days on which something changed, in a store of
// its own, and in a folder where a person has chosen one. A worker: the page does not wait for it.

import { copies, done, file, head, project } from "./stores.js";

// How many are kept.
const KEPT = 7;

// Records that are read at a time.
const SOME = 200;

// All records up to one, packed where this browser can.
const packed = async (database, last) => {
  const packing = self.CompressionStream && new CompressionStream("gzip");
  const parts = new TransformStream();
  const read = async () => {
    const writer = parts.writable.getWriter();
    const letters = new TextEncoder();
    let lines = 0;
    for (let after = 0; after < last; ) {
      const journal = database.transaction("journal").objectStore("journal");
      const next = IDBKeyRange.bound(after, last, true);
      const [keys, records] = await Promise.all([done(journal.getAllKeys(next, SOME)), done(journal.getAll(next, SOME))]);
      if (!keys.length) break;
      after = keys.at(-1);
      lines += keys.length;
      await writer.write(letters.encode(file(records).join("")));
    }
    await writer.close();
    return lines;
  };
  const whole = new Response(packing ? parts.readable.pipeThrough(packing) : parts.readable).arrayBuffer();
  const lines = await read();
  return { bytes: await whole, lines, packed: Boolean(packing) };
};

const mirror = async (folder, day, copy) => {
  if ((await folder.queryPermission({ mode: "readwrite" })) !== "granted") return;
  const handle = await folder.getFileHandle(`themark.${day}.journal.txt`, { create: true });
  const whole = new Blob([copy.bytes]).stream();
  await (copy.packed ? whole.pipeThrough(new DecompressionStream("gzip")) : whole).pipeTo(await handle.createWritable());
};

// Tells what there is: the last record and when it was written, the copies, and whether the
// journal is gone that they are of.
const copy = async ({ day, at }) => {
  const [database, kept] = await Promise.all([project(), copies()]);
  const journal = database?.transaction("journal").objectStore("journal");
  const newest = await (journal && done(journal.openCursor(null, "prev")));
  const oldest = await (newest && done(database.transaction("journal").objectStore("journal").openCursor()));
  const stored = kept.transaction("copies").objectStore("copies");
  const before = await done(stored.openCursor(null, "prev"));
  const when = (cursor) => Number(head(cursor?.value).at) || 0;
  const told = { first: when(oldest), last: when(newest), lost: !newest && Boolean(before), day: before?.value.day };
  // By what has been written, not by the clock alone: that may jump.
  const isDue = newest && !(before?.value.last >= newest.key && before.value.first === told.first) && before?.value.day !== day;
  if (!isDue) return told;
  const made = { day, at, first: told.first, last: newest.key, ...(await packed(database, newest.key)) };
  const transaction = kept.transaction("copies", "readwrite");
  // Who is told so ends this worker, and with it what is still under way.
  const isKept = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  const all = transaction.objectStore("copies");
  all.add(made);
  // Those of a journal that is gone stay: they are all that is left of it.
  const [keys, others] = await Promise.all([done(all.getAllKeys()), done(all.getAll())]);
  const own = keys.filter((_, at) => others[at].first === made.first);
  for (const key of own.slice(0, -KEPT)) all.delete(key);
  await isKept;
  const folder = await done(kept.transaction("settings").objectStore("settings").get("folder"));
  if (folder) await mirror(folder, day, made);
  return { ...told, day };
};

onmessage = ({ data }) =>
  copy(data).then(
    (told) => postMessage(told),
    (error) => postMessage({ failed: String(error) }),
  );

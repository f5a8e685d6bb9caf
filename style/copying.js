// Keeps a copy of the journal for each of the last days on which something changed, in a store of
// its own, and in a folder where a person has chosen one. A worker: the page does not wait for it.

import { copies, done, file, head, project, store, unpacked } from "./stores.js";

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
    for (let after = 0; after < last; ) {
      const journal = store(database, "journal");
      const next = IDBKeyRange.bound(after, last, true);
      const [keys, records] = await Promise.all([done(journal.getAllKeys(next, SOME)), done(journal.getAll(next, SOME))]);
      if (!keys.length) break;
      after = keys.at(-1);
      await writer.write(letters.encode(file(records).join("")));
    }
    await writer.close();
  };
  const whole = new Response(packing ? parts.readable.pipeThrough(packing) : parts.readable).arrayBuffer();
  await read();
  return { bytes: await whole, packed: Boolean(packing) };
};

const mirror = async (folder, day, copy) => {
  if ((await folder.queryPermission({ mode: "readwrite" })) !== "granted") return;
  const handle = await folder.getFileHandle(`themark.${day}.journal.txt`, { create: true });
  await unpacked(copy).pipeTo(await handle.createWritable());
};

// Tells what there is: the last record and when it was written, the copies, and whether the
// journal is gone that they are of.
const copy = async ({ day, at }) => {
  const [database, kept] = await Promise.all([project(), copies()]);
  const newest = await (database && done(store(database, "journal").openCursor(null, "prev")));
  const oldest = await (newest && done(store(database, "journal").openCursor()));
  const before = await done(store(kept, "copies").openCursor(null, "prev"));
  const when = (cursor) => Number(head(cursor?.value).at) || 0;
  const told = { first: when(oldest), last: when(newest), lost: !newest && Boolean(before), day: before?.value.day };
  // By what has been written, not by the clock alone: that may jump.
  const isKept = newest && before?.value.first === told.first && before.value.last >= newest.key;
  if (!newest || isKept || before?.value.day === day) return told;
  const made = { day, at, first: told.first, last: newest.key, ...(await packed(database, newest.key)) };
  const transaction = kept.transaction("copies", "readwrite");
  // Who is told so ends this worker, and with it what is still under way.
  const isDone = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  const all = transaction.objectStore("copies");
  all.add(made);
  // Those of a journal that is gone stay: they are all that is left of it.
  const [keys, others] = await Promise.all([done(all.getAllKeys()), done(all.getAll())]);
  const own = keys.filter((_, at) => others[at].first === made.first);
  for (const key of own.slice(0, -KEPT)) all.delete(key);
  await isDone;
  const folder = await done(store(kept, "settings").get("folder"));
  if (folder) await mirror(folder, day, made);
  return { ...told, day };
};

onmessage = ({ data }) =>
  copy(data).then(
    (told) => postMessage(told),
    (error) => postMessage({ failed: String(error) }),
  );

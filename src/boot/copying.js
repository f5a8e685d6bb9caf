// Keeps a copy of the journal for each of the last days on which something changed, in a store of
// its own, and in a folder where a person has chosen one.

import { backwards, begun, copies, done, files, head, known, mirror, project, setting, store, using, write } from "./stores.js";

// How many are kept.
const KEPT = 7;

// For how long a day's copy is new enough, in ms.
const NEW = 600_000;

// All records up to one, packed where this browser can.
const packed = async (database, last) => {
  const worker = new Worker("./packing.js");
  const answer = (part) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      // Without a word where the script could not be had.
      worker.onerror = ({ message }) => reject(message || "the script that packs it could not be started");
      worker.postMessage(part);
    });
  try {
    for await (const some of files(database, last)) await answer(some.join(""));
    return await answer(null);
  } finally {
    worker.terminate();
  }
};

// Puts a copy where it belongs. Other windows may be at the same, so what is there is asked only
// now, where none of them can come between.
const keep = (kept, made) =>
  write(kept, "copies", async (all) => {
    const last = await done(all.openCursor(null, "prev"));
    const isOwn = last?.value.first === made.first;
    if (isOwn && last.value.last >= made.last) return;
    if (isOwn && last.value.day === made.day) last.update(made);
    else all.add(made);
    // Those of a journal that is gone stay: they are all that is left of it.
    let own = 0;
    await backwards(all, (copy, key) => {
      if (copy.first !== made.first) return;
      own += 1;
      if (own > KEPT) all.delete(key);
    });
  });

// What is known of the newest copy, and of that of a journal that is gone, unless a person knows.
const found = async (kept, own) => {
  const others = new Map();
  let newest;
  await backwards(store(kept, "copies"), ({ first, last, day, at }) => {
    newest ??= { first, last, day, at };
    if (first !== own && !others.has(first)) others.set(first, day);
  });
  for (const [first, day] of others) {
    if (!(await setting(kept, known(first)))) return { newest, lost: { first, day } };
  }
  return { newest };
};

const look = async (database, kept, { day, at }, told) => {
  told.first = await begun(database);
  const { newest: before, lost } = await found(kept, told.first);
  told.lost = lost;
  if (told.first === undefined) return;
  const newest = await done(store(database, "journal").openCursor(null, "prev"));
  told.last = Number(head(newest.value).at) || 0;
  told.downloaded = Number(await done(store(database, "view").get("downloaded"))) || 0;
  const isOwn = before?.first === told.first;
  // By what has been written, not by the clock alone: that may jump.
  const isKept = isOwn && before.last >= newest.key;
  const isNew = isOwn && before.day === day && Math.abs(at - before.at) < NEW;
  if (isKept || isNew) return;
  await keep(kept, { day, at, first: told.first, last: newest.key, ...(await packed(database, newest.key)) });
};

// Finds out, for a day and a time in ms, what there is, and copies what is not copied yet. Notes in
// what is told when the journal was begun, last written and last downloaded, and whether one is
// gone of which there are copies: as much of that as was found before something failed.
export const copy = (question, told) =>
  using([project(), copies()], async ([database, kept]) => {
    await look(database, kept, question, told);
    await mirror(kept);
  });

// Keeps a snapshot of what the journal comes to, so that a visit needs not go through all that
// was ever done. The journal itself stays, and each snapshot is made of all of it. A worker: it has
// the program's own worker read the journal.

import { done, file, finished, head, project, reason, store } from "./stores.js";

self.trustedTypes?.createPolicy("default", {
  createScriptURL: (address) => (address === "./worker_start.js" ? address : null),
});

// Records that come to a new one.
const OFTEN = 2_000;

// Those that stay out of it: after a reload, undo goes back as far.
const LAST = 500;

// Records that are read at a time.
const SOME = 200;

// Where the snapshot stands in `view`, and up to which record one was tried last.
const SNAPSHOT = 0;
const TRIED = 1;

const asked = (journal) => {
  const worker = new Worker("./worker_start.js");
  const lines = [];
  const answer = new Promise((resolve, reject) => {
    worker.onerror = ({ message }) => reject(message);
    worker.onmessage = ({ data }) => {
      if (typeof data === "string") lines.push(data);
      if (!Array.isArray(data)) return;
      // It speaks first.
      if (data.length === 0) worker.postMessage(["snapshot", journal]);
      else if (data[0] === "snapshot") resolve({ sum: data[1], lines });
      else reject(data.join(" "));
    };
  });
  return answer.finally(() => worker.terminate());
};

const make = async (database) => {
  const journal = () => store(database, "journal");
  const tried = await done(store(database, "view").get(TRIED));
  const keys = await done(journal().getAllKeys(tried && IDBKeyRange.lowerBound(tried, true)));
  if (keys.length < OFTEN) return;
  await done(store(database, "view", "readwrite").put(keys.at(-1), TRIED));
  // Up to the end of a change.
  const isEnd = async (key) => {
    const [number, of] = head(await done(journal().get(key))).part?.split(" ") ?? [];
    return number === of;
  };
  let at = keys.length - 1 - LAST;
  while (at >= 0 && !(await isEnd(keys[at]))) at -= 1;
  if (at < 0) return;
  const after = keys[at];
  const parts = [];
  for (let last = 0; last < after; ) {
    const next = IDBKeyRange.bound(last, after, true);
    const [some, records] = await Promise.all([done(journal().getAllKeys(next, SOME)), done(journal().getAll(next, SOME))]);
    parts.push(new Blob(file(records)));
    last = some.at(-1);
  }
  const made = await asked(new File(parts, "journal.txt"));
  const view = store(database, "view", "readwrite");
  const isDone = finished(view.transaction);
  // Another window may have been quicker.
  const before = await done(view.get(SNAPSHOT));
  if (!(before?.after >= after)) view.put({ after, ...made }, SNAPSHOT);
  await isDone;
};

onmessage = async () => {
  const told = {};
  const database = project();
  try {
    if (await database) await make(await database);
  } catch (error) {
    told.failed = reason(error);
  }
  await database.then((database) => database?.close(), () => {});
  postMessage(told);
  // Ended from without, it would leave it open in WebKit.
  close();
};

// Keeps a snapshot of what the journal comes to, so that a visit needs not go through all that
// was ever done. The journal itself stays, and each snapshot is made of all of it, by the program's
// own worker.

import { done, files, head, project, remember, store, using, write } from "./stores.js";

// Records that come to a new one.
const OFTEN = 2_000;

// Changes that stay out of it: after a reload, undo goes back as far.
const LAST = 500;

// How often it is tried before some of the journal is passed over: a visit may end meanwhile.
const TRIES = 2;

// Where it is noted in `view` up to which record one was tried, and how often beyond that; and
// where the snapshot stands: what goes with it, and from the next number on its lines.
const TRIED = -1;
const SNAPSHOT = 0;
const ALL = IDBKeyRange.bound(SNAPSHOT, "", false, true);

const asked = (journal) => {
  const worker = new Worker("./worker_start.js");
  const lines = [];
  const answer = new Promise((resolve, reject) => {
    // Without a word where the script could not be had.
    worker.onerror = ({ message }) => reject(message || "the script that makes it could not be started");
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

// The last record that belongs into it: the end of a change, with enough of them behind, and no
// undo behind of something before. Nothing where there is none.
const last = async (database, keys) => {
  let changes = 0;
  // Changes, and undos, of which a reversal stands behind.
  const owed = { person: 0, undo: 0 };
  for (let at = keys.length - 1; at > 0; at -= 1) {
    const { by, number, of } = head(await done(store(database, "journal").get(keys[at])));
    if (number === of) {
      changes += 1;
      owed[by] = Math.max(0, (owed[by] ?? 0) - 1);
      if (by === "undo") owed.person += 1;
      if (by === "redo") owed.undo += 1;
    }
    if (number === 1 && changes >= LAST && !owed.person && !owed.undo) return keys[at - 1];
  }
  return undefined;
};

const make = async ([database]) => {
  if (!database) return;
  const { upTo = 0, tries = 0 } = (await done(store(database, "view").get(TRIED))) ?? {};
  const keys = await done(store(database, "journal").getAllKeys(IDBKeyRange.lowerBound(upTo, true)));
  if (keys.length < OFTEN) return;
  const tried = { upTo: keys.at(-1), tries: 0 };
  await write(database, "view", (view) => view.put(tries < TRIES ? { upTo, tries: tries + 1 } : tried, TRIED));
  if (tries >= TRIES) return;
  const after = await last(database, keys);
  if (!after) return write(database, "view", (view) => view.put(tried, TRIED));
  const parts = [];
  for await (const some of files(database, after)) parts.push(new Blob(some));
  const made = await asked(new File(parts, "journal.txt")).catch((failed) => ({ failed }));
  await write(database, "view", async (view) => {
    view.put(tried, TRIED);
    if (made.failed) return;
    // Another window may have been quicker, with no less of it.
    if ((await done(view.get(SNAPSHOT)))?.after >= after) return;
    const { sum, lines } = made;
    view.delete(ALL);
    view.put({ after, sum }, SNAPSHOT);
    // All at once would keep the page busy.
    for (const [number, line] of lines.entries()) await done(view.put(line, SNAPSHOT + 1 + number));
    // The page's first script reads from there, if that holds.
    remember("snapshot", after);
  });
  if (made.failed) throw made.failed;
};

// Makes a new one where it is time for that.
export const renew = () => using([project()], make);

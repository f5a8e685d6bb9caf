// Runs before the page's own scripts, on the product and on the floor alike, and notes
// when what a gesture asked for was on the screen.
window.probe = (() => {
  const QUIET = 300;
  // Calls something once the frame under way has been produced: before all else that waits for
  // that, where the engine can be asked to, so that what the page does next is not counted.
  const waiting = [];
  const channel = new MessageChannel();
  channel.port1.onmessage = () => waiting.shift()();
  const message = (callback) => {
    waiting.push(callback);
    channel.port2.postMessage(null);
  };
  const post = globalThis.scheduler?.postTask
    ? (callback) => { scheduler.postTask(callback, { priority: "user-blocking" }); }
    : message;

  // What a frame's own callbacks change is on the screen with that frame.
  let inFrame = false;
  const request = window.requestAnimationFrame.bind(window);
  const begin = () => {
    if (inFrame) return;
    inFrame = true;
    post(() => { inFrame = false; });
  };
  window.requestAnimationFrame = (callback) => request((time) => {
    begin();
    callback(time);
  });
  const afterFrame = (callback) => (inFrame ? post(callback) : request(() => post(callback)));

  const tasks = [];
  const observer = globalThis.PerformanceObserver?.supportedEntryTypes?.includes("longtask")
    ? new PerformanceObserver((list) => note(list.getEntries()))
    : null;
  observer?.observe({ type: "longtask", buffered: true });
  function note(entries) {
    for (const { startTime, duration } of entries) tasks.push([startTime, duration]);
  }
  // The longest task that was under way within some time; null where the engine does not tell.
  function longestTask(from, until) {
    if (!observer) return null;
    note(observer.takeRecords());
    const within = tasks.filter(([start, length]) => start < until && start + length > from);
    return within.reduce((most, [, length]) => Math.max(most, length), 0);
  }

  // When the first mark was on the screen, and when the marks last changed there.
  let first = null;
  let lastPaint = null;
  let pending = false;
  function painted() {
    saw("paint");
    // Marks of another document than the one that was open before the gesture.
    if (gesture && title() !== gesture.title) saw("opened");
    if (pending) return;
    pending = true;
    afterFrame(() => {
      pending = false;
      lastPaint = performance.now();
      first ??= lastPaint;
    });
  }
  const after = (prototype, name, act) => {
    const own = prototype[name];
    prototype[name] = function (...words) {
      const answer = own.apply(this, words);
      act();
      return answer;
    };
  };
  const changed = () => { if (first !== null) painted(); };
  after(Highlight.prototype, "add", painted);
  for (const name of ["delete", "clear"]) after(Highlight.prototype, name, changed);
  for (const name of ["set", "delete", "clear"]) after(Object.getPrototypeOf(CSS.highlights), name, changed);

  const title = () => document.querySelector(".bar .article")?.textContent;

  // One gesture at a time: an event, the effect that is looked for, and whether the first
  // or the last such change counts.
  let gesture = null;
  function saw(effect) {
    if (gesture?.effect === effect) gesture.saw();
  }
  addEventListener("scroll", () => saw("scroll"), true);

  // Effects that are changes of the document, and where they are looked for. Nothing is
  // observed but while one of them is waited for.
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  const effects = {
    list: [".panel", () => true],
    dialog: ["body", () => document.querySelector("dialog[open] h2")?.textContent === "Import annotations"],
    saved: ["[role=status]", () => /^(Imported|Added) .*· Saved$/.test(document.querySelector("[role=status]").textContent)],
    rows: ["main", () => areListed()],
    hits: ["main", () => isFound()],
    "all hits": ["main", () => isFound() && !document.querySelector(".hits [role=status]").textContent.includes("so far")],
    read: ["body", () => document.querySelector("dialog[open] .main[aria-disabled=false]") !== null],
  };
  // Whether documents are listed with the numbers of their marks, and not hidden.
  function areListed() {
    const last = document.querySelector(".documents")?.lastElementChild;
    return Boolean(last?.offsetParent) && Number(last.dataset.marks) > 0;
  }
  // Whether there are hits of what is looked for, and not of what was before.
  function isFound() {
    const hit = document.querySelector(".hits mark")?.textContent.toLowerCase();
    return hit !== undefined && hit === document.querySelector(".find input")?.value.toLowerCase();
  }
  // When they were listed after a load. That is looked for where it was asked for before: each change
  // of the page costs a look.
  let listed = null;
  if (sessionStorage.getItem("probe") === "documents") {
    const observer = new MutationObserver(() => {
      if (!areListed()) return;
      observer.disconnect();
      afterFrame(() => { listed = performance.now(); });
    });
    observer.observe(document, everything);
  }

  function observing(effect) {
    if (!effects[effect]) return null;
    const [where, holds] = effects[effect];
    const observer = new MutationObserver(() => { if (holds()) saw(effect); });
    observer.observe(document.querySelector(where), everything);
    return observer;
  }

  function watch({ type, key, effect, last, patience }) {
    const own = { effect, title: title(), start: null, seen: null, next: null, frame: false, timer: null };
    const list = observing(effect);
    own.answer = new Promise((resolve) => {
      const end = () => {
        clearTimeout(own.timer);
        list?.disconnect();
        removeEventListener(type, begin, true);
        gesture = null;
        const { start, seen, next } = own;
        resolve({ start, seen, next, task: start === null ? null : longestTask(start, start + (seen ?? next ?? 0)) });
      };
      const begin = (event) => {
        // No driver drags a file in from outside.
        if (!(event.isTrusted || type === "drop") || (key && event.key.toLowerCase() !== key.toLowerCase())) return;
        removeEventListener(type, begin, true);
        const now = performance.now();
        // The event's own time is when the key went down, however busy the page was then.
        // Drivers that make events up may date them wrongly.
        const dated = event.timeStamp <= now && now - event.timeStamp < patience;
        own.start = dated ? event.timeStamp : now;
        afterFrame(() => {
          own.next = performance.now() - own.start;
          // What is in view already needs no scrolling.
          if (effect === "scroll" && own.seen === null) rest();
          if (effect === "frame") {
            own.seen = own.next;
            end();
          }
        });
      };
      const rest = () => {
        clearTimeout(own.timer);
        own.timer = setTimeout(end, QUIET);
      };
      own.saw = () => {
        if (own.start === null || own.frame || (own.seen !== null && !last)) return;
        own.frame = true;
        afterFrame(() => {
          own.frame = false;
          own.seen = performance.now() - own.start;
          if (last) rest();
          else setTimeout(end, 60);
        });
      };
      own.timer = setTimeout(end, patience);
      addEventListener(type, begin, true);
    });
    gesture = own;
    window.gesture = own.answer;
  }

  const pane = () => document.querySelector("article").parentElement;

  // A line of the text in view, as the ends of a drag over a few of its words. Another
  // number, another line.
  function line(number) {
    const room = pane().getBoundingClientRect();
    const height = room.height - 260;
    const y = room.top + 180 + ((number * 97) % height);
    const left = document.querySelector("article").getBoundingClientRect().left;
    const block = document.elementFromPoint(left + 60, y)?.closest("[data-block]");
    if (!block) return null;
    const words = document.createRange();
    words.selectNodeContents(block);
    const lines = [...words.getClientRects()].filter((rect) => rect.width > 320);
    const near = lines.find((rect) => rect.top <= y && y < rect.bottom + 12);
    if (!near || near.top < room.top + 120) return null;
    const middle = Math.round((near.top + near.bottom) / 2);
    const from = Math.round(near.left + 12 + (number % 5) * 9);
    return [{ x: from, y: middle }, { x: from + 220, y: middle }];
  }

  // Points all over the text in view.
  function points() {
    const room = pane().getBoundingClientRect();
    const left = document.querySelector("article").getBoundingClientRect().left;
    return Array.from({ length: 24 }, (_, at) => ({
      x: Math.round(left + 30 + ((at * 83) % 420)),
      y: Math.round(room.top + 60 + ((at * 61) % (room.height - 120))),
    }));
  }

  // From each move of the pointer to the next frame.
  let moves = [];
  function watchMoves() {
    moves = [];
    addEventListener("pointermove", ({ timeStamp }) => afterFrame(() => moves.push(performance.now() - timeStamp)), true);
  }

  // Scrolls through the whole text; what every frame took.
  const scrollThrough = (steps) => new Promise((resolve) => {
    const element = pane();
    const frames = [];
    let step = 0;
    let before = null;
    element.scrollTop = 0;
    const go = (time) => {
      if (before !== null) frames.push(time - before);
      before = time;
      if (step > steps) {
        resolve(frames);
        return;
      }
      element.scrollTop = ((element.scrollHeight - element.clientHeight) * step) / steps;
      step += 1;
      request(go);
    };
    request(() => request(go));
  });

  const middle = (element) => {
    if (!element) return null;
    element.scrollIntoView({ block: "nearest", behavior: "instant" });
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
  };
  const filter = (number) => middle(document.querySelectorAll(".filters button")[number]);
  const search = () => middle(document.querySelector(".panel input[type=search]"));

  const toggle = () => middle(document.querySelector(".library-toggle"));
  const row = (number) => middle(document.querySelectorAll(".documents [data-document]")[number]);

  // Files that are dropped next: their names and what they hold.
  let files = null;
  function take(all) {
    files = new DataTransfer();
    for (const [name, words] of all) files.items.add(new File([words], name));
  }
  function drop() {
    const event = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: files });
    document.body.dispatchEvent(event);
  }

  // Scrolls the list by itself and gives the middle of an entry in it.
  async function entry(share) {
    const list = [...document.querySelectorAll(".panel, .panel *")].find((element) => element.scrollHeight > element.clientHeight + 8 && /auto|scroll/.test(getComputedStyle(element).overflowY));
    if (!list) return null;
    list.scrollTop = (list.scrollHeight - list.clientHeight) * share;
    await new Promise((done) => request(() => request(() => setTimeout(done, 100))));
    const { top, bottom } = list.getBoundingClientRect();
    for (let y = (top + bottom) / 2; y < bottom - 10; y += 10) {
      const found = document.elementFromPoint(list.getBoundingClientRect().left + 60, y)?.closest("button.entry, [data-id] button");
      if (found && list.contains(found)) return { x: Math.round(list.getBoundingClientRect().left + 60), y: Math.round(y) };
    }
    return null;
  }

  return {
    watch, line, points, watchMoves, scrollThrough, filter, search, entry, toggle, row, take, drop, longestTask,
    moves: () => moves,
    first: () => first,
    lastPaint: () => lastPaint,
    listed: () => listed,
  };
})();

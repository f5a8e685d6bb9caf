// What the tests ask of the page. Sent along with every question, so that nothing of
// it lives in the page between two of them.

// The text, as exports mean it: the blocks' texts joined by a line feed.
const article = () => document.querySelector("article");
const blocks = () => [...article().querySelectorAll("[data-block]")];
const text = () => blocks().map((block) => block.textContent).join("\n");
const pane = () => article().parentElement;

// Where a boundary point of the page lies in that text, in UTF-16 code units.
function offsetOf(node, at) {
  let before = 0;
  for (const block of blocks()) {
    if (block.contains(node)) {
      const range = document.createRange();
      range.setStart(block, 0);
      range.setEnd(node, at);
      return before + range.toString().length;
    }
    before += block.textContent.length + 1;
  }
  throw new Error("a boundary point lies outside the article's blocks");
}

function pointAt(offset) {
  for (const block of blocks()) {
    if (offset <= block.textContent.length) {
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      let node, left = offset;
      while ((node = walker.nextNode())) {
        if (left <= node.length) return [node, left];
        left -= node.length;
      }
    }
    offset -= block.textContent.length + 1;
  }
  throw new Error("an offset lies outside the text");
}

function rangeOf(start, end) {
  const range = document.createRange();
  range.setStart(...pointAt(start));
  range.setEnd(...pointAt(end));
  return range;
}

// Where a passage stands; it must be there once, so that a test says what it means.
function find(passage) {
  const whole = text();
  const start = whole.indexOf(passage);
  if (start < 0) throw new Error(`“${passage}” is not in the article`);
  if (whole.indexOf(passage, start + 1) >= 0) throw new Error(`“${passage}” is in the article more than once`);
  return [start, start + passage.length];
}

const plain = ({ left, top, right, bottom }) => ({ left, top, right, bottom });
const shown = (rect) => rect.width > 0 && rect.height > 0;
const lines = (range) => [...range.getClientRects()].filter(shown);

// Scrolls the pane, at once, until the passage stands at its top, middle or bottom; whether it is
// there yet.
function bring(passage, where = "middle") {
  if (!text().includes(passage)) return false;
  const range = rangeOf(...find(passage));
  const room = pane().getBoundingClientRect();
  const rects = lines(range);
  const top = Math.min(...rects.map((rect) => rect.top));
  const bottom = Math.max(...rects.map((rect) => rect.bottom));
  const by = {
    top: top - room.top - 4,
    middle: (top + bottom) / 2 - (room.top + room.bottom) / 2,
    bottom: bottom - room.bottom + 4,
  }[where];
  pane().scrollBy({ top: by, behavior: "instant" });
  return true;
}

// From which point to which a pointer goes to select a passage: from the edge where
// its first character begins to the edge where its last one ends.
function ends(passage) {
  const [start, end] = find(passage);
  const graphemes = [...new Intl.Segmenter().segment(passage)].map((part) => part.segment);
  const first = lines(rangeOf(start, start + graphemes.at(0).length)).at(0);
  const last = lines(rangeOf(end - graphemes.at(-1).length, end)).at(-1);
  const rightToLeft = (sign) => /[\u0590-\u08ff]/u.test(sign);
  const middle = (rect) => (rect.top + rect.bottom) / 2;
  return [
    { x: rightToLeft(graphemes.at(0)) ? first.right - 1 : first.left + 1, y: middle(first) },
    { x: rightToLeft(graphemes.at(-1)) ? last.left + 1 : last.right - 1, y: middle(last) },
  ];
}

// Scrolls the pane until a stretch of the text is in it, if it is not.
function bringSpan(start, end) {
  const rects = lines(rangeOf(start, end));
  const room = pane().getBoundingClientRect();
  const [top, bottom] = [rects.at(0).top, rects.at(-1).bottom];
  if (top >= room.top + 8 && bottom <= room.bottom - 8) return;
  pane().scrollBy({ top: (top + bottom) / 2 - (room.top + room.bottom) / 2, behavior: "instant" });
}

// The edges where a stretch of the text begins and ends, left to right.
function edges(start, end) {
  const [first, last] = [lines(rangeOf(start, start + 1)).at(0), lines(rangeOf(end - 1, end)).at(-1)];
  const middle = (rect) => (rect.top + rect.bottom) / 2;
  return [{ x: first.left + 1, y: middle(first) }, { x: last.right - 1, y: middle(last) }];
}

// The place in the text that is nearest to a point, in the line that is nearest to it: worked out
// from where each sign stands, and by no means as the page does it. Points beside the column are
// at its edge.
function offsetNear(x, y) {
  const column = article().getBoundingClientRect();
  x = Math.min(Math.max(x, column.left + 1), column.right - 1);
  let before = 0;
  let best = { far: Infinity };
  for (const block of blocks()) {
    const { top, bottom } = block.getBoundingClientRect();
    if (bottom > y - 60 && top < y + 60) {
      for (let at = 0; at < block.textContent.length; at++) {
        for (const rect of lines(rangeOf(before + at, before + at + 1))) {
          const away = Math.max(rect.top - y, y - rect.bottom, 0);
          for (const [edge, offset] of [[rect.left, at], [rect.right, at + 1]]) {
            const far = away * 10_000 + Math.abs(edge - x);
            if (far < best.far) best = { far, offset: before + offset };
          }
        }
      }
    }
    before += block.textContent.length + 1;
  }
  return best.offset;
}

// The middle of the first line of a passage.
function middle(passage) {
  const rect = lines(rangeOf(...find(passage))).at(0);
  return { x: (rect.left + rect.right) / 2, y: (rect.top + rect.bottom) / 2 };
}

// What a pointer meets at a point: the article's own text, or what lies over it.
function coverAt(x, y) {
  const met = document.elementFromPoint(x, y);
  if (met && article().contains(met)) return null;
  return met ? `${met.tagName.toLowerCase()}.${met.className} “${met.textContent.slice(0, 40)}”` : "nothing";
}

function passageArea(passage) {
  return lines(rangeOf(...find(passage))).map(plain);
}

function inPane(passage) {
  const room = pane().getBoundingClientRect();
  return passageArea(passage).every((line) => line.top >= room.top - 1 && line.bottom <= room.bottom + 1);
}

// Every registered highlight, in text order.
function painted() {
  const whole = text();
  const strokes = [];
  for (const [name, highlight] of CSS.highlights) {
    for (const range of highlight) {
      const start = offsetOf(range.startContainer, range.startOffset);
      const end = offsetOf(range.endContainer, range.endOffset);
      strokes.push({ name, start, end, text: whole.slice(start, end) });
    }
  }
  return strokes.sort((a, b) => a.start - b.start || a.end - b.end || a.name.localeCompare(b.name));
}

// What is selected in the page, as the page itself would copy it.
const selection = () => getSelection().toString();

// Names and roles as a screen reader would tell them, as far as this page needs it.
function nameOf(element) {
  const by = element.getAttribute("aria-labelledby");
  if (by) return by.split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim();
  const label = element.getAttribute("aria-label");
  if (label) return label;
  const copy = element.cloneNode(true);
  copy.querySelectorAll("[aria-hidden=true]").forEach((hidden) => hidden.remove());
  return copy.textContent.replace(/\s+/g, " ").trim();
}
const ROLES = {
  article: "article",
  button: "button",
  menu: "[role=menu]",
  toolbar: "[role=toolbar]",
  search: "[role=search]",
  region: "section",
  dialog: "dialog[open]",
  textbox: "textarea",
  combobox: "select",
  group: "[role=group]",
  link: "a[href]",
};
const visible = (element) => element.checkVisibility({ visibilityProperty: true });
function all(role, name) {
  // A modal dialog hides the rest of the page, from assistive technology as well.
  const root = document.querySelector("dialog:modal") ?? document;
  const own = role === "dialog" ? [...document.querySelectorAll(ROLES.dialog)] : [...root.querySelectorAll(ROLES[role])];
  return own.filter((element) => visible(element) && (name === null || nameOf(element) === name));
}
function the(role, name) {
  const found = all(role, name);
  if (found.length !== 1) {
    const others = all(role, null).map((element) => `“${nameOf(element)}”`).join(", ");
    throw new Error(`there are ${found.length} of the ${role} “${name}”; of this role there are: ${others}`);
  }
  return found[0];
}
const has = (role, name) => all(role, name).length > 0;
function button(name, within) {
  if (!within) return the("button", name);
  const [role, label] = within;
  const found = [...the(role, label).querySelectorAll("button")].filter((button) => visible(button) && nameOf(button) === name);
  if (found.length !== 1) throw new Error(`there are ${found.length} buttons “${name}” in the ${role} “${label}”`);
  return found[0];
}
const buttons = (role, label) => [...the(role, label).querySelectorAll("button")].filter(visible).map(nameOf);
const attribute = (name, within, key) => button(name, within).getAttribute(key);
// Brought into view as a finger would bring it.
const areaOfButton = (name, within) => {
  const found = button(name, within);
  found.scrollIntoView({ block: "nearest", inline: "nearest" });
  return plain(found.getBoundingClientRect());
};
const areaOf = (role, name) => plain(the(role, name).getBoundingClientRect());

function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return "";
  if (element === article()) return "article";
  return nameOf(element) || element.tagName.toLowerCase();
}

// What a failed wait says of the page.
const state = () => {
  const fetched = performance
    .getEntriesByType("resource")
    .map((entry) => `${entry.name} ${entry.responseStatus} ${Math.round(entry.responseEnd)} ms`);
  const { readyState, visibilityState, body } = document;
  return `It says “${status()}”, warns of ${JSON.stringify(alerts())}; ${readyState}, ${visibilityState}, at ${Math.round(performance.now())} ms; fetched ${fetched.join(", ")}; complaints ${JSON.stringify(window.wrongs)}; it shows: ${body?.innerText.slice(0, 400)}`;
};

const status = () => document.querySelector("[role=status]")?.textContent ?? "";
const alerts = () => [...document.querySelectorAll("[role=alert]")].map((alert) => alert.textContent.trim()).filter(Boolean);
const notices = () => [...document.querySelectorAll("[aria-live=polite] .banner p")].map((notice) => notice.textContent);

// The region "Annotations", entry by entry, also where it is a sheet that is closed.
function list() {
  return [...document.querySelectorAll("#annotations-body li[data-id]")].map((item) => ({
    quote: item.querySelector("q").textContent,
    themes: [...item.querySelectorAll(".chip")].map((chip) => chip.textContent),
    note: item.querySelector(".entry .note")?.textContent ?? item.querySelector("textarea")?.value ?? "",
    unplaced: item.querySelector(".unplaced")?.textContent ?? "",
    current: item.querySelector("[aria-current=true]") !== null,
    time: item.querySelector("time")?.textContent ?? "",
  }));
}
function entry(quote) {
  const items = [...the("region", "Annotations").querySelectorAll("li[data-id]")];
  const found = items.filter((item) => item.querySelector("q").textContent === quote);
  if (found.length !== 1) throw new Error(`there are ${found.length} entries “${quote}”`);
  return found[0].querySelector("button");
}

function dialog() {
  const open = document.querySelector("dialog[open]");
  if (!open) return null;
  const heading = open.querySelector("h2").textContent;
  const lines = [...open.querySelectorAll("p, li, blockquote")].map((part) => part.textContent.trim());
  return { heading, lines, modal: open.matches(":modal") };
}

const tooltip = () => document.querySelector(".tooltip")?.textContent ?? null;
const openArticle = () => document.querySelector("h1").textContent;
const themeUnder = (offset) => painted().filter((stroke) => stroke.start <= offset && offset < stroke.end);

// The clipboard is no driver's to fill; this is what pasting does.
function paste(name, text) {
  const field = document.querySelector(`[aria-label="${name}"]`);
  field?.select();
  return field !== null && document.execCommand("insertText", false, text);
}

// A dropped file, made in the page: no engine lets a driver drag one in from outside.
function drop(name, bytes) {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], name, { type: name.endsWith(".txt") ? "text/plain" : "" }));
  const target = article();
  for (const type of ["dragenter", "dragover", "drop"]) {
    target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }
}

// The least that a page must do which shows a text with marks: no list, no storage, no
// export. What it takes is what no annotator can go below in the same browser.
"use strict";

const SECTION = 64;
const pane = document.querySelector(".reader");
const article = document.querySelector("article");
const counter = document.querySelector(".count");
const status = document.querySelector("[role=status]");
const tooltip = document.querySelector(".tooltip");

// Where each block begins in the text, in UTF-16 code units, and its text node.
const starts = [];
const nodes = [];

// Marks as [start, end, theme], in text order, and the length of the longest: how far
// before a place a mark may begin that still reaches it.
let marks = [];
let longest = 0;
// The mark that Delete and the theme keys are about, and what undoes each change.
let last = null;
const inverses = [];
// The stretch of text that is painted.
let painted = [0, 0];

const highlights = [0, 1, 2].map((theme) => {
  const highlight = new Highlight();
  CSS.highlights.set(`theme-${theme}`, highlight);
  return highlight;
});

// The first index at which something no longer holds.
function partition(length, holds) {
  let from = 0;
  let to = length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(middle)) from = middle + 1;
    else to = middle;
  }
  return from;
}

function draw(text) {
  const whole = document.createDocumentFragment();
  let section = null;
  let start = 0;
  for (const [number, words] of text.split("\n").entries()) {
    if (number % SECTION === 0) section = whole.appendChild(document.createElement("section"));
    const block = document.createElement(number === 0 ? "h1" : "p");
    block.dataset.block = number;
    block.dir = "auto";
    block.textContent = words;
    section.append(block);
    starts.push(start);
    nodes.push(block.firstChild);
    start += words.length + 1;
  }
  article.append(whole);
}

const blockAt = (offset) => partition(starts.length, (block) => starts[block] <= offset) - 1;

function range([start, end]) {
  const [first, final] = [blockAt(start), blockAt(end)];
  return new StaticRange({
    startContainer: nodes[first],
    startOffset: start - starts[first],
    endContainer: nodes[final],
    endOffset: Math.min(end - starts[final], nodes[final].length),
  });
}

// The stretch of text in the pane and `more` panes above and below it. Only sections
// that are near are asked, so none is laid out for being asked.
function near(more) {
  const { top, bottom, height } = pane.getBoundingClientRect();
  const [above, below] = [top - more * height, bottom + more * height];
  const sections = article.children;
  const edge = (elements, holds) => partition(elements.length, (at) => holds(elements[at].getBoundingClientRect()));
  const isAbove = (rect) => rect.bottom <= above;
  const begins = (rect) => rect.top < below;
  const first = edge(sections, isAbove);
  const final = edge(sections, begins) - 1;
  if (final < first) return [0, 0];
  const from = first * SECTION + edge(sections[first].children, isAbove);
  const to = final * SECTION + edge(sections[final].children, begins);
  return [starts[Math.min(from, starts.length - 1)], starts[to] ?? Infinity];
}

function touching([from, to]) {
  const first = partition(marks.length, (at) => marks[at][0] <= from - longest);
  const found = [];
  for (let at = first; at < marks.length && marks[at][0] < to; at++) {
    if (marks[at][1] > from) found.push(marks[at]);
  }
  return found;
}

function paint() {
  painted = near(1);
  for (const highlight of highlights) highlight.clear();
  for (const mark of touching(painted)) highlights[mark[2]].add(range(mark));
  counter.textContent = marks.length;
}

function put(mark) {
  marks.splice(partition(marks.length, (at) => marks[at][0] <= mark[0]), 0, mark);
  longest = Math.max(longest, mark[1] - mark[0]);
  last = mark;
}

function take(mark) {
  marks.splice(marks.indexOf(mark), 1);
  last = mark === last ? null : last;
}

function retag(mark, theme) {
  mark[2] = theme;
}

function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  const offset = (node, at) => {
    const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-block]");
    return block && starts[block.dataset.block] + at;
  };
  const [start, end] = [offset(startContainer, startOffset), offset(endContainer, endOffset)];
  selection.removeAllRanges();
  return start < end ? [start, end] : null;
}

function tag(theme) {
  const passage = selected();
  if (passage) {
    const mark = [...passage, theme];
    put(mark);
    inverses.push(() => take(mark));
  } else if (last) {
    const [mark, before] = [last, last[2]];
    retag(mark, theme);
    inverses.push(() => retag(mark, before));
  }
}

function remove() {
  const mark = last;
  if (!mark) return;
  take(mark);
  inverses.push(() => put(mark));
}

async function load() {
  const loaded = await (await fetch("marks.json")).json();
  marks = loaded;
  longest = marks.reduce((most, [start, end]) => Math.max(most, end - start), 0);
  paint();
  status.textContent = `${marks.length} marks`;
}

addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  if (key === "i") load();
  else if (["1", "2", "3"].includes(key)) tag(Number(key) - 1);
  else if (key === "delete") remove();
  else if (key === "u" || (key === "z" && event.ctrlKey)) inverses.pop()?.();
  else return;
  event.preventDefault();
  if (key !== "i") paint();
});

pane.addEventListener("scroll", () => {
  const [from, to] = near(0);
  if (from < painted[0] || to > painted[1]) paint();
});
addEventListener("resize", paint);

// What is marked under the pointer.
article.addEventListener("pointermove", ({ clientX, clientY }) => {
  const at = document.caretPositionFromPoint?.(clientX, clientY);
  const fallback = at ? null : document.caretRangeFromPoint?.(clientX, clientY);
  const [node, offset] = at ? [at.offsetNode, at.offset] : [fallback?.startContainer, fallback?.startOffset];
  const block = node?.parentElement?.closest("[data-block]");
  const place = block ? starts[block.dataset.block] + offset : -1;
  const under = place < 0 ? [] : touching([place, place + 1]);
  tooltip.hidden = under.length === 0;
  tooltip.textContent = under.map(([, , theme]) => `Theme ${theme + 1}`).join(", ");
  tooltip.style.left = `${clientX}px`;
  tooltip.style.top = `${clientY + 20}px`;
});

const wanted = new URLSearchParams(location.search).has("marks");
const [text, ready] = await Promise.all([
  fetch("text.txt").then((answer) => answer.text()),
  wanted ? fetch("marks.json").then((answer) => answer.json()) : [],
]);
draw(text);
marks = ready;
longest = marks.reduce((most, [start, end]) => Math.max(most, end - start), 0);
paint();
status.textContent = "Ready";

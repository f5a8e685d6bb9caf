// The list of keys, for the dialog that the program shows. Fetched when that is first opened.

// Keys and what they do, in the groups they are shown in.
const KEYS = {
  "In the article": {
    "Arrow keys": "Move the caret; with Ctrl by word, Home and End within the line, with Ctrl to the text’s ends",
    "Shift + arrow keys": "Select text",
    "Ctrl + A": "Select the whole article",
    Enter: "Select the mark at the caret",
    Tab: "Next mark where several overlap",
  },
  "With text or a mark selected": {
    "1 to 9": "Tag with a theme, or take it away",
    N: "Write a note",
    "Alt + Left, Right": "Move the mark's start by a word; with Ctrl by a character",
    "Alt + Shift + Left, Right": "Move its end",
    Enter: "Attach what is being reviewed",
    Delete: "Delete the mark",
    Escape: "Clear the selection",
  },
  Everywhere: {
    "Page up, page down, space": "Scroll the text",
    "J, K": "Next and previous mark",
    "Ctrl + Z": "Undo",
    "Ctrl + Shift + Z, Ctrl + Y": "Redo",
    "?": "This list",
  },
};

const element = (kind, ...children) => {
  const made = document.createElement(kind);
  made.append(...children);
  return made;
};

export const fill = (place) => {
  for (const [heading, keys] of Object.entries(KEYS)) {
    const rows = Object.entries(keys).map(([key, does]) => element("div", element("dt", element("kbd", key)), element("dd", does)));
    place.append(element("h3", heading), element("dl", ...rows));
  }
};

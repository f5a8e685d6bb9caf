// What is told while the page rests, and waits for an answer. It stands below everything else: what
// comes there moves nothing that somebody reads.

// In the page before anything stands in it: else it would not be read out. The first screen goes
// when the program puts its own in that place.
const notices = document.createElement("div");
notices.className = "notices";
notices.ariaLive = "polite";
const place = () => {
  if (document.querySelector("#annotations-heading")) document.querySelector("main").after(notices);
  else setTimeout(place, 100);
};
place();

const readOn = () => document.querySelector("article").focus({ preventScroll: true });

// Takes away what is not true any more.
export const dismiss = (id) => {
  const made = notices.querySelector(`#${id}`);
  const wasThere = made?.contains(document.activeElement);
  made?.remove();
  if (wasThere) readOn();
};

// Tells something once, with what can be done about it. A button takes the banner away, unless
// what it does gives true: that may change the words, which it is handed.
export const banner = (id, said, buttons) => {
  if (notices.querySelector(`#${id}`)) return;
  const made = document.createElement("div");
  Object.assign(made, { id, className: "banner" });
  const words = document.createElement("p");
  words.textContent = said;
  made.append(words);
  for (const [label, act] of Object.entries(buttons)) {
    const button = document.createElement("button");
    button.textContent = label;
    button.onclick = () => {
      if (act?.(words) === true) return;
      made.remove();
      readOn();
    };
    made.append(button);
  }
  notices.append(made);
};

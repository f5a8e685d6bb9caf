// What the bookmark does in a page that a person reads: opens Themark, and sends it that page once it
// says that it listens. src/browser/sender.rs puts its address in the place of RECEIVER.
(() => {
  const address = "RECEIVER";
  const { origin } = new URL(address);
  // Before anything else: a window is opened for a press only.
  const receiver = open(address);
  if (!receiver) return;
  const selection = getSelection();
  const part = document.createElement("div");
  for (let at = 0; at < selection.rangeCount; at++) part.append(selection.getRangeAt(at).cloneContents());
  const page = document.documentElement.outerHTML;
  const send = (event) => {
    if (event.source !== receiver || event.origin !== origin || event.data !== "themark-listens") return;
    removeEventListener("message", send);
    receiver.postMessage({ page, part: selection.isCollapsed ? "" : part.innerHTML, title: document.title, address: location.href }, origin);
  };
  addEventListener("message", send);
})();

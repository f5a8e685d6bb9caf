// Stands before everything else in the page that is one file, and answers what the page asks
// for by its address out of that file.

const packed = (name) => {
  const held = document.querySelector(`script[data-file="${name}"]`);
  if (!held) throw new TypeError(`${name} is not in this file`);
  return held.textContent;
};
// The bytes of what was packed: gzip in base64.
const unpacked = (words) => {
  const unpacking = new DecompressionStream("gzip");
  const writer = unpacking.writable.getWriter();
  writer.write(Uint8Array.from(atob(words), (letter) => letter.charCodeAt(0))).then(() => writer.close());
  return new Response(unpacking.readable).arrayBuffer();
};

window.fetch = async (address) => {
  const folder = new URL(".", document.baseURI).href;
  const name = new URL(address, document.baseURI).href.slice(folder.length);
  const type = name.endsWith(".wasm") ? "application/wasm" : "text/plain";
  return new Response(await unpacked(packed(name)), { headers: { "Content-Type": type } });
};

// A worker carries its program along, since it can ask for none; and in WebKit it can't read a file
// either, so the bytes are sent before the question that is about them.
const Native = window.Worker;
const start = (unpacked) => {
  let file, next;
  addEventListener("message", (event) => {
    const isFile = event.data instanceof ArrayBuffer;
    if (isFile) event.stopImmediatePropagation();
    // They are of the question that follows, and of no other: the worker lives on.
    [file, next] = isFile ? [undefined, event.data] : [next, undefined];
  });
  // Where in the file a piece of it begins.
  const starts = new WeakMap();
  const slice = Blob.prototype.slice;
  Blob.prototype.slice = function (start, end) {
    const piece = slice.call(this, start, end);
    starts.set(piece, start);
    return piece;
  };
  const Reader = self.FileReaderSync;
  self.FileReaderSync = class {
    readAsArrayBuffer(asked) {
      if (!file) return new Reader().readAsArrayBuffer(asked);
      const start = starts.get(asked) ?? 0;
      return file.slice(start, start + asked.size);
    }
  };
  unpacked
    .then((program) => wasm_bindgen({ module_or_path: program }))
    .catch((error) => setTimeout(() => { throw error; }));
};
window.Worker = class {
  constructor(address, { name }) {
    const begin = `(${start})((${unpacked})("${packed(`${name}_bg.wasm`)}"));`;
    const script = new Blob([packed(`${name}.js`), begin], { type: "text/javascript" });
    const worker = new Native(URL.createObjectURL(script));
    const post = worker.postMessage.bind(worker);
    worker.postMessage = (message) => {
      const file = Array.isArray(message) && message.at(-1);
      if (!(file instanceof Blob)) return post(message);
      // One that can't be read is for the worker to tell of.
      file.arrayBuffer().then(post, () => {}).then(() => post(message));
    };
    return worker;
  }
};

// Said once: where what is marked is kept.
const key = "told of the file";
const tell = () => {
  const place = document.querySelector(".notices");
  if (!place) return setTimeout(tell, 100);
  const banner = document.createElement("div");
  banner.className = "banner";
  const words = document.createElement("p");
  words.textContent = "This is Themark in one file. What you mark is kept by this browser on this machine and does not travel with the file: download your annotations to take them along. Where the file is moved or renamed, some browsers do not find them again; in others, any file that is opened could read them.";
  const button = document.createElement("button");
  button.textContent = "Understood";
  button.onclick = () => {
    banner.remove();
    document.querySelector("article").focus({ preventScroll: true });
    try {
      localStorage.setItem(key, "1");
    } catch {
      // Then it is said each time.
    }
  };
  banner.append(words, button);
  // What stands in a place when that comes is not read out.
  setTimeout(() => place.append(banner), 500);
};
let told = false;
try {
  told = localStorage.getItem(key) !== null;
} catch {
  // As above.
}
if (!told) tell();

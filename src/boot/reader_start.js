// Starts the reader's program, from bytes for the reason that index.html gives.
self.trustedTypes?.createPolicy("default", {
  createScriptURL: (address) => (address === "./reader.js" ? address : null),
});
importScripts("./reader.js");
fetch("./reader_bg.wasm")
  .then((answer) => answer.arrayBuffer())
  .then((program) => wasm_bindgen({ module_or_path: program }))
  .catch((error) => setTimeout(() => { throw error; }));

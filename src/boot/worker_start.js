// Starts the worker's program, from bytes for the reason that index.html gives.
self.trustedTypes?.createPolicy("default", {
  createScriptURL: (address) => (address === "./worker.js" ? address : null),
});
importScripts("./worker.js");
fetch("./worker_bg.wasm")
  .then((answer) => answer.arrayBuffer())
  .then((program) => wasm_bindgen({ module_or_path: program }))
  .catch((error) => setTimeout(() => { throw error; }));

// Starts the program that a worker is named after, from bytes for the reason that index.html gives.
self.trustedTypes?.createPolicy("default", {
  createScriptURL: (address) => (["./worker.js", "./reader.js"].includes(address) ? address : null),
});
importScripts(`./${self.name}.js`);
fetch(`./${self.name}_bg.wasm`)
  .then((answer) => answer.arrayBuffer())
  .then((program) => wasm_bindgen({ module_or_path: program }))
  .catch((error) => setTimeout(() => { throw error; }));

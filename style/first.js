// Before anything is seen: who left this page at another place is not shown the first
// article's beginning until the program runs. What start.js noted tells. Who has been here
// has a store, too: it is opened meanwhile.
var store;
try {
  const left = localStorage.getItem("elsewhere");
  if (left) document.documentElement.className = "elsewhere";
  if (left !== null) {
    store = new Promise((resolve) => {
      const request = indexedDB.open("themark");
      request.onsuccess = () => {
        // A newer program in another tab must not wait for this one.
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
      request.onerror = () => resolve();
      // There is none after all; to make it is the program's.
      request.onupgradeneeded = () => request.transaction.abort();
    });
  }
} catch {
  // Without storage, every visit is the first.
}

// WebKit 2.50 now and then runs a program wrongly while it still optimizes it: of 240
// starts 4 failed that compiled what was arriving, few that had it whole. Elsewhere it is
// compiled while the page still comes in. What fails here, start.js tries in its own way.
var isWebkit = /AppleWebKit/.test(navigator.userAgent) && !/Chrom/.test(navigator.userAgent);
var program = fetch("./themark_bg.wasm").then((answer) => (isWebkit ? answer.arrayBuffer() : WebAssembly.compileStreaming(answer)));
program.catch(() => {});

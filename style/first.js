// Runs before anything is seen. What start.js noted tells who has been here before.
try {
  const elsewhere = localStorage.getItem("elsewhere");
  // Who left the page at another place is not shown the first article's beginning until
  // the program runs.
  if (elsewhere) document.documentElement.className = "elsewhere";
  // To open the store takes the longer the first time. Where there is none, none is made.
  if (elsewhere !== null) {
    const opened = indexedDB.open("themark");
    opened.onupgradeneeded = () => opened.transaction.abort();
    opened.onsuccess = () => opened.result.close();
  }
} catch {
  // Without storage, every visit is the first.
}

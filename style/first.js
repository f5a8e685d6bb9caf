// Before anything is seen: who left this page at another place is not shown the first
// article's beginning until the program runs. What start.js noted tells.
try {
  if (localStorage.getItem("elsewhere")) document.documentElement.className = "elsewhere";
} catch {
  // Without storage, every visit is the first.
}

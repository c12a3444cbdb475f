// "/" puts the cursor into the search of the top bar, Escape takes it back to where it was.
export function searchByKey() {
  const box = document.querySelector("[data-search]");
  if (!box) return;
  let before = null;
  document.addEventListener("keydown", event => {
    if (event.key === "/" && !event.ctrlKey && !event.altKey && !event.metaKey && !isTyping(event.target)) {
      event.preventDefault();
      before = document.activeElement;
      box.focus();
      box.select();
    } else if (event.key === "Escape" && event.target === box) {
      // A browser would empty it.
      event.preventDefault();
      box.blur();
      before?.focus();
    }
  });
}

function isTyping(element) {
  return element.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])") !== null;
}

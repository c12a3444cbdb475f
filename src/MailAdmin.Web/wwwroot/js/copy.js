// The button shows itself where the browser lets a page write to the clipboard. It says for a moment that it did.
const MOMENT = 2000;

export function offerCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button, document.getElementById(button.dataset.copy)));
  }
}

async function copy(button, source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch {
    // The browser refuses: what is marked is copied by hand.
    getSelection().selectAllChildren(source);
    return;
  }
  const word = button.firstElementChild;
  const before = button.dataset.before ??= word.textContent;
  word.textContent = button.dataset.copied;
  setTimeout(() => { word.textContent = before; }, MOMENT);
}

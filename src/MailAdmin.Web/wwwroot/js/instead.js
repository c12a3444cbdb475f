// What a ticked box replaces is not shown beside it.
export function hideReplaced() {
  for (const box of document.querySelectorAll("input[data-instead-of]")) {
    const replaced = document.getElementById(box.dataset.insteadOf);
    const follow = () => replaced.hidden = box.checked;
    box.addEventListener("change", follow);
    window.addEventListener("pageshow", follow);
    follow();
  }
}

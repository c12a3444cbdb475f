// The key stands behind # in the link: it is put into the form, and out of the address. Without a script it is typed.
export function fillLinkKey() {
  const box = document.querySelector("[data-link-key]");
  const key = location.hash.slice(1);
  if (!box || !key) return;
  box.querySelector("input").value = key;
  box.hidden = true;
  history.replaceState(null, "", location.pathname);
}

// Proposes the prefix from the domain's name, until somebody types one.
export function proposePrefix() {
  const prefix = document.querySelector("[data-proposed-from] input");
  if (!prefix) return;
  const name = document.getElementById(prefix.closest("[data-proposed-from]").dataset.proposedFrom);
  let own = prefix.value !== "" && prefix.value !== proposal(name.value);
  prefix.addEventListener("input", () => own = prefix.value !== "");
  name.addEventListener("input", () => {
    if (!own) prefix.value = proposal(name.value);
  });
}

function proposal(name) {
  const label = name.trim().toLowerCase().split(".")[0].normalize("NFD");
  return label.replace(/[^a-z0-9-]/g, "").replace(/^[^a-z]+/, "").replace(/-+$/, "").slice(0, 32);
}

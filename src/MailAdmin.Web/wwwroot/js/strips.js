// On a narrow screen the menu is strips: the page that one is on is not left beyond their edge.
export function showCurrent() {
  document.querySelector(".side [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// What is under way is read again until it is done.
const pause = 1500;

export function followProgress() {
  const shown = document.querySelector("[data-follow=yes]");
  if (shown) setTimeout(() => refresh(shown), pause);
}

async function refresh(shown) {
  const answer = await fetch(location.pathname).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(shown.id);
  if (!fresh) return;
  shown.replaceWith(fresh);
  followProgress();
}

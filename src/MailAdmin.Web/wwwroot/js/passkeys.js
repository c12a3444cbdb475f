// Passkeys speak to scripts alone: their forms show themselves where the browser knows passkeys, and bring what the passkey answered.
export function offerPasskeys() {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) return;
  for (const note of document.querySelectorAll("[data-without-passkeys]")) note.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", event => {
      if (form.elements.Credential.value) return;
      event.preventDefault();
      event.stopPropagation();
      ask(form);
    });
  }
}

async function ask(form) {
  const said = form.querySelector("[data-failed]");
  said.textContent = "";
  try {
    const answer = await fetch(form.action + "/options", { method: "POST", body: new URLSearchParams(new FormData(form)) });
    // The password was typed too long ago: the page says so.
    if (answer.redirected) return location.reload();
    const { options, state } = await answer.json();
    const credential = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    form.elements.Credential.value = JSON.stringify(credential);
    form.elements.State.value = state;
    form.requestSubmit();
  } catch {
    said.textContent = said.dataset.failed;
  }
}

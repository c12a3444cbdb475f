// Fills both password fields with a generated one, and shows it. The server takes only what is sent.
const letters = "bcdefghjkmnpqrstuvwxyz";
const digits = "23456789";

export function generatePasswords() {
  const box = document.querySelector("[data-generate]");
  if (!box) return;
  box.hidden = false;
  const note = box.querySelector("[data-generated]");
  box.querySelector("button").addEventListener("click", () => {
    const password = create();
    for (const input of document.querySelectorAll("[data-passwords] input")) {
      input.type = "text";
      input.value = password;
    }
    note.textContent = note.dataset.generated;
  });
}

function create() {
  for (;;) {
    const groups = Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => pick(letters + digits)).join(""));
    const password = groups.join("-");
    if (/[a-z]/.test(password) && /[0-9]/.test(password)) return password;
  }
}

// Without the modulo's bias.
function pick(alphabet) {
  const limit = 256 - 256 % alphabet.length;
  const octet = new Uint8Array(1);
  do crypto.getRandomValues(octet); while (octet[0] >= limit);
  return alphabet[octet[0] % alphabet.length];
}

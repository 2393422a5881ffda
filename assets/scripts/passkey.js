// Passkeys: making one, and signing in with one, from a button or from the suggestions of the address field.
//
//   <form method="post" action="…" data-passkey="use | make" data-ask="address that answers with the question"
//         data-refused="…" data-trouble="…" data-already="…">
//     … hidden fields …  <input type="hidden" name="answer">
//     <div data-needs-passkeys hidden> <button type="submit">…</button> <p role="alert" data-say></p> </div>
//   </form>
//
// POST to data-ask carries the form's fields and answers {"publicKey": …} as JSON with bytes in base64url. What
// else stands in that answer goes into the form's fields of the same names. The browser's answer goes into the
// field `answer`, as JSON, and the form is sent like any other.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const base64url = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const withBytes = (list) => list?.map((entry) => ({ ...entry, id: bytes(entry.id) }));

/** The server's question as the browser wants it. */
function question(json) {
  const asked = { ...json, challenge: bytes(json.challenge) };
  if (json.user) {
    asked.user = { ...json.user, id: bytes(json.user.id) };
    // Some devices derive keys (member.js) only with passkeys of which that was known when they were made.
    asked.extensions = { ...json.extensions, prf: {} };
  }
  if (json.allowCredentials) asked.allowCredentials = withBytes(json.allowCredentials);
  if (json.excludeCredentials) asked.excludeCredentials = withBytes(json.excludeCredentials);
  return asked;
}

/** The browser's answer as the server reads it. */
function answer(credential) {
  const { response } = credential;
  const said = { clientDataJSON: base64url(response.clientDataJSON) };
  if (response.attestationObject) {
    said.attestationObject = base64url(response.attestationObject);
    said.transports = response.getTransports?.() ?? [];
  } else {
    said.authenticatorData = base64url(response.authenticatorData);
    said.signature = base64url(response.signature);
    said.userHandle = response.userHandle ? base64url(response.userHandle) : null;
  }
  return JSON.stringify({
    id: credential.id,
    rawId: base64url(credential.rawId),
    type: credential.type,
    response: said,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function ask(form, signal) {
  const response = await fetch(form.dataset.ask, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { accept: "application/json" },
    signal,
  });
  if (!response.ok) throw new Error(`${response.status}`);
  const { publicKey, ...fields } = await response.json();
  for (const [name, value] of Object.entries(fields)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  return question(publicKey);
}

/** One ceremony at a time: the button takes over from the waiting suggestions. */
let waiting = new AbortController();

/** @param {HTMLFormElement} form */
function passkey(form) {
  const making = form.dataset.passkey === "make";
  const say = form.querySelector("[data-say]");
  const tell = (words) => {
    if (say) say.textContent = words ?? "";
  };

  const send = (credential) => {
    form.elements.answer.value = answer(credential);
    form.submit();
  };

  const run = async () => {
    waiting.abort();
    waiting = new AbortController();
    const { signal } = waiting;
    tell("");
    try {
      const publicKey = await ask(form, signal);
      send(await (making ? navigator.credentials.create({ publicKey, signal }) : navigator.credentials.get({ publicKey, signal })));
    } catch (error) {
      // The browser does not tell whether somebody said no or waited too long, and it should not.
      const words = { NotAllowedError: form.dataset.refused, AbortError: "", InvalidStateError: form.dataset.already };
      tell(error.name in words ? words[error.name] : form.dataset.trouble);
    }
  };

  const suggest = async () => {
    const { signal } = waiting;
    try {
      const publicKey = await ask(form, signal);
      send(await navigator.credentials.get({ publicKey, signal, mediation: "conditional" }));
    } catch {
      // Nobody asked for this, so nobody is told; the button is still there.
    }
  };

  form.querySelectorAll("[data-needs-passkeys]").forEach((part) => (part.hidden = false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    run();
  });
  if (making || !document.querySelector("input[autocomplete~=webauthn]")) return;
  PublicKeyCredential.isConditionalMediationAvailable?.().then((available) => {
    if (available) suggest();
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(passkey);

// A form that changes something is sent once: the pressed button rests until the answer comes.
// The server knows the form by its key as well; this saves the worry.
//
//   <button data-once="送っています">…</button>   the words are optional

const RESTS = 10_000;
const resting = new Map();

function rest(button) {
  resting.set(button, [...button.childNodes]);
  button.disabled = true;
  if (button.dataset.once) button.replaceChildren(button.dataset.once);
}

function restore() {
  for (const [button, content] of resting) {
    button.disabled = false;
    button.replaceChildren(...content);
  }
  resting.clear();
  document.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy"));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
  // A disabled button is not sent along, so it rests only after the form has been read.
  if (event.submitter) setTimeout(rest, 0, event.submitter);
  // The answer may be a file, and the page stays.
  setTimeout(restore, RESTS);
});
// Coming back with the browser's button shows the page as it was left.
addEventListener("pageshow", (event) => {
  if (event.persisted) restore();
});

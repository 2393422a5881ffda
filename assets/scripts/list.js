// Long lists with the keyboard: choose several with Shift, all at once, and act on them.
//
//   <form data-list> … <p data-count data-words="{n}名を選択中"></p> … <table> rows with one check box each </table>
//   <input type="checkbox" data-all hidden>            in the head of the table
//   <dialog id="keys"> … <input type="checkbox" data-keys-off> … </dialog>     what ? shows; turns the keys off
//
// j and k go down and up, x chooses, / goes to the search, ? explains. They rest while one types.

const OFF = "mist.keys";

/** @param {HTMLFormElement} form */
function list(form) {
  const boxes = () => [...form.querySelectorAll("tbody input[type=checkbox]:not(:disabled)")];
  const all = form.querySelector("[data-all]");
  const count = form.querySelector("[data-count]");
  const bulk = form.querySelector(".bulk");
  let latest = null;

  const say = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    if (count) count.textContent = count.dataset.words.replace("{n}", String(chosen));
    for (const button of bulk?.querySelectorAll("button:not([data-keys])") ?? []) button.disabled = chosen === 0;
    if (all) {
      all.checked = chosen > 0 && chosen === boxes().length;
      all.indeterminate = chosen > 0 && !all.checked;
    }
  };

  form.addEventListener("click", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.type !== "checkbox" || box === all) return;
    const every = boxes();
    const [from, to] = [every.indexOf(latest), every.indexOf(box)];
    if (event.shiftKey && from >= 0 && to >= 0) {
      for (const between of every.slice(Math.min(from, to), Math.max(from, to) + 1)) between.checked = box.checked;
    }
    if (to >= 0) latest = box;
    say();
  });
  // Shift would mark the text between the two clicks.
  form.addEventListener("mousedown", (event) => {
    if (event.shiftKey && event.target.closest("label")) event.preventDefault();
  });
  all?.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    say();
  });

  const here = () => form.querySelector("tbody tr.here");
  const go = (row) => {
    if (!row) return;
    here()?.classList.remove("here");
    row.classList.add("here");
    row.querySelector("a, input")?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const rows = [...form.querySelectorAll("tbody tr")];
    const at = rows.indexOf(here());
    go(rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]);
  };

  if (all) all.closest("[hidden]")?.removeAttribute("hidden");
  all?.removeAttribute("hidden");
  form.addEventListener("change", say);
  addEventListener("pageshow", say);
  say();

  return {
    j: () => step(1),
    k: () => step(-1),
    x: () => here()?.querySelector("input[type=checkbox]")?.click(),
  };
}

const typing = (target) => target instanceof Element && target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;
const isOff = () => localStorage.getItem(OFF) === "off";

const lists = [...document.querySelectorAll("form[data-list]")].map(list);
const dialog = document.querySelector("dialog#keys");
const keys = {
  ...lists[0],
  "/": () => (document.querySelector("main input[type=search]") ?? document.querySelector("input[type=search]"))?.focus(),
  "?": () => dialog?.showModal(),
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || dialog?.open || isOff()) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

const off = dialog?.querySelector("[data-keys-off]");
if (off) {
  off.checked = isOff();
  off.addEventListener("change", () => (off.checked ? localStorage.setItem(OFF, "off") : localStorage.removeItem(OFF)));
}
for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => dialog?.showModal());
}

// What was opened on a page of the desk, gathered for a file; and what stands in a fact, put into the field in which it is changed.
//
//   <form data-export> … <input type="hidden" name="told"> … <p data-waits data-words="…"></p>
//     <tr data-fact="summary" data-tlp="amber"> … <input type="checkbox"> … <span data-sealed …></span>
//     <tr data-indicator="ip" data-tlp="green"> … likewise
//     <tr data-evidence="1" data-stored="…" data-received="…"> … likewise; only its hash goes along, under the mark of the case
//   <span data-sealed … data-copy="words"></span> … <textarea name="words">
//
// desk-open.js opens the spans and says `desk:opened`. A row without a check box goes along only so that the server can mask what it
// says in other texts, and finds out by its mark that it stays.

function piece(tlp, number, about, { stored, received }) {
  const kept = { tlp, number, sha256_plain: JSON.parse(about).sha256, received_at: received };
  return stored ? { ...kept, sha256_stored: stored } : kept;
}

/** @param {HTMLFormElement} form */
function gather(form) {
  const told = { words: {}, indicators: [], evidence: [] };
  for (const row of form.querySelectorAll("tr:has([data-sealed])")) {
    const box = row.querySelector("input[type=checkbox]");
    if (box && !box.checked) continue;
    const text = row.querySelector("[data-sealed]").textContent;
    const { fact, indicator, evidence, tlp } = row.dataset;
    if (fact) told.words[fact] = { tlp, text };
    else if (indicator) told.indicators.push({ kind: indicator, value: text, tlp });
    else told.evidence.push(piece(form.elements.tlp.value, Number(evidence), text, row.dataset));
  }
  return JSON.stringify(told);
}

function exporting(form) {
  const button = form.querySelector("button");
  const waits = form.querySelector("[data-waits]");
  const look = () => {
    const closed = [...form.querySelectorAll("[data-sealed]")].filter((span) => span.dataset.state !== "open");
    button.disabled = closed.length > 0;
    waits.textContent = closed.length > 0 ? waits.dataset.words : "";
  };
  document.addEventListener("desk:opened", look);
  form.addEventListener("submit", () => {
    form.elements.told.value = gather(form);
  });
  look();
}

function copying(span) {
  const field = document.querySelector(`[name="${span.dataset.copy}"]`);
  document.addEventListener("desk:opened", () => {
    if (span.dataset.state === "open" && field.value.trim() === "") field.value = span.textContent;
  });
}

for (const form of document.querySelectorAll("form[data-export]")) exporting(form);
for (const span of document.querySelectorAll("[data-copy]")) copying(span);

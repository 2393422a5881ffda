// Files of a case at the desk, opened and sealed in the responder's browser alone.
//
//   <section data-files data-reading="…{done}…" data-wrapping data-saved data-hashed data-differs data-broken>
//     <span data-sealed … data-place="case_files|uuid|about" data-field="name">…</span>
//     <button hidden data-file-save="uuid" data-case="uuid" data-href="…" data-number="2026-000123-7">…</button>
//     <p data-file-say role="status"></p>
//     <select data-file-choice> <option value="uuid" data-case data-href data-hash="base64" data-hash-place="…">…</option> </select>
//     <form data-pieces …> a file for the institution: desk-give.js
//
// A file is saved in an archive that opens by the number of the case, so that nobody starts what is in it by a slip, and no guard
// against viruses takes it away.

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { BlobReader, BlobWriter, ZipWriter } from "@zip.js/zip.js/lib/zip-core-custom.js";

import { keyOf, sealedWord } from "./desk-case.js";
import { giver } from "./desk-give.js";
import { own } from "./member.js";
import * as vault from "./vault.js";

/** Reads a file in clear, part by part; its SHA-256. `take` gets each part. */
async function read(key, { caseId, file, href }, words, say, take = () => {}) {
  const answer = await fetch(href);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const hash = sha256.create();
  let bytes = 0;
  for await (const part of vault.openParts(key, caseId, file, answer.body.getReader())) {
    hash.update(part);
    take(part);
    bytes += part.length;
    say(words.reading.replace("{done}", `${(bytes / 1e6).toFixed(1)} MB`));
  }
  return bytesToHex(hash.digest());
}

async function wrapped(blob, name, password) {
  const archive = new ZipWriter(new BlobWriter("application/zip"), { password, zipCrypto: true, level: 0, useWebWorkers: false });
  await archive.add(name, new BlobReader(blob));
  return archive.close();
}

function keep(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A name is a word about a file and never a path. */
const plain = (name) => name.replace(/[\\/:*?"<>|\u0000-\u001f]/g, "_") || "file";

function saver(button, words) {
  const say = (text) => (button.closest("li").querySelector("[data-file-say]").textContent = text);
  const { fileSave: file, case: caseId, href, number } = button.dataset;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const key = await keyOf(caseId);
      const parts = [];
      const hash = await read(key, { caseId, file, href }, words, say, (part) => parts.push(part));
      const about = document.querySelector(`[data-place="case_files|${file}|about"]`);
      const name = about ? plain(sealedWord(key, caseId, about.dataset.place, about.dataset.sealed).name) : file;
      const noted = document.querySelector(`[data-place="case_files|${file}|hashes"]`);
      if (noted && sealedWord(key, caseId, noted.dataset.place, noted.dataset.sealed).sha256 !== hash) throw new vault.Refused();
      say(words.wrapping);
      keep(await wrapped(new Blob(parts), name, number), `${number}-${name}.zip`);
      say(words.saved);
    } catch (error) {
      say(error instanceof vault.Refused ? words.differs : words.broken);
    }
    button.disabled = false;
  });
}

function chooser(select, words) {
  const say = (text) => (select.parentElement.querySelector("[data-file-say]").textContent = text);
  const { what, sha256: field } = select.form.elements;
  let last = 0;
  select.addEventListener("change", async () => {
    const [turn, option] = [(last += 1), select.selectedOptions[0]];
    const { case: caseId, href, hash: sealed, hashPlace } = option.dataset;
    say("");
    field.value = "";
    if (!href) return;
    const key = await keyOf(caseId);
    if (!key) return;
    const tell = (text) => turn === last && say(text);
    try {
      const hash = await read(key, { caseId, file: option.value, href }, words, tell);
      if (turn !== last) return;
      if (sealedWord(key, caseId, hashPlace, sealed).sha256 !== hash) throw new vault.Refused();
      field.value = hash;
      const { name } = sealedWord(key, caseId, option.dataset.place, option.dataset.sealed);
      if (!what.value) what.value = name;
      say(words.hashed);
    } catch (error) {
      tell(error instanceof vault.Refused ? words.differs : words.broken);
    }
  });
}

if (own()) {
  for (const section of document.querySelectorAll("[data-files]")) {
    section.querySelectorAll("[data-file-save]").forEach((button) => saver(button, section.dataset));
    section.querySelectorAll("[data-file-choice]").forEach((select) => chooser(select, section.dataset));
    section.querySelectorAll("form[data-pieces]").forEach(giver);
  }
  document.addEventListener("desk:opened", () => {
    for (const button of document.querySelectorAll("[data-file-save]")) button.hidden = false;
  });
}

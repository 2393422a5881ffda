// Sends a file piece by piece, so that a break costs one piece, and the same file goes on where it had come to: by itself when the
// network is back, or later, when it is chosen again. Before the first piece all of it is hashed: what has arrived of a file goes on
// with the same contents alone, whatever another one is called and however long it is.
//
//   <form data-pieces="…/uploads" data-done="…"> … <input type="file" name="file"> …        talk/pages/sending.html:
//     <div data-pieces-words data-piece="1048576" data-…="…">
//       <div hidden data-pieces-box><label data-pieces-name></label><progress></progress><p data-pieces-count></p></div>
//       <p role="status" data-pieces-say></p>    what is worth being read out: each tenth, a break, that it goes on, the end
//       <p data-pieces-note></p>                 that another file of this name is under way
//       <a hidden data-pieces-again>…</a>        leads to the page where one comes in again
//
// Without script, or where a way says that it is not ready, the form sends the file in one go.

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
/** How long an answer may take: twice what a piece needs on a line of 64 kbit/s. */
const PATIENCE = 300_000;

/** A refusal in the server's words. */
class Refused extends Error {}
/** Nothing came back, or that it cannot be answered just now. */
class Broken extends Error {}
/** Whoever sends is not known any more. */
class Ended extends Error {}
/** The file is not what it was when it was chosen. */
class Changed extends Error {}

/** What the server answers to a form; everything else is one of the errors above. */
export async function post(address, body) {
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Broken();
  }
  if (answer.status >= 500 || answer.status === 408 || answer.status === 429) throw new Broken();
  if (!answer.ok && answer.status !== 422) throw new Ended();
  const said = await answer.json().catch(() => undefined);
  if (!said) throw new Broken();
  if (!answer.ok) throw new Refused(said.error);
  return said;
}

/** A form with a piece behind its fields. */
export function withPiece(fields, bytes) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  form.set("piece", new Blob([bytes]), "piece");
  return form;
}

/** SHA-256 of a piece. */
export async function digest(bytes) {
  return bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

async function read(file, from, length) {
  try {
    return new Uint8Array(await file.slice(from, from + length).arrayBuffer());
  } catch {
    throw new Changed();
  }
}

/** Until some time has passed, or the network is said to be back. */
function pause(time) {
  return new Promise((resolve) => {
    const timer = setTimeout(end, time);
    function end() {
      clearTimeout(timer);
      removeEventListener("online", end);
      resolve();
    }
    addEventListener("online", end);
  });
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** What a form shows of a file on its way. */
function display(form) {
  const part = (name) => form.querySelector(`[data-pieces-${name}]`);
  const words = part("words").dataset;
  const [box, name, count, line, note, again] = ["box", "name", "count", "say", "note", "again"].map(part);
  const bar = box.querySelector("progress");
  let tenth = 0;
  const say = (text) => (line.textContent = text);
  return {
    words,
    say,
    begins(file) {
      [name.textContent, count.textContent, note.textContent, bar.max, bar.value] = [file.name, "", "", file.size, 0];
      [box.hidden, again.hidden] = [false, true];
      say("");
    },
    looking(done, whole) {
      bar.value = done;
      count.textContent = filled(words.looking, { percent: Math.floor((done * 100) / whole) });
    },
    has(done, whole) {
      const percent = Math.floor((done * 100) / whole);
      const text = filled(words.count, { done: megabytes(done), whole: megabytes(whole), percent });
      [bar.value, count.textContent] = [done, text];
      if (Math.floor(percent / 10) > tenth) say(text);
      tenth = Math.floor(percent / 10);
    },
    from(done, whole) {
      tenth = Math.floor((done * 10) / whole);
      say(done > 0 ? filled(words.resumed, { done: megabytes(done) }) : words.sending);
    },
    note: (text) => (note.textContent = text),
    comeAgain(address) {
      again.href = new URL(address, location.href).pathname;
      again.hidden = false;
    },
  };
}

/** Acts once more after a break, however long it lasts, but not after a refusal. */
async function patiently({ words, say }, act) {
  for (let time = FIRST_WAIT, isBroken = false; ; time = Math.min(2 * time, LONGEST_WAIT), isBroken = true) {
    try {
      const answer = await act();
      if (isBroken) say(words.back);
      return answer;
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
    }
    if (!isBroken) say(words.broken);
    await pause(time);
  }
}

/** What is said of a file before it is sent, and the hash of each of its pieces. */
async function looked(file, shown) {
  const [size, whole, digests] = [Number(shown.words.piece), sha256.create(), []];
  for (let at = 0; at < file.size; at += size) {
    const bytes = await read(file, at, size);
    whole.update(bytes);
    digests.push(await digest(bytes));
    shown.looking(Math.min(at + size, file.size), file.size);
  }
  return { name: file.name, bytes: file.size, sha256: bytesToHex(whole.digest()), digests };
}

async function send(file, way, shown) {
  const about = await looked(file, shown);
  const begun = await patiently(shown, () => way.begin(about));
  if (begun.is_other) shown.note(shown.words.other);
  const have = new Set(begun.have);
  const length = (number) => Math.min(begun.piece, file.size - number * begun.piece);
  let done = [...have].reduce((sum, number) => sum + length(number), 0);
  shown.from(done, file.size);
  shown.has(done, file.size);
  for (let number = 0; number < begun.pieces; number += 1) {
    if (have.has(number)) continue;
    const bytes = await read(file, number * begun.piece, begun.piece);
    const hash = await digest(bytes);
    if (hash !== about.digests[number]) throw new Changed();
    await patiently(shown, () => way.piece(begun, number, bytes, hash));
    done += bytes.length;
    shown.has(done, file.size);
  }
  shown.say(shown.words.checking);
  await patiently(shown, () => way.end(begun, about));
}

/**
 * Lets a form send its file by a way: `begin({ name, bytes, sha256 })`, `piece(begun, number, bytes, hash)`, `end(begun, about)`, and,
 * if it has to be opened first, `ready()`.
 */
export function sender(form, way) {
  const shown = display(form);
  const button = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    const [file] = form.elements.file.files;
    if (!file || file.size === 0) return;
    event.preventDefault();
    button.disabled = true;
    if (way.ready && !(await way.ready().catch(() => false))) {
      form.submit();
      return;
    }
    shown.begins(file);
    try {
      await send(file, way, shown);
      location.assign(form.dataset.done);
    } catch (error) {
      const { changed, ended } = shown.words;
      if (error instanceof Ended) shown.comeAgain(form.dataset.done);
      shown.say(error instanceof Refused ? error.message : error instanceof Ended ? ended : changed);
      button.disabled = false;
    }
  });
}

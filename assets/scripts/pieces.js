// Sends a file of a case piece by piece, so that a break costs one piece, and the same file goes on where it was.
//
//   <form data-pieces="…/uploads" data-done="…" data-say-sending="…{have}…{pieces}…" data-say-broken="…" data-say-checking="…">
//
// Without this script the form sends the file in one go.

const WAIT = 3_000;
const TRIES = 200;

/** A refusal in the server's words. */
class Refused extends Error {}

const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));

async function post(address, fields) {
  const answer = await fetch(address, { method: "POST", body: fields });
  if (answer.status === 422) throw new Refused((await answer.json()).error);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function digest(piece) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await piece.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function sender(form) {
  const { pieces: address, done, saySending, sayBroken, sayChecking } = form.dataset;
  const box = form.querySelector("[data-pieces-box]");
  const line = form.querySelector("[data-pieces-say]");
  const bar = box.querySelector("progress");
  const say = (words) => (line.textContent = words);

  /** Once more after a break, but not after a refusal. */
  async function patiently(act) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await act();
      } catch (error) {
        if (error instanceof Refused || attempt === TRIES) throw error;
        say(sayBroken);
        await wait(WAIT);
      }
    }
  }

  async function send(file) {
    const begun = await patiently(() => post(address, new URLSearchParams({ name: file.name, bytes: String(file.size) })));
    const have = new Set(begun.have);
    bar.max = begun.pieces;
    for (let number = 0; number < begun.pieces; number += 1) {
      say(saySending.replace("{have}", have.size).replace("{pieces}", begun.pieces));
      bar.value = have.size;
      if (have.has(number)) continue;
      const piece = file.slice(number * begun.piece, (number + 1) * begun.piece);
      const hash = await digest(piece);
      await patiently(() => {
        const fields = new FormData();
        for (const [name, value] of Object.entries({ file: begun.file, number: String(number), hash })) fields.set(name, value);
        fields.set("piece", piece, "piece");
        return post(`${address}/pieces`, fields);
      });
      have.add(number);
    }
    bar.value = begun.pieces;
    say(sayChecking);
    await patiently(() => post(`${address}/end`, new URLSearchParams({ file: begun.file })));
    location.assign(done);
  }

  form.addEventListener("submit", async (event) => {
    const [file] = form.elements.file.files;
    if (!file || file.size === 0) return;
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    box.hidden = false;
    try {
      await send(file);
    } catch (error) {
      say(error instanceof Refused ? error.message : sayBroken);
      button.disabled = false;
    }
  });
}

document.querySelectorAll("form[data-pieces]").forEach(sender);

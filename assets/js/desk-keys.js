// Making one's own key, beginning an epoch, wrapping cases for it, and opening what another browser wrapped. The server is sent wraps
// and public keys alone.

import "./desk-open.js";
import { keep, kept } from "./kept.js";
import { askPasskey, caseKey, epochKeys, openedCases, own, send } from "./member.js";
import * as vault from "./vault.js";

const { fromBase64, toBase64 } = vault;
/** The least code points of a passphrase that stands alone. */
const LEAST = 15;

/** What an address of ours answers to a script. */
async function asked(address) {
  const answer = await fetch(address, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

// --- one's own key ------------------------------------------------------------------------------------------------

function makesKey(form) {
  const { dataset } = form;
  const say = (words) => (form.querySelector("[data-say]").textContent = words);
  const [passphrase, again] = ["passphrase", "again"].map((id) => form.querySelector(`#${id}`));

  /** Why the passphrase is not taken, or nothing. */
  const fault = () => {
    if ([...passphrase.value.normalize("NFC")].length < LEAST) return dataset.short;
    return passphrase.value === again.value ? "" : dataset.differs;
  };

  const make = async (way) => {
    const wrong = way === "passphrase" ? fault() : "";
    if (wrong) return say(wrong);
    say(dataset.working);
    const salt = vault.random(16);
    const { secret, public: publicKey } = vault.pair();
    const made = { id: dataset.member, public_key: toBase64(publicKey), way, salt: toBase64(salt) };
    let under;
    try {
      if (way === "passkey") {
        const { output, credential } = await askPasskey(salt);
        under = vault.fromPasskey(output, salt);
        made.credential = credential;
      } else {
        under = await vault.fromPassphrase(passphrase.value, salt);
        Object.assign(made, vault.COST);
      }
    } catch {
      return say(way === "passkey" ? dataset.noPasskey : dataset.trouble);
    }
    made.wrap = toBase64(vault.wrapUnder(under, dataset.account, dataset.member, secret));
    try {
      const { refused } = await send(form, form.action, { made: JSON.stringify(made) });
      if (refused) return say(refused);
    } catch {
      return say(dataset.trouble);
    }
    await keep(dataset.member, secret);
    location.assign(dataset.next);
  };

  form.hidden = false;
  form.querySelector('[data-make="passkey"]').hidden = !window.PublicKeyCredential;
  form.querySelector('[data-make="passkey"]').addEventListener("click", () => make("passkey"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    make("passphrase");
  });
}

// --- epochs -------------------------------------------------------------------------------------------------------

function beginsEpochs(form) {
  const { dataset } = form;
  const mine = own();
  const say = (words) => (form.querySelector("[data-say]").textContent = words);

  /** Makes the next epoch for everybody who is listed. */
  const begin = async () => {
    const { secret, public: publicKey } = vault.pair();
    const id = dataset.nextId;
    const wraps = [...document.querySelectorAll("[data-holder]")].map(({ dataset: { holder, public: theirs } }) => ({
      member: holder,
      wrap: toBase64(vault.wrapFor(fromBase64(theirs), id, holder, secret)),
    }));
    const made = { id, seen: dataset.seen || null, public_key: toBase64(publicKey), wraps };
    return (await send(form, form.action, { made: JSON.stringify(made) })).refused;
  };

  /** Wraps all cases that wait, some at a time; why it stopped, or nothing. */
  const rewrap = async (secret) => {
    const bar = form.querySelector("[data-bar]");
    for (let total, after = ""; ; ) {
      const batch = await asked(`${dataset.cases}?after=${after}`);
      if (batch.cases.length === 0) return batch.left === 0 ? "" : dataset.stuck;
      total ??= batch.left;
      form.querySelector("[data-progress-box]").hidden = false;
      [bar.max, bar.value] = [total, total - batch.left];
      say(dataset.progress);
      const epochs = epochKeys(secret, mine.member, batch.epochs);
      const made = [...openedCases(epochs, batch.cases)].map(([id, opened]) => rewrapped(batch, epochs, id, opened));
      const fields = { epoch: JSON.stringify(batch.epoch), glass: JSON.stringify(batch.glass?.id ?? null), made: JSON.stringify(made) };
      const { refused } = await send(form, dataset.cases, fields);
      if (refused) return refused;
      after = batch.cases.at(-1).case;
    }
  };

  const run = async (withEpoch) => {
    const secret = await kept(mine.member);
    if (!secret) return say(dataset.locked);
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => (button.disabled = true));
    say(dataset.working);
    try {
      const refused = (withEpoch && (await begin())) || (await rewrap(secret));
      if (!refused) return location.assign(dataset.next);
      say(refused);
    } catch {
      say(dataset.trouble);
    }
    buttons.forEach((button) => (button.disabled = false));
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(event.submitter?.dataset.rewrap === undefined);
  });
}

/** One case, wrapped for the epoch in use, unless it opened by that already, and for the glass. What was wrapped is opened again. */
function rewrapped(batch, epochs, id, { key, epoch: from }) {
  const glass = batch.glass && toBase64(vault.wrapProvably(fromBase64(batch.glass.public_key), id, batch.glass.id, key));
  if (from === batch.epoch) return { case: id, from, wrap: null, glass: glass ?? null };
  const wrap = vault.wrapFor(fromBase64(batch.public_key), id, batch.epoch, key);
  const again = vault.unwrapFrom(epochs.get(batch.epoch), id, batch.epoch, wrap);
  if (toBase64(again) !== toBase64(key)) throw new vault.Refused();
  return { case: id, from, wrap: toBase64(wrap), glass: glass ?? null };
}

// --- what others made ---------------------------------------------------------------------------------------------

/** Which of these wraps hold the key of their case, and which do not. Of those behind glass only what opens otherwise is told. */
function judged({ epochs: wrapped, glass, cases, wraps }, secret) {
  const epochs = epochKeys(secret, own().member, wrapped);
  const opened = openedCases(epochs, cases);
  const seen = { opened: [], failed: [] };
  for (const made of wraps) {
    if (made.kind === "group") {
      (caseKey(epochs, { ...made, epoch: made.holder }) ? seen.opened : seen.failed).push(made.id);
    } else if (opened.has(made.case)) {
      const again = vault.wrapProvably(fromBase64(glass.public_key), made.case, made.holder, opened.get(made.case).key);
      (toBase64(again) === made.wrap ? seen.opened : seen.failed).push(made.id);
    }
  }
  return seen;
}

function provesWraps(form) {
  const { dataset } = form;
  const say = (words) => (form.querySelector("[data-say]").textContent = words);
  const button = form.querySelector("button");

  /** Opens all that others made, some at a time; why it stopped, or nothing. */
  const prove = async (secret) => {
    let failed = 0;
    for (let after = ""; ; ) {
      const batch = await asked(`${form.action}?after=${after}`);
      if (batch.wraps.length === 0) return failed > 0 ? dataset.failed : "";
      const seen = judged(batch, secret);
      failed += seen.failed.length;
      const { refused } = await send(form, form.action, { found: JSON.stringify(seen) });
      if (refused) return refused;
      after = batch.wraps.at(-1).id;
    }
  };

  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const mine = own();
    const secret = mine && (await kept(mine.member));
    if (!secret) return say(dataset.locked);
    button.disabled = true;
    say(dataset.working);
    try {
      const wrong = await prove(secret);
      if (!wrong) return location.assign(dataset.next);
      say(wrong);
    } catch {
      say(dataset.trouble);
    }
    button.disabled = false;
  });
}

document.querySelectorAll("[data-key-form]").forEach(makesKey);
document.querySelectorAll("[data-epoch-form]").forEach(beginsEpochs);
document.querySelectorAll("[data-proof-form]").forEach(provesWraps);

// Making one's own key, beginning an epoch, and wrapping cases for it. The server is sent wraps and public keys alone.

import "./desk-open.js";
import { keep, kept } from "./kept.js";
import { askPasskey, epochKeys, own, send } from "./member.js";
import * as vault from "./vault.js";

const { fromBase64, toBase64 } = vault;
/** The least code points of a passphrase that stands alone. */
const LEAST = 15;

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
    for (let total; ; ) {
      const batch = await (await fetch(dataset.cases, { headers: { accept: "application/json" } })).json();
      if (batch.left === 0) return "";
      if (batch.cases.length === 0) return dataset.stuck;
      total ??= batch.left;
      form.querySelector("[data-progress-box]").hidden = false;
      [bar.max, bar.value] = [total, total - batch.left];
      say(dataset.progress);
      const epochs = epochKeys(secret, mine.member, batch.epochs);
      const made = batch.cases.map(({ case: id, epoch, wrap }) => rewrapped(batch, epochs, id, epoch, fromBase64(wrap)));
      const fields = { epoch: JSON.stringify(batch.epoch), glass: JSON.stringify(batch.glass?.id ?? null), made: JSON.stringify(made) };
      const { refused } = await send(form, dataset.cases, fields);
      if (refused) return refused;
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

/** One case, wrapped for the epoch in use and for the glass. What was wrapped is opened again before the old wrap is given up. */
function rewrapped(batch, epochs, id, from, wrap) {
  const key = vault.unwrapFrom(epochs.get(from), id, from, wrap);
  const forEpoch = vault.wrapFor(fromBase64(batch.public_key), id, batch.epoch, key);
  const again = vault.unwrapFrom(epochs.get(batch.epoch), id, batch.epoch, forEpoch);
  if (toBase64(again) !== toBase64(key)) throw new vault.Refused();
  const glass = batch.glass && toBase64(vault.wrapFor(fromBase64(batch.glass.public_key), id, batch.glass.id, key));
  return { case: id, from, wrap: toBase64(forEpoch), glass: glass ?? null };
}

document.querySelectorAll("[data-key-form]").forEach(makesKey);
document.querySelectorAll("[data-epoch-form]").forEach(beginsEpochs);

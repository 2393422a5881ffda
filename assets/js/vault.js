// The browser's side of crates/vault: the same bytes, laid out in crates/vault/FORMAT.md. Nothing here knows a page.

import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { argon2idAsync } from "@noble/hashes/argon2.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";

const VERSION = 1;
const KEY = 32;
const NONCE = 24;
const FRAME = 64 * 1024;
/** The nonce of a key that serves once. */
const ONCE = new Uint8Array(NONCE);

/** Another key, another place, or changed bytes: which of them is not told. */
export class Refused extends Error {
  name = "Refused";
}

// --- bytes --------------------------------------------------------------------------------------------------------

export const ascii = (text) => new TextEncoder().encode(text);

export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

export const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

/** The 16 bytes of a UUID. */
export function idBytes(id) {
  const hex = id.replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new Refused();
  return Uint8Array.from(hex.match(/../g), (byte) => parseInt(byte, 16));
}

export const random = (length) => crypto.getRandomValues(new Uint8Array(length));

function number(value, length) {
  const bytes = new Uint8Array(length);
  for (let at = length - 1, rest = value; at >= 0; at -= 1, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  return bytes;
}

const read32 = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);

// --- the suite ----------------------------------------------------------------------------------------------------

/** A pair: `secret` opens what is sealed to `public`. */
export function pair(secret = random(KEY)) {
  return { secret, public: x25519.getPublicKey(secret) };
}

function agreed(secret, theirs, ephemeral, to, label) {
  // It throws where the other key is none to agree with.
  const shared = x25519.getSharedSecret(secret, theirs);
  return hkdf(sha256, shared, join(ephemeral, to), ascii(label), KEY);
}

function encrypt(key, nonce, about, plain) {
  return xchacha20poly1305(key, nonce, about).encrypt(plain);
}

function decrypt(key, nonce, about, sealed) {
  try {
    return xchacha20poly1305(key, nonce, about).decrypt(sealed);
  } catch {
    throw new Refused();
  }
}

function sealTo(to, label, about, plain, ephemeral = pair()) {
  const key = agreed(ephemeral.secret, to, ephemeral.public, to, label);
  return join([VERSION], ephemeral.public, encrypt(key, ONCE, about, plain));
}

function openWith(secret, label, about, sealed) {
  if (sealed[0] !== VERSION || sealed.length < 1 + KEY) throw new Refused();
  const ephemeral = sealed.subarray(1, 1 + KEY);
  let key;
  try {
    key = agreed(secret, ephemeral, ephemeral, x25519.getPublicKey(secret), label);
  } catch {
    throw new Refused();
  }
  return decrypt(key, ONCE, about, sealed.subarray(1 + KEY));
}

// --- texts --------------------------------------------------------------------------------------------------------

/** @typedef {{ case: string, table: string, row: string, column: string }} Place */

function aboutPlace(place) {
  const names = [place.table, place.column].flatMap((name) => [[name.length], ascii(name)]);
  return join(ascii("mist/sealed/1"), idBytes(place.case), idBytes(place.row), ...names);
}

function padded(length) {
  if (length < 2) return length;
  const exponent = Math.floor(Math.log2(length));
  const step = 2 ** (exponent - (Math.floor(Math.log2(exponent)) + 1));
  return Math.ceil(length / step) * step;
}

/** Seals a text for its place. */
export function seal(to, place, text) {
  const plain = ascii(text);
  const whole = new Uint8Array(Math.max(64, padded(4 + plain.length)));
  whole.set(number(plain.length, 4));
  whole.set(plain, 4);
  return sealTo(to, "mist/sealed/1", aboutPlace(place), whole);
}

/** The text that was sealed for this place. */
export function open(secret, place, sealed) {
  const whole = openWith(secret, "mist/sealed/1", aboutPlace(place), sealed);
  return new TextDecoder("utf-8", { fatal: true }).decode(carried(whole));
}

function carried(whole) {
  const length = whole.length < 4 ? Infinity : read32(whole);
  if (4 + length > whole.length || whole.subarray(4 + length).some((zero) => zero !== 0)) throw new Refused();
  return whole.subarray(4, 4 + length);
}

// --- keys of cases and of epochs ----------------------------------------------------------------------------------

const aboutWrap = (label, what, holder) => join(ascii(label), idBytes(what), idBytes(holder));

/** Wraps a secret key for a pair: that of a case for an epoch, that of an epoch for a member. */
export function wrapFor(to, what, holder, secret) {
  return sealTo(to, "mist/wrap/1", aboutWrap("mist/wrap/1", what, holder), secret);
}

/**
 * The same with a pair that follows from the secret key and from where it goes: whoever has that key makes the same bytes again, and
 * so sees that a wrap holds it, without what opens the wrap.
 */
export function wrapProvably(to, what, holder, secret) {
  const ephemeral = pair(hkdf(sha256, secret, to, aboutWrap("mist/again/1", what, holder), KEY));
  return sealTo(to, "mist/wrap/1", aboutWrap("mist/wrap/1", what, holder), secret, ephemeral);
}

/** What was wrapped by `wrapFor`, here or on the server. */
export function unwrapFrom(secret, what, holder, wrap) {
  const key = openWith(secret, "mist/wrap/1", aboutWrap("mist/wrap/1", what, holder), wrap);
  if (key.length !== KEY) throw new Refused();
  return key;
}

// --- a member's own key -------------------------------------------------------------------------------------------

/** What a passphrase costs in the browser. */
export const COST = { memory: 64 * 1024, passes: 3 };

/** The key that follows from a passphrase. `onProgress` hears how much is done, from 0 to 1. */
export function fromPassphrase(passphrase, salt, { memory, passes } = COST, onProgress = undefined) {
  const options = { m: memory, t: passes, p: 1, dkLen: KEY, asyncTick: 20, onProgress };
  return argon2idAsync(ascii(passphrase.normalize("NFC")), salt, options);
}

/** The key that follows from what a passkey gives for the salt. */
export const fromPasskey = (output, salt) => hkdf(sha256, output, salt, ascii("mist/member/1"), KEY);

/** Wraps a member's secret key under what follows from their passphrase or passkey. */
export function wrapUnder(key, account, member, secret) {
  const nonce = random(NONCE);
  return join([VERSION], nonce, encrypt(key, nonce, aboutWrap("mist/member/1", account, member), secret));
}

export function unwrapUnder(key, account, member, wrap) {
  if (wrap[0] !== VERSION) throw new Refused();
  return decrypt(key, wrap.subarray(1, 1 + NONCE), aboutWrap("mist/member/1", account, member), wrap.subarray(1 + NONCE));
}

// --- files --------------------------------------------------------------------------------------------------------

export const HEADER_BYTES = 72;
/** The most bytes of a file that one frame carries. */
export const FRAME_BYTES = FRAME;
export const SEALED_FRAME_BYTES = NONCE + 4 + FRAME + 16;

/** The key of the file of which this is the header, and what its frames are sealed about: their number, and whether one is the last. */
function fileKey(secret, caseId, fileId, header) {
  const expected = join(ascii("MISTfile"), idBytes(caseId), idBytes(fileId));
  if (!expected.every((byte, at) => header[at] === byte)) throw new Refused();
  const ephemeral = header.subarray(expected.length, HEADER_BYTES);
  const key = agreed(secret, ephemeral, ephemeral, x25519.getPublicKey(secret), "mist/file/1");
  const about = (index, isLast) => join(ascii("mist/file/1"), expected.subarray(8), number(index, 8), [isLast ? 1 : 0]);
  return { key, about };
}

/** Opens the frames of the file of which this is the header. */
export function fileOpener(secret, caseId, fileId, header) {
  const { key, about } = fileKey(secret, caseId, fileId, header);
  return (index, isLast, frame) => carried(decrypt(key, frame.subarray(0, NONCE), about(index, isLast), frame.subarray(NONCE)));
}

/** Seals the frames of a file that was begun, for who has the key of the case; the same frame may be sealed again. */
export function fileSealer(secret, caseId, fileId, header) {
  const { key, about } = fileKey(secret, caseId, fileId, header);
  return (index, isLast, plain) => {
    const [whole, nonce] = [new Uint8Array(4 + FRAME), random(NONCE)];
    whole.set(number(plain.length, 4));
    whole.set(plain, 4);
    return join(nonce, encrypt(key, nonce, about(index, isLast), whole));
  };
}

/** The contents of a sealed file part by part, as its bytes come from a reader; whatever was cut, moved or changed is refused. */
export async function* openParts(secret, caseId, fileId, reader) {
  let [waiting, opener, index] = [new Uint8Array(0), undefined, 0];
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    waiting = join(waiting, value);
    if (!opener) {
      if (waiting.length < HEADER_BYTES) continue;
      opener = fileOpener(secret, caseId, fileId, waiting.subarray(0, HEADER_BYTES));
      waiting = waiting.subarray(HEADER_BYTES);
    }
    // One byte more than a frame shows that it is not the last.
    for (; waiting.length > SEALED_FRAME_BYTES; index += 1) {
      yield opener(index, false, waiting.subarray(0, SEALED_FRAME_BYTES));
      waiting = waiting.subarray(SEALED_FRAME_BYTES);
    }
  }
  if (waiting.length !== SEALED_FRAME_BYTES) throw new Refused();
  yield opener(index, true, waiting);
}

/** The contents of a sealed file that lies here whole; whatever was cut, moved or changed is refused. */
export function openFile(secret, caseId, fileId, sealed) {
  const body = sealed.subarray(HEADER_BYTES);
  const count = body.length / SEALED_FRAME_BYTES;
  const opener = fileOpener(secret, caseId, fileId, sealed.subarray(0, HEADER_BYTES));
  if (!Number.isInteger(count) || count === 0) throw new Refused();
  const parts = [];
  for (let index = 0; index < count; index += 1) {
    const frame = body.subarray(index * SEALED_FRAME_BYTES, (index + 1) * SEALED_FRAME_BYTES);
    parts.push(opener(index, index + 1 === count, frame));
  }
  return join(...parts);
}

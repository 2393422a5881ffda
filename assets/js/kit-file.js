// The browser's side of crates/learning/src/in_house/sealed.rs: the same bytes. Nothing here knows a page, and nothing needs WebCrypto's
// subtle half, which neither file:// nor plain http has.

import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { ascii, idBytes, join } from "./vault.js";

const MAGIC = ascii("MISTkit1");
const LABEL = ascii("mist/kit/result/1");
const SALT = 32;
const TAG = 16;

function number(value, length) {
  const bytes = new Uint8Array(length);
  for (let at = length - 1, rest = value; at >= 0; at -= 1, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  return bytes;
}

/** The bytes of a hexadecimal text. */
export const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16));

/**
 * Seals texts, in their order, under the key of a kit. Each frame is bound to the one before it, to its place, and to whether it is the
 * last: whoever changes, cuts, moves or adds a byte makes a file that does not open.
 */
export function sealFile(key, kit, salt, texts) {
  if (salt.length !== SALT) throw new RangeError("a salt has 32 bytes");
  const head = join(MAGIC, idBytes(kit), salt);
  const own = hkdf(sha256, key, salt, join(LABEL, idBytes(kit)), 32);
  const parts = [head];
  let before = new Uint8Array(TAG);
  texts.forEach((text, index) => {
    const last = index + 1 === texts.length ? 1 : 0;
    const nonce = join(number(index, 23), [last]);
    const sealed = xchacha20poly1305(own, nonce, join(head, before)).encrypt(ascii(text));
    parts.push(number(sealed.length, 4), sealed);
    before = sealed.subarray(sealed.length - TAG);
  });
  return join(...parts);
}

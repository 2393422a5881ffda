// The broken glass: a key in three shares of 28 words, of which two open it. Laid out in crates/vault/FORMAT.md.

import { sha256 } from "@noble/hashes/sha2.js";
import { wordlist } from "@scure/bip39/wordlists/japanese.js";

import { Refused, ascii, join as bytesOf, pair, random } from "./vault.js";

export const WORDS = 28;
const WORD_BITS = 11;
const LABEL = ascii("mist/share/1");
/** How a share is laid out: name of each part, and its bits. */
const POINT = 2;
const TAG = 18;
const CHECK = 32;

const words = wordlist.map((word) => word.normalize("NFC"));
const places = new Map(words.map((word, at) => [word, at]));

/** Why words are no share: `position` of the word that is not in the list, if it is one of them. */
export class NoShare extends Refused {
  constructor(fault, position = 0) {
    super(fault);
    this.fault = fault;
    this.position = position;
  }
}

function multiply(one, other) {
  let product = 0;
  for (let place = 0; place < 8; place += 1) {
    product ^= one & -((other >> place) & 1);
    one = ((one << 1) & 0xff) ^ (0x1b & -(one >> 7));
  }
  return product & 0xff;
}

function divide(one, by) {
  for (let times = 0; times < 254; times += 1) one = multiply(one, by);
  return one;
}

const firstBits = (digest, count) => new DataView(digest.buffer, digest.byteOffset).getUint32(0) >>> (32 - count);
const tagOf = (publicKey) => firstBits(sha256(bytesOf(LABEL, publicKey)), TAG);
const number32 = (value) => [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
const checkOf = ({ point, value, tag }) => firstBits(sha256(bytesOf(LABEL, [point], value, number32(tag))), CHECK);

/** The three shares of a secret key. */
export function split(secret) {
  const slope = random(secret.length);
  const tag = tagOf(pair(secret).public);
  return [1, 2, 3].map((point) => ({ point, value: secret.map((byte, at) => byte ^ multiply(slope[at], point)), tag }));
}

/** The secret key of which these are two shares. */
export function join(one, other) {
  if (one.tag !== other.tag) throw new NoShare("other-key");
  if (one.point === other.point) throw new NoShare("same");
  const difference = one.point ^ other.point;
  const [fromOne, fromOther] = [divide(other.point, difference), divide(one.point, difference)];
  const secret = one.value.map((byte, at) => multiply(byte, fromOne) ^ multiply(other.value[at], fromOther));
  if (tagOf(pair(secret).public) !== one.tag) throw new NoShare("other-key");
  return secret;
}

/** The words of a share, to print. */
export function toWords(share) {
  let bits = share.point.toString(2).padStart(POINT, "0");
  for (const byte of share.value) bits += byte.toString(2).padStart(8, "0");
  bits += share.tag.toString(2).padStart(TAG, "0") + checkOf(share).toString(2).padStart(CHECK, "0");
  return bits.match(new RegExp(`.{${WORD_BITS}}`, "g")).map((piece) => words[parseInt(piece, 2)]);
}

/** Reads the words again: hiragana or katakana, with any spaces, commas and numbers between them. */
export function fromWords(text) {
  const plain = text.normalize("NFKC").replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
  const typed = plain.split(/[^\p{L}\p{M}]+/u).filter((word) => word !== "");
  const unknown = typed.findIndex((word) => !places.has(word));
  if (unknown >= 0) throw new NoShare("unknown", unknown + 1);
  if (typed.length !== WORDS) throw new NoShare("count");
  const bits = typed.map((word) => places.get(word).toString(2).padStart(WORD_BITS, "0")).join("");
  let at = 0;
  const next = (count) => parseInt(bits.slice(at, (at += count)), 2);
  const share = { point: next(POINT), value: Uint8Array.from({ length: 32 }, () => next(8)), tag: next(TAG) };
  if (share.point === 0 || checkOf(share) !== next(CHECK)) throw new NoShare("check");
  return share;
}

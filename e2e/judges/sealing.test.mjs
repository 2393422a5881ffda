// What the vault seals, as PyNaCl opens it by the format alone, and as the browser's scripts read it and write it back.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as shares from "../../assets/js/shares.js";
import * as vault from "../../assets/js/vault.js";
import { test } from "../harness/limits.mjs";
import { example } from "./examples.mjs";
import { askPython, run } from "./portal.mjs";

const root = new URL("../../", import.meta.url).pathname;
const ours = JSON.parse(await readFile(join(root, "crates/vault/vectors/ours.json"), "utf8"));
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (array) => Buffer.from(array).toString("hex");
const place = { case: ours.case, table: ours.table, row: ours.row, column: ours.column };

/** Seals some contents as an export does; the file, and the key that opens it. */
async function sealed(contents) {
  const folder = await mkdtemp(join(tmpdir(), "mist-sealed-"));
  try {
    const [from, to] = [join(folder, "from"), join(folder, "to")];
    await writeFile(from, contents);
    const { code, stdout, stderr } = await run(example("sealed_file"), [from, to], { cwd: root });
    assert.equal(code, 0, stderr);
    return { file: await readFile(to), key: stdout.trim() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test("PyNaCl opens a sealed file with its key, and refuses every flipped, cut, swapped or reordered frame", { timeout: 300_000 }, async () => {
  const contents = randomBytes(150_000);
  const { file, key } = await sealed(contents);
  const judged = await askPython("open_sealed.py", file, key);
  assert.equal(judged.sha256, createHash("sha256").update(contents).digest("hex"));
  assert.deepEqual([judged.opened, judged.other_key], [0, "refused"]);
  assert.ok(judged.tried > 800, `${judged.tried} changed files`);
  // The same file in the browser.
  const ids = ["00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"];
  assert.ok(contents.equals(vault.openFile(bytes(key), ...ids, new Uint8Array(file))));
  for (const changed of [file.subarray(0, -1), file.subarray(0, -vault.SEALED_FRAME_BYTES), Buffer.concat([file, file.subarray(-vault.SEALED_FRAME_BYTES)])]) {
    assert.throws(() => vault.openFile(bytes(key), ...ids, new Uint8Array(changed)), vault.Refused);
  }
  // Sealed again in the browser, each frame for its place.
  const sealer = vault.fileSealer(bytes(key), ...ids, new Uint8Array(file.subarray(0, vault.HEADER_BYTES)));
  const count = (file.length - vault.HEADER_BYTES) / vault.SEALED_FRAME_BYTES;
  const plain = (at) => new Uint8Array(contents.subarray(at * vault.FRAME_BYTES, (at + 1) * vault.FRAME_BYTES));
  const frames = Array.from({ length: count }, (_, at) => sealer(at, at + 1 === count, plain(at)));
  const whole = (...parts) => vault.join(new Uint8Array(file.subarray(0, vault.HEADER_BYTES)), ...parts);
  assert.ok(contents.equals(vault.openFile(bytes(key), ...ids, whole(...frames))));
  for (const changed of [[frames[1], frames[0], ...frames.slice(2)], frames.slice(0, -1), [...frames, frames.at(-1)]]) {
    assert.throws(() => vault.openFile(bytes(key), ...ids, whole(...changed)), vault.Refused);
  }
});

test("the browser opens what the server sealed, at its place alone", () => {
  const [secret, text] = [bytes(ours.secret), bytes(ours.sealed)];
  assert.equal(vault.open(secret, place, text), ours.text);
  for (const other of [{ case: ours.row }, { row: ours.case }, { table: "messages" }, { column: "subject" }]) {
    assert.throws(() => vault.open(secret, { ...place, ...other }, text), vault.Refused);
  }
  for (let at = 0; at < text.length; at += 1) {
    const changed = text.map((byte, place) => (place === at ? byte ^ 1 : byte));
    assert.throws(() => vault.open(secret, place, changed), vault.Refused, `byte ${at}`);
    assert.throws(() => vault.open(secret, place, text.subarray(0, at)), vault.Refused, `cut at ${at}`);
  }
});

test("the browser opens the wrap of an epoch, and what it wraps and seals it opens again", () => {
  const group = bytes(ours.group.secret);
  assert.equal(hex(vault.pair(group).public), ours.group.public);
  assert.equal(hex(vault.unwrapFrom(group, ours.case, ours.row, bytes(ours.wrap))), ours.secret);
  assert.throws(() => vault.unwrapFrom(group, ours.row, ours.case, bytes(ours.wrap)), vault.Refused);
  const again = vault.wrapFor(bytes(ours.group.public), ours.case, ours.row, bytes(ours.secret));
  assert.equal(again.length, bytes(ours.wrap).length);
  assert.equal(hex(vault.unwrapFrom(group, ours.case, ours.row, again)), ours.secret);
  for (const text of ["", "はい", "あ".repeat(2_000)]) {
    const sealed = vault.seal(bytes(ours.public), place, text);
    assert.equal(vault.open(bytes(ours.secret), place, sealed), text);
  }
  assert.throws(() => vault.wrapFor(new Uint8Array(32), ours.case, ours.row, bytes(ours.secret)), "a point that everybody agrees with");
});

test("what is wrapped provably opens like any other wrap, and is the same again from the same key alone", () => {
  const [group, secret, to] = [bytes(ours.group.secret), bytes(ours.secret), bytes(ours.group.public)];
  const made = vault.wrapProvably(to, ours.case, ours.row, secret);
  assert.equal(hex(vault.unwrapFrom(group, ours.case, ours.row, made)), ours.secret);
  assert.equal(hex(vault.wrapProvably(to, ours.case, ours.row, secret)), hex(made));
  const others = [
    vault.wrapProvably(to, ours.row, ours.row, secret),
    vault.wrapProvably(to, ours.case, ours.case, secret),
    vault.wrapProvably(vault.pair().public, ours.case, ours.row, secret),
    vault.wrapProvably(to, ours.case, ours.row, vault.pair().secret),
  ];
  // The pair of none of them is that of another.
  const pairs = [made, ...others].map((wrap) => hex(wrap.subarray(1, 33)));
  assert.equal(new Set(pairs).size, pairs.length);
});

test("the browser derives the same key from the same words as the server", async () => {
  const { words, salt, key, memory_kibibytes: memory, passes } = ours.code;
  assert.equal(hex(await vault.fromPassphrase(words, bytes(salt), { memory, passes })), key);
});

test("a member's key opens with its passphrase alone", async () => {
  const [account, member, salt] = [crypto.randomUUID(), crypto.randomUUID(), vault.random(16)];
  const cheap = { memory: 8, passes: 1 };
  const { secret } = vault.pair();
  const wrap = vault.wrapUnder(await vault.fromPassphrase("雨の日は緑の傘", salt, cheap), account, member, secret);
  // Two keyboards that spell a mark differently agree.
  const decomposed = await vault.fromPassphrase("雨の日は緑の傘".normalize("NFD"), salt, cheap);
  assert.equal(hex(vault.unwrapUnder(decomposed, account, member, wrap)), hex(secret));
  const wrong = await vault.fromPassphrase("雨の日は青の傘", salt, cheap);
  assert.throws(() => vault.unwrapUnder(wrong, account, member, wrap), vault.Refused);
  const passkey = vault.fromPasskey(vault.random(32), salt);
  assert.equal(hex(vault.unwrapUnder(passkey, account, member, vault.wrapUnder(passkey, account, member, secret))), hex(secret));
});

test("two shares that the server printed open in the browser, one alone does not, and a mistyped word is named", () => {
  const read = ours.shares.map((words) => shares.fromWords(words));
  for (const [one, other] of [[0, 1], [1, 2], [2, 0]]) {
    assert.equal(hex(shares.join(read[one], read[other])), ours.group.secret);
  }
  assert.throws(() => shares.join(read[0], read[0]), { fault: "same" });
  assert.throws(() => shares.join(read[0], shares.split(vault.random(32))[1]), { fault: "other-key" });
  ours.shares.forEach((words, at) => assert.equal(shares.toWords(read[at]).join(" "), words));
  const words = ours.shares[0].split(" ");
  assert.throws(() => shares.fromWords(words.with(4, "病院").join("、")), { fault: "unknown", position: 5 });
  assert.throws(() => shares.fromWords(words.slice(1).join(" ")), { fault: "count" });
  assert.throws(() => shares.fromWords([...words].reverse().join(" ")), { fault: "check" });
});

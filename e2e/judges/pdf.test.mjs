// The sheets that offices keep, as programs read them that are not ours: whole, embedded, tagged, and looking as they are meant to.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createRemoteJWKSet, jwtVerify } from "jose";

import { after, before, test } from "../harness/limits.mjs";
import { Demo, START, Visitor, ask, run } from "./portal.mjs";

/** Names that other portals print as boxes: old and variant forms, one beyond the basic plane, and one that chooses its variant. */
const NAMES = ["例示 髙子", "試験 﨑男", "𠮷見 見本", "葛\u{E0101}城 見本", "葛\u{E0100}飾 見本"];

let demo;
let folder;
let office;
/** The file of each name. */
const sheets = new Map();

before(async () => {
  demo = await Demo.start("--fresh", "--now", START);
  folder = await mkdtemp(join(tmpdir(), "mist-sheets-"));
  office = new Visitor(demo);
  await office.submit(await office.open("/demo/sign-in/secretariat"), "/demo/sign-in/secretariat");
  for (const [n, name] of NAMES.entries()) {
    const query = new URLSearchParams({ name, organization: "みほん市立総合病院" });
    const answer = await office.send("GET", `/staff/certificates/specimen.pdf?${query}`);
    assert.equal(answer.status, 200, name);
    const file = join(folder, `${n}.pdf`);
    await writeFile(file, Buffer.from(await answer.arrayBuffer()));
    sheets.set(name, file);
  }
}, { timeout: 600_000 });

after(async () => {
  await demo?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const bare = (text) => text.replace(/\s/gu, "");

test("every file is whole, and every typeface is embedded", async () => {
  for (const file of sheets.values()) {
    const checked = await run("qpdf", ["--check", file]);
    assert.equal(checked.code, 0, checked.stdout + checked.stderr);
    const fonts = (await run("pdffonts", [file])).stdout.trim().split("\n").slice(2);
    assert.ok(fonts.length >= 3, fonts.join("\n"));
    for (const font of fonts) assert.match(font, / yes +yes +yes +\d+ +\d+$/, font);
  }
});

test("title, language and tags are set, and the file says that it is archival and accessible", async () => {
  const file = sheets.get(NAMES[0]);
  const facts = (await run("pdfinfo", [file])).stdout;
  assert.match(facts, /^Title: +受講証明書/m);
  assert.match(facts, /^Tagged: +yes/m);
  assert.match(facts, /^Page size: +841\.89 x 595\.276 pts \(A4\)/m);
  const about = (await run("pdfinfo", ["-meta", file])).stdout;
  assert.match(about, /pdfaid:part>2</);
  assert.match(about, /pdfaid:conformance>A</);
  assert.match(about, /pdfuaid:part>1</);
  const structure = (await run("pdfinfo", ["-struct-text", file])).stdout;
  // A title is a paragraph to programs of its time.
  assert.match(structure, /^ *(Title|H1|P)\b[^"]*"受講証明書"/m);
  assert.match(structure, /^ *Figure/m);
  const root = JSON.parse((await run("qpdf", ["--json", file])).stdout);
  const objects = Object.values(root.qpdf[1]).map((object) => object.value ?? {});
  assert.equal(objects.find((value) => value["/Type"] === "/Catalog")["/Lang"], "u:ja-JP");
});

test("rare names are read out as they were written", async () => {
  for (const [name, file] of sheets) {
    const text = bare((await run("pdftotext", ["-raw", file, "-"])).stdout);
    assert.ok(text.includes(bare(name)), `${name}\n${text}`);
  }
});

/** The page as grey dots, a row after the other. */
async function dots(file, size) {
  const out = join(folder, "page");
  const drawn = await run("pdftoppm", ["-gray", "-singlefile", "-scale-to-x", String(size[0]), "-scale-to-y", String(size[1]), file, out]);
  assert.equal(drawn.code, 0, drawn.stderr);
  const bytes = await readFile(`${out}.pgm`);
  return bytes.subarray(bytes.length - size[0] * size[1]);
}

test("two variants of one kanji look different, and a box looks like neither", async () => {
  const size = [1188, 840];
  const pictures = [];
  for (const name of NAMES.slice(3)) pictures.push(Buffer.from(await dots(sheets.get(name), size)));
  const differ = pictures[0].reduce((sum, dot, at) => sum + (Math.abs(dot - pictures[1][at]) > 64 ? 1 : 0), 0);
  assert.ok(differ > 40, `${differ} dots`);
});

/** Where ink belongs, in thousandths of the sheet, and how much of it is dark. */
const PLACES = [
  ["the outer line", [30, 43, 970, 47], 0.4, 1],
  ["the crest", [486, 102, 514, 160], 0.3, 1],
  ["the title", [360, 190, 645, 250], 0.1, 0.5],
  ["the line under the name", [380, 345, 620, 352], 0.05, 1],
  ["the QR code", [102, 815, 171, 913], 0.3, 0.7],
  ["the seal", [836, 820, 905, 918], 0.1, 0.6],
  ["the margin", [0, 0, 1000, 38], 0, 0.001],
  ["the calm above the sentence", [60, 410, 260, 600], 0, 0.001],
];

test("what is drawn stands where it belongs", async () => {
  const size = [1188, 840];
  const page = await dots(sheets.get(NAMES[0]), size);
  for (const [what, [left, top, right, bottom], least, most] of PLACES) {
    let dark = 0;
    let all = 0;
    for (let y = Math.round((top * size[1]) / 1000); y < Math.round((bottom * size[1]) / 1000); y++) {
      for (let x = Math.round((left * size[0]) / 1000); x < Math.round((right * size[0]) / 1000); x++) {
        all += 1;
        if (page[y * size[0] + x] < 160) dark += 1;
      }
    }
    const share = dark / all;
    assert.ok(share >= least && share <= most, `${what}: ${share.toFixed(3)} of it is dark`);
  }
});

test("a badge is opened by a library of others, with the key that the portal publishes", async () => {
  const list = await office.open("/staff/certificates?state=valid");
  const shown = list.document.querySelector('th a[href^="/staff/certificates/"]').getAttribute("href");
  const verify = (await office.open(shown)).document.querySelector('a[href^="/verify/"]').getAttribute("href");
  const keys = createRemoteJWKSet(new URL(`${demo.url}/badges/keys`));
  const badge = await jwtVerify(await (await ask(`${demo.url}${verify}/badge`)).text(), keys, { algorithms: ["EdDSA"] });
  assert.deepEqual(badge.payload.type, ["VerifiableCredential", "OpenBadgeCredential"]);
  const status = badge.payload.credentialStatus;
  const at = await jwtVerify(await (await ask(status.statusListCredential)).text(), keys, { algorithms: ["EdDSA"] });
  const packed = Buffer.from(at.payload.credentialSubject.encodedList.slice(1), "base64url");
  const { gunzipSync } = await import("node:zlib");
  const bits = gunzipSync(packed);
  assert.equal(bits.length, 16_384);
  const place = Number(status.statusListIndex);
  assert.equal((bits[place >> 3] >> (7 - (place & 7))) & 1, 0, "it counts");
});

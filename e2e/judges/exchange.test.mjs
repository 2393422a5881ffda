// The exports of a case, as judged by programs that others have written: stix2-validator with schemas of ours for its blind spots,
// stix2, jsonschema, PyMISP with strict templates, Frictionless.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { after, before, test } from "../harness/limits.mjs";
import { example } from "./examples.mjs";
import { askPython, run } from "./portal.mjs";

const root = new URL("../../", import.meta.url).pathname;

let folder;
/** Faults by kind and file. */
let judged;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "mist-exports-"));
  const written = await run(example("samples"), [folder], { cwd: root });
  assert.equal(written.code, 0, written.stderr);
  judged = await askPython("read_exchange.py", JSON.stringify({ folder, schemas: join(root, "crates/exchange/schemas") }));
}, { timeout: 900_000 });

after(async () => {
  if (folder) await rm(folder, { recursive: true, force: true });
});

for (const [kind, least] of [["stix", 9], ["misp", 9], ["tables", 12]]) {
  test(`no judge finds a fault in ${kind}`, () => {
    const files = Object.entries(judged[kind]);
    assert.ok(files.length >= least, `${files.length} files`);
    for (const [name, faults] of files) assert.deepEqual(faults, [], name);
  });
}

test("the judges are awake: each bundle that is broken on purpose is refused", () => {
  for (const [name, faults] of Object.entries(judged.broken)) assert.notDeepEqual(faults, [], name);
  // What the validator lets pass without schemas of ours.
  for (const name of ["banana", "undetermined"]) {
    assert.ok(judged.broken[name].some((fault) => fault.startsWith("stix2-validator")), `${name}: ${judged.broken[name]}`);
    assert.ok(judged.broken[name].some((fault) => fault.startsWith("jsonschema")), `${name}: ${judged.broken[name]}`);
  }
});

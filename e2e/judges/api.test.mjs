// The API, asked at random and compared with its own description by schemathesis.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { after, before, test } from "../harness/limits.mjs";
import { Demo, Visitor, ask, program, run } from "./portal.mjs";

/** Cases for each operation. */
const EXAMPLES = 120;

/** What is read. */
const READ = ["/api/v1/programmes", "/api/v1/programmes/{year}", "/api/v1/programmes/{year}/{course}/{session}/applications"];

/** What is done. */
const DONE = [
  "/api/v1/packages",
  "/api/v1/packages/registrations/{registration}/units/{unit}/waiver",
  "/api/v1/packages/sessions/{session}/abandonment",
  "/api/v1/packages/{package}/units/{unit}/launches",
];

/** By which method. */
const METHODS = new Map([...READ.map((path) => [path, "GET"]), ...DONE.map((path) => [path, "POST"])]);

const schemathesis = join(dirname(process.env.MIST_PYTHON ?? "/usr/bin/python3"), "schemathesis");

let demo;
let token;

before(async () => {
  // By the machine's clock, like the token that the command line issues.
  demo = await Demo.start("--fresh");
  const issued = await demo.command("token", "issue", "--name", "schemathesis", "--scope", "applications:read", "--scope", "packages:write");
  token = issued.stdout.trim();
}, { timeout: 600_000 });

after(() => demo?.stop());

/** What schemathesis found in a description, and what it asked. */
async function judged(description, ...args) {
  const [report, events] = ["report.json", "events.ndjson"].map((name) => join(demo.folder, name));
  const { code, stdout } = await run(
    schemathesis,
    [
      ...["--config-file", new URL("schemathesis.toml", import.meta.url).pathname, "run", description, "--url", demo.url],
      ...["--max-examples", String(EXAMPLES), "--continue-on-failure", ...args],
      ...["--report", "json,ndjson", "--report-json-path", report, "--report-ndjson-path", events],
    ],
    { cwd: demo.folder, env: { ...process.env, MIST_TOKEN: token, NO_COLOR: "1" } },
  );
  const told = JSON.parse(await readFile(report, "utf8"));
  assert.equal(code, 0, stdout);
  assert.deepEqual([told.failures, told.errors, told.test_cases.with_failures], [[], [], 0], stdout);
  const all = READ.length + DONE.length;
  assert.deepEqual([told.operations.tested, told.operations.total], [all, all]);
  return answers(await readFile(events, "utf8"));
}

/** The statuses that were answered, by operation. */
function answers(events) {
  const found = new Map();
  for (const line of events.trim().split("\n")) {
    const { ScenarioFinished: scenario } = JSON.parse(line);
    for (const [id, { value }] of Object.entries(scenario?.recorder.cases ?? {})) {
      const status = scenario.recorder.interactions?.[id]?.response?.status_code;
      if (METHODS.get(value.path) === value.method) found.set(value.path, [...(found.get(value.path) ?? []), status]);
    }
  }
  return found;
}

test("whatever is asked, no answer is a fault of the server or against the description", async () => {
  // What is done leads nowhere at random addresses, so there is no order of requests to be tried.
  const found = await judged(`${demo.url}/api/v1/openapi.json`, "--phases", "examples,coverage,fuzzing");
  assert.deepEqual([...found.keys()].sort(), [...READ, ...DONE].sort());
  // The list of programmes takes no parameter, so there is but one way of asking for it.
  for (const operation of [...READ.slice(1), ...DONE]) {
    assert.ok(found.get(operation).length >= 100, `${operation}: ${found.get(operation).length} cases`);
  }
  const statuses = new Set(found.get(READ[2]));
  for (const status of [401, 404, 422]) assert.ok(statuses.has(status), `${status} among ${[...statuses]}`);
});

test("whatever is there is answered as described", async () => {
  // At random, hardly an address is one of a session; so the same description, with those alone that are there.
  const described = await (await ask(`${demo.url}/api/v1/openapi.json`)).json();
  const there = { year: ["R8"], course: ["intro", "executive", "admin", "beginner"], session: [1, 2, 3] };
  for (const { get } of Object.values(described.paths)) {
    for (const parameter of get?.parameters ?? []) {
      if (there[parameter.name]) parameter.schema = { enum: there[parameter.name] };
    }
  }
  const file = join(demo.folder, "there.json");
  await writeFile(file, JSON.stringify(described));
  const found = await judged(file, "--mode", "positive", "--phases", "fuzzing");
  for (const operation of READ) {
    assert.ok(found.get(operation).includes(200), `${operation}: ${[...new Set(found.get(operation))]}`);
  }
  const lists = found.get(READ[2]).filter((status) => status === 200);
  assert.ok(lists.length >= 100, `${lists.length} lists`);
});

test("the description names its version, its server and how to show a token", async () => {
  const described = await (await ask(`${demo.url}/api/v1/openapi.json`)).json();
  const { stdout } = await run(program, ["openapi"]);
  assert.deepEqual(JSON.parse(stdout), described, "mist openapi prints the same");
  assert.match(described.openapi, /^3\.1\./);
  assert.match(described.info.version, /^\d+\.\d+\.\d+/);
  assert.ok(described.servers.length > 0);
  const { type, scheme } = described.components.securitySchemes.token;
  assert.deepEqual([type, scheme], ["http", "bearer"]);
});

test("a token is shown once, listed without its secret, and opens nothing once it is ended", async () => {
  const address = `${demo.url}/api/v1/programmes/R5/executive/1/applications?limit=1`;
  const issued = await demo.command("token", "issue", "--name", "見本の連携", "--scope", "applications:read", "--days", "30");
  const secret = issued.stdout.trim();
  assert.match(secret, /^[\w-]{43}$/);
  const list = await demo.command("token", "list");
  const line = list.stdout.split("\n").find((one) => one.includes("見本の連携"));
  assert.ok(line.includes("applications:read") && !list.stdout.includes(secret), list.stdout);
  const [id] = line.split(" ");
  const status = async () => (await ask(address, { headers: { authorization: `Bearer ${secret}` } })).status;
  assert.equal(await status(), 200);
  await demo.command("token", "end", id);
  assert.equal(await status(), 401);
  const again = await run(program, ["token", "end", id, "--data", demo.data]);
  assert.deepEqual([again.code, again.stderr.includes(id)], [1, true], again.stderr);
});

test("a cookie opens nothing that asks for a token", async () => {
  const secretariat = new Visitor(demo);
  await secretariat.submit(await secretariat.open("/demo/sign-in/secretariat"), "/demo/sign-in/secretariat");
  const answer = await secretariat.send("GET", "/api/v1/programmes/R5/executive/1/applications");
  assert.deepEqual([answer.status, answer.headers.get("content-type")], [401, "application/problem+json"]);
});

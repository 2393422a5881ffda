// The API, asked at random and compared with its own description by schemathesis.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";

import { Demo, Visitor, ask, run } from "./portal.mjs";

/** Cases for each operation. */
const EXAMPLES = 120;

const schemathesis = join(dirname(process.env.MIST_PYTHON ?? "/usr/bin/python3"), "schemathesis");

let demo;
let token;

before(async () => {
  // By the machine's clock, like the token that the command line issues.
  demo = await Demo.start("--fresh");
  const issued = await demo.command("token", "issue", "--name", "schemathesis", "--scope", "applications:read");
  token = issued.stdout.trim();
}, { timeout: 120_000 });

after(() => demo?.stop());

/** What schemathesis found, and how many cases each operation had. */
async function judged(config, ...args) {
  const [report, events] = ["report.json", "events.ndjson"].map((name) => join(demo.folder, `${config}-${name}`));
  const { code, stdout } = await run(
    schemathesis,
    [
      ...["--config-file", new URL(config, import.meta.url).pathname, "run", `${demo.url}/api/v1/openapi.json`],
      ...["--checks", "all", "--max-examples", String(EXAMPLES), "--continue-on-failure", ...args],
      ...["--report", "json,ndjson", "--report-json-path", report, "--report-ndjson-path", events],
    ],
    { cwd: demo.folder, env: { ...process.env, MIST_TOKEN: token, NO_COLOR: "1" } },
  );
  const told = JSON.parse(await readFile(report, "utf8"));
  return { code, stdout, told, events: await readFile(events, "utf8") };
}

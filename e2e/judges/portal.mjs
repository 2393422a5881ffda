// The demo as a program of its own, and somebody at a browser without JavaScript.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { parse } from "node-html-parser";

export const program = process.env.MIST_PROGRAM ?? new URL("../../target/debug/mist", import.meta.url).pathname;
const python = process.env.MIST_PYTHON ?? "python3";

/** When the demo begins: the third session for executives can be applied for. */
export const START = "2026-11-22T09:00+09:00";

/** Runs a command to its end; what it printed, and its exit code. */
export async function run(command, args, options = {}) {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, { maxBuffer: 64 << 20, ...options });
    return { code: 0, stdout, stderr };
  } catch (error) {
    if (typeof error.code !== "number") throw error;
    return { code: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}

/** A page, on a connection of its own: one that stood idle while a judge thought may have been closed meanwhile. */
export function ask(address, { headers, ...options } = {}) {
  return fetch(address, { redirect: "manual", headers: { connection: "close", ...headers }, ...options });
}

/** What a judge in Python says about some bytes, as a value. */
export function askPython(script, input, ...args) {
  const path = new URL(script, import.meta.url).pathname;
  return new Promise((resolve, reject) => {
    const judge = execFile(python, [path, ...args], { maxBuffer: 16 << 20 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${script}: ${stderr}`));
      else resolve(JSON.parse(stdout));
    });
    judge.stdin.end(input);
  });
}

/** A demo on a free port with a folder of its own. */
export class Demo {
  static async start(...args) {
    const folder = await mkdtemp(join(tmpdir(), "mist-judges-"));
    const data = join(folder, "data");
    const child = spawn(program, ["demo", "--data", data, "--listen", "localhost:0", ...args], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    const url = await new Promise((resolve, reject) => {
      const hear = (chunk) => {
        said += chunk;
        const found = said.match(/http:\/\/localhost:\d+/);
        if (found) resolve(found[0]);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("error", reject);
      child.on("exit", (code) => reject(new Error(`the demo ended with ${code}:\n${said}`)));
    });
    return new Demo(folder, data, child, url, () => said);
  }

  constructor(folder, data, child, url, said) {
    Object.assign(this, { folder, data, child, url, said });
  }

  async stop() {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGTERM");
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A command of the program on the same data. */
  async command(...args) {
    const { code, stdout, stderr } = await run(program, [...args, "--data", this.data], { cwd: this.folder });
    assert.equal(code, 0, stderr);
    return { stdout, stderr };
  }

  /** The letters to this address, oldest first, once there are at least so many. */
  async letters(to, count) {
    for (;;) {
      const list = parse(await (await ask(`${this.url}/demo/mail`)).text());
      const links = list.querySelectorAll('main a[href^="/demo/mail/"]').filter((link) => link.text.includes(to));
      if (links.length >= count) return Promise.all(links.reverse().map((link) => this.letter(link.getAttribute("href"))));
      assert.equal(this.child.exitCode, null, this.said());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async letter(path) {
    const page = parse(await (await ask(this.url + path)).text());
    const entries = page.querySelectorAll(`main a[href^="${path}/"]`).filter((link) => link.getAttribute("type") === "text/calendar");
    const files = await Promise.all(entries.map(async (link) => (await ask(this.url + link.getAttribute("href"))).text()));
    const source = Buffer.from(await (await ask(`${this.url}${path}/source`)).arrayBuffer());
    return { path, source, entry: files[0], text: page.querySelector(".letter-body").text };
  }
}

/** A browser: cookies, pages, forms. */
export class Visitor {
  cookies = new Map();

  constructor(demo) {
    this.demo = demo;
  }

  async send(method, path, fields) {
    const answer = await ask(new URL(path, this.demo.url), {
      method,
      headers: {
        "sec-fetch-site": "same-origin",
        cookie: [...this.cookies].map((pair) => pair.join("=")).join("; "),
        ...(fields && { "content-type": "application/x-www-form-urlencoded" }),
      },
      body: fields && new URLSearchParams(fields).toString(),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
      this.cookies.set(name, value);
    }
    return answer;
  }

  /** A page, after whatever it sends the browser on to. */
  async open(path) {
    return this.#arrive(await this.send("GET", path), path);
  }

  async #arrive(answer, path) {
    while ([303, 307, 308].includes(answer.status)) {
      await answer.arrayBuffer();
      path = answer.headers.get("location");
      answer = await this.send("GET", path);
    }
    const html = await answer.text();
    assert.equal(answer.status, 200, `${path}: ${answer.status}\n${parse(html).querySelector("main")?.text}`);
    return new Page(path.split("?")[0], html);
  }

  /** Sends the form of the page whose address ends like this, with these values typed or chosen. */
  async submit(page, actionEnd, values = {}) {
    const form = page.forms().find((found) => found.action.endsWith(actionEnd));
    assert.ok(form, `${page.path} has no form for ${actionEnd}`);
    for (const name of Object.keys(values)) assert.ok(form.names.has(name), `${page.path} has no field ${name}`);
    const fields = [...form.fields.filter(([name]) => !(name in values)), ...Object.entries(values)];
    return this.#arrive(await this.send("POST", form.action, fields), form.action);
  }

  /** Applies for a session such as R8/executive/3 and lands on the page of the application. */
  async apply(session, person) {
    const form = await this.open(`/apply/${session}`);
    const confirmation = await this.submit(form, `/apply/${session}`, { kind: "clinic", prefecture: "13", consent: "yes", ...person });
    return this.submit(confirmation, "/confirmation");
  }
}

class Page {
  constructor(path, html) {
    Object.assign(this, { path, html, document: parse(html) });
  }

  /** What each form would send, and every name that it has. */
  forms() {
    return this.document.querySelectorAll('form[method="post"]').map((form) => {
      const fields = [];
      const names = new Set();
      for (const control of form.querySelectorAll("input, select, textarea")) {
        const name = control.getAttribute("name");
        const type = control.getAttribute("type");
        if (!name) continue;
        names.add(name);
        if (control.tagName === "SELECT") {
          const options = control.querySelectorAll("option");
          const chosen = options.find((option) => option.hasAttribute("selected")) ?? options[0];
          fields.push([name, chosen?.getAttribute("value") ?? ""]);
        } else if (control.tagName === "TEXTAREA") {
          fields.push([name, control.text]);
        } else if (!["radio", "checkbox"].includes(type) || control.hasAttribute("checked")) {
          fields.push([name, control.getAttribute("value") ?? ""]);
        }
      }
      return { action: form.getAttribute("action"), fields, names };
    });
  }

  /** The value of the choice whose words hold these. */
  choice(name, words) {
    const labels = this.document.querySelectorAll("label").filter((label) => label.text.includes(words));
    const inputs = labels.flatMap((label) => label.querySelectorAll(`input[name="${name}"]`));
    const options = this.document.querySelectorAll(`select[name="${name}"] option`).filter((option) => option.text.includes(words));
    const found = [...inputs, ...options][0];
    assert.ok(found, `${this.path} does not offer ${words}`);
    return found.getAttribute("value");
  }
}

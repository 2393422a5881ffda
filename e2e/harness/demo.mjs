// The demo on a scratch folder: the same program, the same sample data and the same moment in every run.

import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { PATIENCE } from "./patience.mjs";

export const NOW = "2026-11-22T09:00+09:00";

const PROGRAM = process.env.MIST_PROGRAM ?? path.join(import.meta.dirname, "../../target/debug/mist");
const READY = /http:\/\/localhost:\d+/;

/**
 * Starts a demo of its own at this moment, with an encoder of films only where it is asked for, on a database of its own in the
 * PostgreSQL server at `postgres` or else on SQLite, and resolves when it answers.
 */
export async function startDemo({ now = NOW, films = false, postgres } = {}) {
    const folder = await mkdtemp(path.join(tmpdir(), "mist-e2e-"));
    const env = { PATH: films ? process.env.PATH : folder };
    const database = postgres && (await databaseIn(postgres));
    const place = database ? ["--database-url", database] : [];
    let running = await start(folder, env, [...place, "--listen", "localhost:0", "--now", now, "--fresh"]);
    const { url } = running;
    /** Ends it without a word, as a power cut does, and starts it again where it was. */
    const crash = async () => {
        await running.kill();
        running = await start(folder, env, [...place, "--listen", new URL(url).host, "--now", now]);
    };
    /** Stops, and starts again where it was, at a later moment. */
    const goOn = async (later) => {
        await running.stop();
        running = await start(folder, env, [...place, "--listen", new URL(url).host, "--now", later]);
    };
    const stop = async () => {
        await running.stop();
        await rm(folder, { recursive: true, force: true });
    };
    return { url, folder, database, crash, goOn, stop };
}

/** A new database in this server. */
async function databaseIn(postgres) {
    const name = `mist_e2e_${process.pid}_${Date.now()}`;
    await promisify(execFile)("psql", ["-qc", `CREATE DATABASE ${name}`, postgres]);
    const at = new URL(postgres);
    at.pathname = `/${name}`;
    return at.href;
}

async function start(folder, env, more) {
    const order = ["demo", "--lang", "en", "--data", folder, ...more];
    const program = spawn(PROGRAM, order, { stdio: ["ignore", "pipe", "pipe"], env });
    const ended = new Promise((resolve) => program.once("exit", resolve));
    const url = await address(program);
    const stop = async () => {
        program.kill("SIGTERM");
        // What does not end when it is asked to would keep the whole run waiting.
        const forced = setTimeout(() => program.kill("SIGKILL"), PATIENCE);
        await ended;
        clearTimeout(forced);
    };
    const kill = async () => {
        program.kill("SIGKILL");
        await ended;
    };
    return { url, stop, kill };
}

/** The address that the program prints once it listens. */
function address(program) {
    return new Promise((resolve, reject) => {
        let said = "";
        program.once("error", reject);
        program.once("exit", (code) => reject(new Error(`the demo ended with ${code}:\n${said}`)));
        const hear = (chunk) => {
            said += chunk;
            const found = READY.exec(said);
            if (found) resolve(found[0]);
        };
        program.stdout.on("data", hear);
        program.stderr.on("data", hear);
    });
}

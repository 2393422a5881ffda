// The demo on a scratch folder: the same program, the same sample data and the same moment in every run.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export const NOW = "2026-11-22T09:00+09:00";

const PROGRAM = process.env.MIST_PROGRAM ?? path.join(import.meta.dirname, "../../target/debug/mist");
const READY = /http:\/\/localhost:\d+/;

/** Starts a demo of its own at this moment, and resolves when it answers. */
export async function startDemo({ now = NOW } = {}) {
    const folder = await mkdtemp(path.join(tmpdir(), "mist-e2e-"));
    let running = await start(folder, ["--listen", "localhost:0", "--now", now, "--fresh"]);
    const { url } = running;
    /** Stops, and starts again where it was, at a later moment. */
    const goOn = async (later) => {
        await running.stop();
        running = await start(folder, ["--listen", new URL(url).host, "--now", later]);
    };
    const stop = async () => {
        await running.stop();
        await rm(folder, { recursive: true, force: true });
    };
    return { url, goOn, stop };
}

async function start(folder, more) {
    const order = ["demo", "--lang", "en", "--data", folder, ...more];
    const program = spawn(PROGRAM, order, { stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env.PATH } });
    const ended = new Promise((resolve) => program.once("exit", resolve));
    const url = await address(program);
    const stop = async () => {
        program.kill("SIGTERM");
        await ended;
    };
    return { url, stop };
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

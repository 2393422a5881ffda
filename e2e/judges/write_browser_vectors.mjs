// Writes crates/vault/vectors/browser.json anew: node e2e/judges/write_browser_vectors.mjs

import { writeFile } from "node:fs/promises";

import * as shares from "../../assets/js/shares.js";
import * as vault from "../../assets/js/vault.js";

const hex = (bytes) => Buffer.from(bytes).toString("hex");

const [id, row] = [crypto.randomUUID(), crypto.randomUUID()];
const [secret, group] = [vault.pair(), vault.pair()];
const text = "ファイルサーバーの中身が読めません。例示 髙子";
const made = {
  case: id,
  row,
  secret: hex(secret.secret),
  group: { secret: hex(group.secret), public: hex(group.public) },
  text,
  sealed: hex(vault.seal(secret.public, { case: id, table: "case_entries", row, column: "sealed" }, text)),
  wrap: hex(vault.wrapFor(group.public, id, row, secret.secret)),
  shares: shares.split(group.secret).map((share) => shares.toWords(share).join(" ")),
};
await writeFile(new URL("../../crates/vault/vectors/browser.json", import.meta.url), `${JSON.stringify(made, undefined, 2)}\n`);

// The key of a case on a page of the desk, and short words that are sealed beside its files.

import { kept } from "./kept.js";
import { caseKeys, epochKeys, own } from "./member.js";
import * as vault from "./vault.js";

const mine = own();

/** The key of a case on the page; nothing while the seal is closed. */
export async function keyOf(id) {
  const secret = mine && (await kept(mine.member));
  return secret ? caseKeys(epochKeys(secret, mine.member, mine.epochs)).get(id) : undefined;
}

/** What is sealed beside a file: what it is, or what was noted when it arrived. */
export function sealedWord(key, caseId, place, sealed) {
  const [table, row, column] = place.split("|");
  return JSON.parse(vault.open(key, { case: caseId, table, row, column }, vault.fromBase64(sealed)));
}

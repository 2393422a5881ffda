// Sends a file of the desk piece by piece, sealed in the responder's browser: neither the key of the case nor the contents leave it in
// clear. What has arrived of the same file is found by its contents, which stand sealed on the page.
//
//   <form data-pieces="…/uploads" data-done="…" data-case="uuid">      the form and its words: sending.js
//   <li data-given="uuid"><span data-sealed="…" data-place="case_files|uuid|about">…   a file that the desk began, or has sent

import { keyOf, sealedWord } from "./desk-case.js";
import { digest, post, sender, withPiece } from "./sending.js";
import * as vault from "./vault.js";

/** What the desk began or has sent, as the page and this tab know it: its id, and what it is. */
function given(key, caseId, begun) {
  const known = [...begun];
  for (const line of document.querySelectorAll("[data-given]")) {
    const { sealed, place } = line.querySelector('[data-place$="|about"]').dataset;
    try {
      known.push({ file: line.dataset.given, about: sealedWord(key, caseId, place, sealed) });
    } catch {
      // It is marked as unreadable on the page.
    }
  }
  return known;
}

/** The sealed frames of a piece, each for its number in the file. */
function sealedPiece(seal, { piece, pieces }, number, plain) {
  const first = number * (piece / vault.FRAME_BYTES);
  const count = Math.ceil(plain.length / vault.FRAME_BYTES);
  const frames = Array.from({ length: count }, (_, at) => {
    const isLast = number + 1 === pieces && at + 1 === count;
    return seal(first + at, isLast, plain.subarray(at * vault.FRAME_BYTES, (at + 1) * vault.FRAME_BYTES));
  });
  return vault.join(...frames);
}

/** Lets the form send by pieces while the seal is open. */
export function giver(form) {
  const { pieces: address, case: caseId } = form.dataset;
  const token = form.elements.token.value;
  const begunHere = [];
  let key;
  let seal;
  sender(form, {
    async ready() {
      key = await keyOf(caseId);
      return key !== undefined;
    },
    async begin({ name, bytes, sha256 }) {
      const known = given(key, caseId, begunHere);
      const same = known.find(({ about }) => about.sha256 === sha256 && about.bytes === bytes);
      const looksSame = known.some(({ about }) => about.name === name && about.bytes === bytes);
      const begun = await post(address, new URLSearchParams({ token, name, bytes, sha256, file: same?.file ?? "" }));
      begunHere.push({ file: begun.file, about: { name, bytes, sha256 } });
      seal = vault.fileSealer(key, caseId, begun.file, vault.fromBase64(begun.header));
      return { ...begun, is_other: !same && looksSame };
    },
    async piece(begun, number, bytes) {
      const sealed = sealedPiece(seal, begun, number, bytes);
      const fields = { token, file: begun.file, number, hash: await digest(sealed) };
      return post(`${address}/pieces`, withPiece(fields, sealed));
    },
    end: ({ file }, { name, bytes, sha256 }) => post(`${address}/end`, new URLSearchParams({ token, file, name, bytes, sha256 })),
  });
}

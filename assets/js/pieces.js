// Sends a file of an institution piece by piece; what comes is sealed by the server. The form and its words: sending.js.

import { post, sender, withPiece } from "./sending.js";

for (const form of document.querySelectorAll("form[data-pieces]")) {
  const address = form.dataset.pieces;
  sender(form, {
    begin: ({ name, bytes, sha256 }) => post(address, new URLSearchParams({ name, bytes, sha256 })),
    piece: ({ file }, number, bytes, hash) => post(`${address}/pieces`, withPiece({ file, number, hash }, bytes)),
    end: ({ file }) => post(`${address}/end`, new URLSearchParams({ file })),
  });
}

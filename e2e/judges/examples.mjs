// Programs of ours that write what others judge: examples of the crates, built with everything else.

import path from "node:path";

const ROOT = path.join(import.meta.dirname, "../..");

/** Where an example program lies. */
export const example = (name) => path.join(process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target"), "debug/examples", name);

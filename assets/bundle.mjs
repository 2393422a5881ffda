// Makes one file of each script of js/ that pages load and what it takes from npm: node assets/bundle.mjs

import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

await build({
  entryPoints: ["desk-open", "desk-files", "desk-keys", "desk-glass", "pieces"].map((name) => at(`js/${name}.js`)),
  outdir: at("bundles"),
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "eof",
  logLevel: "warning",
});

// What runs without the portal, from a disk too, where browsers run no modules: classic scripts.
await build({
  entryPoints: ["kit", "unit"].map((name) => at(`js/${name}.js`)),
  outdir: at("bundles"),
  bundle: true,
  format: "iife",
  target: "es2020",
  minify: true,
  legalComments: "eof",
  logLevel: "warning",
});

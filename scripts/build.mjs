import fs from "node:fs";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";

/** Builds the pages into dist/client and the server, with its workers, into dist/server. */
fs.rmSync("dist", { recursive: true, force: true });
await vite({ configFile: "vite.config.ts", logLevel: "warn" });
await esbuild({
  entryPoints: ["server/main.ts", "server/rendering/rendering-worker.ts", "server/reports/report-worker.ts"],
  outdir: "dist/server",
  entryNames: "[name]",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  splitting: true,
  packages: "external",
  sourcemap: true,
  logLevel: "warning",
});

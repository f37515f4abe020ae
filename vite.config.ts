import fs from "node:fs";
import path from "node:path";
import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

const CLIENT = path.resolve(import.meta.dirname, "client");
const PAGES = ["judge.html", "dashboard.html", "results.html", "plan.html", "methods.html"];
/** Its reach is the folder it stands in, so it stands beside the pages and keeps its name. */
const WORKER = "annotator-worker";

const inputs = PAGES.map((page) => path.join(CLIENT, page)).filter((page) => fs.existsSync(page));

/** Pages that load only their own files: nothing inline, so that the content security policy can be strict. */
export default defineConfig({
  root: CLIENT,
  base: "./", // the server puts the path in that people reach it under
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  build: {
    outDir: path.resolve(import.meta.dirname, "dist/client"),
    emptyOutDir: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    rollupOptions: {
      input: [...inputs, path.join(CLIENT, "outbox", `${WORKER}.ts`)],
      output: {
        entryFileNames: ({ name }) => (name === WORKER ? "[name].js" : "assets/[name]-[hash].js"),
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
});

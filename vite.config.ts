import fs from "node:fs";
import path from "node:path";
import preact from "@preact/preset-vite";
import { defineConfig, type Plugin } from "vite";

const CLIENT = path.resolve(import.meta.dirname, "client");
const PAGES = ["judge.html", "dashboard.html", "results.html", "plan.html", "methods.html"];
/** Its reach is the folder it stands in, so it stands beside the pages and keeps its name. */
const WORKER = "annotator-worker";

const inputs = PAGES.map((page) => path.join(CLIENT, page)).filter((page) => fs.existsSync(page));

/** Names in a page the files that it may load later, so that whoever keeps the page for reading offline keeps them too. */
const laterFiles: Plugin = {
  name: "later-files",
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle = {}, chunk }) {
      const files = new Set<string>();
      const add = (name: string, isLater: boolean) => {
        const one = bundle[name];
        if (one?.type !== "chunk" || files.has(name)) return;
        if (isLater) for (const file of [name, ...(one.viteMetadata?.importedCss ?? [])]) files.add(file);
        for (const next of one.imports) add(next, isLater);
        for (const next of one.dynamicImports) add(next, true);
      };
      if (chunk) add(chunk.fileName, false);
      return [...files].sort().map((file) => ({
        ...{ tag: "meta", attrs: { name: "later-file", content: `./${file}` } },
        injectTo: "head" as const,
      }));
    },
  },
};

/** In place of Vite's own, which is ten times as long: what is fetched later waits for its styles, and preloads no code. */
const SHORT_PRELOAD = `
const styles = {};
const styled = (file, from) => styles[file] ??= document.querySelector('link[href$="' + file.replace(".", "") + '"]') ? 0 :
  new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), {
      rel: "stylesheet", href: new URL(file, from).href, onload: resolve,
      onerror: (error) => {
        delete styles[file];
        link.remove();
        reject(error);
      },
    });
    document.head.append(link);
  });
export const __vitePreload = (load, files = [], from) =>
  Promise.all(files.filter((file) => file.endsWith(".css")).map((file) => styled(file, from))).then(load);
`;
const shortPreload: Plugin = {
  name: "short-preload",
  enforce: "pre",
  load: (id) => (id === "\0vite/preload-helper.js" ? SHORT_PRELOAD : null),
};

/** Pages that load only their own files: nothing inline, so that the content security policy can be strict. */
export default defineConfig({
  root: CLIENT,
  base: "./", // the server puts the path in that people reach it under
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false }), laterFiles, shortPreload],
  build: {
    outDir: path.resolve(import.meta.dirname, "dist/client"),
    emptyOutDir: true,
    license: { fileName: "LICENSES.md" }, // of the packages in the pages
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    rollupOptions: {
      input: [...inputs, path.join(CLIENT, "outbox", `${WORKER}.ts`)],
      output: {
        entryFileNames: ({ name }) => (name === WORKER ? "[name].js" : "assets/[name]-[hash].js"),
        chunkFileNames: ({ name, facadeModuleId }) => {
          const [, language] = /words\/(\w+)\/\w+\.ts$/.exec(facadeModuleId ?? "") ?? [];
          return `assets/${name}${language ? `-${language}` : ""}-[hash].js`;
        },
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
});

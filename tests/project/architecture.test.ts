import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readModule } from "../../scripts/structure/module.ts";
import { RULES } from "../../scripts/structure/rooms.ts";
import { readSourceFiles } from "../../scripts/structure/source-files.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), "utf8");
const isThere = (file: string): boolean => fs.existsSync(path.join(ROOT, file));
const namesIn = (folder: string): string[] => fs.readdirSync(path.join(ROOT, folder));
const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = ""]) => found);

const ARCHITECTURE = read("docs/ARCHITECTURE.md");
const CONTRIBUTING = read("CONTRIBUTING.md");
const CODE = readSourceFiles(ROOT, ["server", "client", "migrations", "scripts", "bin", "tests"]);
const FOLDERS = new Set(CODE.flatMap(({ path: file }) => foldersOf(file)));

function foldersOf(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}

/** The files that a file imports, by the names of the files. */
const importedBy = (file: string): string[] => {
  const module = readModule({ path: file, text: read(file) });
  const ours = module.imports.flatMap(({ specifier }) => (specifier?.startsWith(".") ? [specifier] : []));
  return ours.map((specifier) => path.posix.join(path.posix.dirname(file), specifier));
};

describe("the tree in docs/ARCHITECTURE.md", () => {
  const tree = /```\n(bin[\s\S]*?)```/.exec(ARCHITECTURE)?.[1] ?? "";
  const lines = tree.split("\n").flatMap((line) => {
    const [, indent = "", name = "", about = ""] = /^( *)([\w./-]+) *(.*)$/.exec(line) ?? [];
    return name === "" ? [] : [{ place: indent === "" ? name : `server/${name}`, about }];
  });

  it("lists every room, and none that is gone", () => {
    const rooms = matches(tree, /^ {2}([\w.-]+)/gm).sort();
    expect(rooms).toEqual(namesIn("server").sort());
    const top = matches(tree, /^([\w-]+)\//gm).sort();
    const hidden = /^(?:\.|docs$|node_modules$|dist$|data$|coverage$)/;
    const folders = namesIn(".").filter((name) => fs.statSync(path.join(ROOT, name)).isDirectory());
    expect(top).toEqual(folders.filter((name) => !hidden.test(name)).sort());
  });

  it("names folders within them that exist", () => {
    const within = lines.flatMap(({ place, about }) =>
      matches(about, /([\w-]+)\/(?=[\s,;)]|$)/g).map((name) => path.join(place, name)),
    );
    expect(within.length).toBeGreaterThan(5);
    expect(within.filter((folder) => !isThere(folder))).toEqual([]);
  });
});

describe("what docs/ARCHITECTURE.md says of imports", () => {
  const importsOf = (room: string): readonly string[] => RULES.rooms[room]?.imports ?? [];

  it("names the rooms that import nothing but the contract", () => {
    const [, sentence = ""] =
      /who may import whom: of this project, ([^:.]*) import only\s+the contract/.exec(ARCHITECTURE) ?? [];
    const pure = matches(sentence, /`([\w-]+)`/g);
    expect(pure.length).toBeGreaterThan(3);
    expect(pure.filter((room) => importsOf(room).some((other) => other !== "contract"))).toEqual([]);
  });

  it("orders the features as the rules do", () => {
    const chains = ARCHITECTURE.match(/[\w-]+(?: < [\w-]+(?:, [\w-]+)*)+/g) ?? [];
    expect(chains.length).toBeGreaterThan(1);
    for (const chain of chains) {
      const steps = chain.split(" < ").map((step) => step.split(", ").filter((name) => name in RULES.rooms));
      steps.forEach((step, i) => {
        const above = steps[i + 1] ?? [];
        for (const room of step) {
          for (const next of above) expect(importsOf(next), chain).toContain(room);
          const later = steps.slice(i + 1).flat();
          expect(
            importsOf(room).filter((other) => later.includes(other)),
            `${room} in ${chain}`,
          ).toEqual([]);
        }
      });
    }
  });
});

describe.each([
  ["docs/ARCHITECTURE.md", ARCHITECTURE],
  ["CONTRIBUTING.md", CONTRIBUTING],
])("%s", (_page, text) => {
  const terms = [...new Set(matches(text.replace(/```[\s\S]*?```/g, ""), /`([^`\n]+)`/g))];
  const code = CODE.map((file) => file.text).join("\n");

  it("names only files and folders that exist", () => {
    const places = terms.filter((term) => /^[\w*./-]+(?:\.(?:ts|tsx|mjs)|\/)$/.test(term));
    expect(places.length).toBeGreaterThan(5);
    expect(places.filter((place) => !isSomewhere(place))).toEqual([]);
  });

  it("names only functions, tables, types and routes that the code has", () => {
    const names = terms.flatMap((term) => /^([A-Za-z_]\w*)(?:\(.*\))?$/.exec(term)?.[1] ?? []);
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
    const routes = terms.flatMap((term) => /^(?:GET|POST) (\S+)$/.exec(term)?.[1] ?? []);
    expect(routes.filter((route) => !code.includes(`"${route}"`))).toEqual([]);
  });
});

/** Whether a place, as `assignments/places.ts`, `storage/tables/` or `contract/report-*.ts`, is the end of a path here. */
function isSomewhere(place: string): boolean {
  const pattern = place.replace(/\/$/, "").replaceAll(".", "\\.").replaceAll("*", "[\\w-]+");
  const end = new RegExp(`(?:^|/)${pattern}$`);
  const isFolder = place.endsWith("/");
  if (isFolder && isThere(place)) return true;
  return isFolder
    ? [...FOLDERS].some((folder) => end.test(folder))
    : CODE.some((file) => end.test(file.path));
}

describe("one file for each", () => {
  it("verb: commands/ has a file for each, and nothing else but support/", () => {
    const registry = /a verb: a file in `([\w/-]+)\/`, its line in `([\w/.-]+)`/.exec(CONTRIBUTING);
    const [, folder = "", list = ""] = registry ?? [];
    const files = namesIn(folder).filter((name) => name !== "support");
    const verbs = importedBy(list).filter((file) => path.posix.dirname(file) === folder);
    expect(files.sort()).toEqual(verbs.map((file) => path.posix.basename(file)).sort());
    for (const page of [
      "README.md",
      "docs/operations.md",
      "docs/judges.md",
      "docs/formats.md",
      "docs/recipes.md",
      "docs/prompts.md",
    ]) {
      const named = matches(read(page), /npx tiebreak(?:-eval)? ([a-z-]+)(?![\w.-])/g).map(
        (verb) => `${verb}.ts`,
      );
      expect(
        named.filter((file) => !files.includes(file)),
        page,
      ).toEqual([]);
    }
  });

  it("part of the tables: storage/tables/ has the files that are named, and all in its list", () => {
    const folder = "server/storage/tables";
    const [, sentence = ""] = /Row types are in `storage\/tables\/`: ([^.]*)\./.exec(ARCHITECTURE) ?? [];
    const named = matches(sentence, /`(\w+)`/g).map((name) => `${name}.ts`);
    const files = namesIn(folder).filter((name) => name !== "index.ts");
    expect(files.sort()).toEqual(named.sort());
    expect([...new Set(importedBy(`${folder}/index.ts`))].sort()).toEqual(
      files.map((file) => `${folder}/${file}`),
    );
  });

  it("migration: numbered in order, and listed", () => {
    const files = namesIn("migrations")
      .filter((name) => name !== "index.ts")
      .sort();
    const numbers = files.map((name) => /^\d{4}(?=-)/.exec(name)?.[0]);
    expect(numbers).toEqual([...new Set(numbers)]); // numbers given to work that did not land stay free
    expect(importedBy("migrations/index.ts")).toEqual(files.map((name) => `migrations/${name}`));
  });

  it("question: analysis/ has a folder for each block, besides what all read, the notes, the reading room and two studies", () => {
    const folders = namesIn("server/analysis").filter(
      (name) => !/^(?:index\.ts|rows|notes|reading|beside)$/.test(name),
    );
    const used = importedBy("server/analysis/index.ts").map((file) => file.split("/")[2]);
    expect(folders.filter((folder) => !used.includes(folder))).toEqual([]);
  });

  it("API of model servers, and format of exports: each is in its list", () => {
    const adapters = namesIn("server/model-servers/adapters").filter((name) =>
      /export const \w+: Adapter = /.test(read(`server/model-servers/adapters/${name}`)),
    );
    expect(adapters.length).toBeGreaterThan(1);
    const listed = importedBy("server/model-servers/adapters/index.ts");
    expect(adapters.filter((name) => !listed.includes(`server/model-servers/adapters/${name}`))).toEqual([]);
    const exports = namesIn("server/export").filter((name) => name.startsWith("as-"));
    const formats = importedBy("server/export/formats.ts");
    expect(exports.filter((name) => !formats.includes(`server/export/${name}`))).toEqual([]);
  });
});

describe("CONTRIBUTING.md", () => {
  it("states the limits that the linter holds", () => {
    const config = read("eslint.config.js");
    const [, lines, functionLines] = /Files under (\d+) lines, functions under (\d+), at most four/.exec(
      CONTRIBUTING,
    )!;
    expect(config).toContain(`"max-lines": ["error", { max: ${lines} }]`);
    expect(config).toContain(`"max-lines-per-function": ["error", { max: ${functionLines} }]`);
    expect(config).toContain(`"max-params": ["error", 4]`);
    expect(config).toContain(`"@typescript-eslint/no-explicit-any": "error"`);
  });
});

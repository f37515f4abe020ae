import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  parseFieldMap,
  renamer,
  restOf,
  splitFileArgument,
} from "../../../../server/loading/reading/field-map.ts";
import { options } from "./reading-options.ts";
import { parseGroupName } from "../../../../server/loading/reading/group-name.ts";
import { systemOfFile } from "../../../../server/loading/reading/options.ts";

const nothing = () => false;

describe("a mapping", () => {
  it("reads columns, constants and ignored fields", () => {
    expect([...parseFieldMap("output=text,system:=m 1,group=,prompt=a\\,b")]).toEqual([
      ["output", { column: "text" }],
      ["system", { constant: "m 1" }],
      ["group", { ignored: true }],
      ["prompt", { column: "a,b" }],
    ]);
    for (const wrong of ["output", "=x", "a=b,a=c"]) expect(() => parseFieldMap(wrong)).toThrow();
  });

  it("holds any translation, as it is written", () => {
    const text = fc.stringMatching(/^[\w +-]{1,8}$/).filter((one) => one.trim() === one && one !== "");
    fc.assert(
      fc.property(text, fc.dictionary(text, text, { minKeys: 1 }), fc.boolean(), (column, pairs, isKept) => {
        const inside = Object.entries(pairs).map(([from, to]) => `${from}:${to}`);
        const written = `winner=${column}{${[...inside, ...(isKept ? ["*"] : [])].join("|")}}`;
        expect(parseFieldMap(written).get("winner")).toEqual({
          column,
          translation: { values: new Map(Object.entries(pairs)), ...(isKept ? { others: "*" } : {}) },
        });
      }),
    );
  });

  it("stands behind a file's name, whose own colons stay", () => {
    expect(splitFileArgument("a.jsonl:output=text", nothing)).toMatchObject({ path: "a.jsonl" });
    expect(splitFileArgument("C:\\data\\a.jsonl", nothing)).toMatchObject({ path: "C:\\data\\a.jsonl" });
    expect(splitFileArgument("C:\\a.jsonl:output=x", nothing)).toMatchObject({ path: "C:\\a.jsonl" });
    const exists = (path: string) => path === "odd:a=b.jsonl";
    expect(splitFileArgument("odd:a=b.jsonl", exists)).toEqual({ path: "odd:a=b.jsonl", map: new Map() });
    expect(splitFileArgument("odd:a=b.jsonl:output=x", exists).path).toBe("odd:a=b.jsonl");
    const both = (path: string) => path === "a" || path === "a:b.jsonl";
    expect(splitFileArgument("a:b.jsonl:output=x", both).path).toBe("a:b.jsonl");
    expect([...splitFileArgument("a:note:=http://x:y", both).map]).toEqual([
      ["note", { constant: "http://x:y" }],
    ]);
    expect(() => splitFileArgument("a:output", both)).toThrow("output");
    const constant = splitFileArgument("a.jsonl:system:=x", nothing);
    expect([...constant.map]).toEqual([["system", { constant: "x" }]]);
  });

  it("moves each column to one place, whatever they are called", () => {
    const names = fc.constantFrom<string[]>("a", "b", "c", "d", "constructor");
    const maps = fc.uniqueArray(fc.tuple(names, fc.oneof(names, fc.constant(null))), {
      selector: (m) => m[0],
    });
    fc.assert(
      fc.property(maps, fc.dictionary(names, fc.string()), (pairs, row) => {
        const text = pairs.map(([ours, theirs]) => `${ours}=${theirs ?? ""}`).join(",");
        const renamed = renamer(parseFieldMap(text))(row);
        const ours = new Map(pairs);
        const taken = new Set(ours.values());
        for (const name of ["a", "b", "c", "d"]) {
          const theirs = ours.has(name) ? (ours.get(name) ?? null) : taken.has(name) ? null : name;
          const value = theirs !== null && Object.hasOwn(row, theirs) ? row[theirs] : undefined;
          expect(renamed[name]).toBe(value);
        }
        expect(Object.hasOwn(renamed, "constructor")).toBe(
          pairs.length === 0 && Object.hasOwn(row, "constructor"),
        );
      }),
    );
  });

  it("keeps nothing under names that objects treat specially", () => {
    const row = JSON.parse('{"__proto__":{"bad":1},"constructor":2,"kept":3}') as Record<string, unknown>;
    expect(restOf(row, new Set())).toEqual({ kept: 3 });
    const rename = renamer(parseFieldMap("output=kept,__proto__=constructor,constructor:=x"));
    expect(Object.entries(rename(row))).toEqual([["output", 3]]);
    expect(({} as Record<string, unknown>).bad).toBeUndefined();
  });
});

describe("names on the command line", () => {
  it("are groups with a kind, and systems by their file", () => {
    expect(parseGroupName("authors:author")).toEqual({ name: "authors", kind: "author" });
    expect(parseGroupName("crowd")).toEqual({ name: "crowd", kind: null });
    expect(parseGroupName("a:b")).toBeNull();
    expect(systemOfFile(options("/x/y/model.v1.jsonl"))).toBe("model.v1");
  });
});

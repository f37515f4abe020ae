import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { format, inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { Key, readKey } from "../../../server/model-servers/keys.ts";

const SECRET = 'sk-test-"4f9c/2b';
const url = new URL("https://api.example.com/v1/chat/completions");
const wanted = { url, env: {}, defaultVariable: "OPENAI_API_KEY" };

describe("Key", () => {
  const key = new Key(SECRET, url.origin);

  it("does not show itself, however it is printed", () => {
    const shown = [
      ...[
        String(key),
        [key].join(),
        "".concat(key as unknown as string),
        JSON.stringify({ key }),
        inspect({ key }),
        format("%s %o %O %j", key, key, key, key),
      ],
      ...[
        inspect(key, { showHidden: true, depth: 5 }),
        Object.keys(key).join(),
        inspect(new Error("x", { cause: key })),
      ],
    ];
    for (const text of shown) expect(text).not.toContain("4f9c");
    expect(key.reveal()).toBe(SECRET);
  });

  it("is for one origin", () => {
    expect(key.for("https://api.example.com")).toBe(SECRET);
    for (const other of ["https://api.example.com:8443", "http://api.example.com", "https://example.com"])
      expect(() => key.for(other)).toThrow(
        expect.objectContaining({
          name: "KeyUnusable",
          message: expect.not.stringContaining("4f9c") as string,
        }),
      );
  });

  it("is taken out of texts, also as JSON and addresses write it", () => {
    const text = `${SECRET} ${JSON.stringify(SECRET)} ?key=${encodeURIComponent(SECRET)}`;
    expect(key.redact(text)).toBe('[key] "[key]" ?key=[key]');
    expect(new Key("none", url.origin).redact("none of it")).toBe("none of it");
  });
});

describe("readKey", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "tiebreak-key-"));
    file = path.join(folder, "key");
    await writeFile(file, `${SECRET}\n`, { mode: 0o600 });
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("reads the adapter's variable, or the one that is named", async () => {
    const env = { OPENAI_API_KEY: " usual-one ", MY_KEY: "named-one" };
    expect((await readKey({ ...wanted, env }))?.reveal()).toBe("usual-one");
    const named = await readKey({ ...wanted, env, variable: "MY_KEY" });
    expect([named?.reveal(), named?.origin]).toEqual(["named-one", "https://api.example.com"]);
  });

  it("is none where nobody named one, and an error where what is named is missing", async () => {
    expect(await readKey(wanted)).toBeNull();
    expect(await readKey({ ...wanted, env: { OPENAI_API_KEY: "" } })).toBeNull();
    await expect(readKey({ ...wanted, variable: "MY_KEY" })).rejects.toThrow(/MY_KEY is not set/);
    await expect(readKey({ ...wanted, variable: "MY_KEY", file })).rejects.toThrow(/not both/);
  });

  it("reads a file that only its owner can read", async () => {
    expect((await readKey({ ...wanted, file }))?.reveal()).toBe(SECRET);
    await chmod(file, 0o400);
    expect((await readKey({ ...wanted, file }))?.reveal()).toBe(SECRET);
  });

  it.each([0o640, 0o604, 0o644, 0o620, 0o601])(
    "refuses a file of mode %o and says what to do",
    async (mode) => {
      await chmod(file, mode);
      await expect(readKey({ ...wanted, file })).rejects.toMatchObject({
        name: "KeyUnusable",
        message: expect.stringContaining(`chmod 600 ${file}`) as string,
      });
    },
  );

  it("refuses a file of another user", async () => {
    const { uid } = await stat(file);
    const user = vi.spyOn(process as Required<typeof process>, "getuid").mockReturnValue(uid + 1);
    onTestFinished(() => user.mockRestore());
    await expect(readKey({ ...wanted, file })).rejects.toThrow(/belongs to another user.*chmod 600/);
  });

  it("refuses what is no key, and does not quote it", async () => {
    for (const text of ["", "  \n", "two words", "sk-line\r\nX-Injected: yes", "schlüssel-lang"]) {
      await writeFile(file, text);
      const failure = await readKey({ ...wanted, file }).catch((error: Error) => error);
      expect(failure).toMatchObject({ name: "KeyUnusable" });
      expect(String(failure)).not.toMatch(/words|Injected|schlüssel/);
    }
    await expect(readKey({ ...wanted, file: folder })).rejects.toThrow(/not a file with a key/);
    await expect(readKey({ ...wanted, file: path.join(folder, "missing") })).rejects.toThrow(
      /cannot be read \(ENOENT\)/,
    );
  });
});

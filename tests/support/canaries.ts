import { createHash, randomBytes } from "node:crypto";

/** A secret name that must never reach an annotator's browser, in any dress. */
export interface Canary {
  readonly what: string;
  readonly name: string;
}

/** A random name of 20 characters. */
export const canary = (what: string): Canary => ({
  what,
  name: `c${randomBytes(10).toString("hex").slice(0, 19)}`,
});

const HASHES = ["md5", "sha1", "sha256", "sha512"];
const PREFIX = 16;

/** Every dress of a name that the search looks for: plain, escaped, base64 in three alignments, hex, hashed. */
export function dressesOf(name: string): { dress: string; text: string }[] {
  const bytes = Buffer.from(name);
  const hashes = HASHES.flatMap((algorithm) => {
    const digest = createHash(algorithm).update(name).digest();
    return [
      { dress: `${algorithm} hex`, text: digest.toString("hex").slice(0, PREFIX) },
      { dress: `${algorithm} base64`, text: digest.toString("base64url").slice(0, PREFIX) },
    ];
  });
  return [
    { dress: "plain", text: name },
    { dress: "reversed", text: [...name].reverse().join("") },
    { dress: "hex", text: bytes.toString("hex") },
    ...[0, 1, 2].map((shift) => ({ dress: `base64 shifted ${shift}`, text: base64Core(bytes, shift) })),
    ...hashes,
  ];
}

/** The part of a name's base64 that does not depend on what stands before and after it. */
function base64Core(bytes: Buffer, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
  const start = shift === 0 ? 0 : 4;
  const whole = Math.floor((shift + bytes.length) / 3) * 4;
  return encoded.slice(start, whole);
}

/** Each dress of each canary that a text holds, whatever its case and base64 alphabet. */
export function findCanaries(text: string, canaries: readonly Canary[]): string[] {
  const haystack = normalise(text);
  return canaries.flatMap(({ what, name }) =>
    dressesOf(name)
      .filter(({ text: dressed }) => haystack.includes(normalise(dressed)))
      .map(({ dress }) => `${what} (${dress})`),
  );
}

const normalise = (text: string): string => text.toLowerCase().replaceAll("-", "+").replaceAll("_", "/");

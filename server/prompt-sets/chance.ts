import { createHash } from "node:crypto";

/**
 * A number of [0, 1) that follows from a seed and a key alone, so that neither the order of files nor that of candidates changes what
 * is drawn: the first 48 bits of the SHA-256 of both.
 */
export function chance(seed: number, ...key: readonly (string | number)[]): number {
  const digest = createHash("sha256")
    .update(JSON.stringify([seed, ...key]))
    .digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

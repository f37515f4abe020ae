import { hash } from "node:crypto";

/** A whole number from 0 to 2^48 − 1 that depends on all parts and on nothing else. */
export function keyOf(...parts: readonly (string | number)[]): number {
  return parseInt(hash("sha256", JSON.stringify(parts)).slice(0, 12), 16);
}

/** SHA-256 of a text, in hex: how every token is kept. */
export const hashToken = (token: string): string => hash("sha256", token);

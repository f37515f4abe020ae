import { isolated } from "../charts/isolate.ts";

/** The same data with every text in it that is written from right to left set apart; what names fields stays. */
export function isolateTexts<Part>(part: Part): Part;
export function isolateTexts(part: unknown): unknown {
  if (typeof part === "string") return isolated(part);
  if (Array.isArray(part)) return part.map((one: unknown) => isolateTexts(one));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, isolateTexts(value)]));
}

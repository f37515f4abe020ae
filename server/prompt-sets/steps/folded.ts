import { createHash } from "node:crypto";

/** A text as it is compared: compatibility forms, capitals and white space made alike. */
export const folded = (text: string): string =>
  text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

export const foldedHash = (text: string): string =>
  createHash("sha256").update(folded(text)).digest("base64");

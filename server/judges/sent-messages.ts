import { createHash, createHmac } from "node:crypto";
import type { ModelMessage } from "../model-servers/model-call.ts";

const LETTERS = 12;

/**
 * The code at the ends of the lines around texts, which stands in none of `texts`. It follows from the study's seed and
 * the prompt alone, so that a repeat sends the very same messages, and a server can cache how all those about one prompt
 * begin.
 */
export function boundaryOf(seed: string, prompt: readonly string[], texts: readonly string[]): string {
  for (let tries = 0; ; tries++) {
    const digest = createHmac("sha256", seed).update(JSON.stringify([tries, prompt]));
    const boundary = digest.digest("base64url").slice(0, LETTERS);
    if (!texts.some((text) => text.includes(boundary))) return boundary;
  }
}

/** SHA-256, in hex, of messages as JSON: a list of {role, content}. */
export function hashOfMessages(messages: readonly ModelMessage[]): string {
  const plain = messages.map(({ role, content }) => ({ role, content }));
  return createHash("sha256").update(JSON.stringify(plain)).digest("hex");
}

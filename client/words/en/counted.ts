import { counting } from "../plural.ts";

/** `1 prompt`, `1,200 prompts`. */
export const counted = counting("en", (noun) => ({ one: noun, other: `${noun}s` }));

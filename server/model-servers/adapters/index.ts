import type { Adapter } from "./adapter.ts";
import { anthropic } from "./anthropic.ts";
import { openai } from "./openai.ts";
import { responses } from "./responses.ts";

export type { Adapter } from "./adapter.ts";

/** All kinds of model servers that can be spoken to; another one is a file of its own and a line here. */
export const adapters: readonly Adapter[] = [openai, responses, anthropic];

/** The adapter of this name; null: there is none. */
export const findAdapter = (name: string): Adapter | null =>
  adapters.find((adapter) => adapter.name === name) ?? null;

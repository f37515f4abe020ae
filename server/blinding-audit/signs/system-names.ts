/** A system as its outputs may name it. */
export interface NamedSystem {
  readonly name: string;
  readonly displayName: string;
}

const NAME_MIN = 3;

/** Names that are ordinary words: a text that holds one does not name its system. */
const ORDINARY =
  /^(?:ours?|theirs?|mine|yours?|base(?:line)?|target|model|system|human|reference|control|test|old|new|one|two|three|first|second|the|before|after|small|large|best|good|better|default|current|next|left|right|chosen|rejected|main|run|other|answer|response|output|gold|final|start|end)$/i;

/** Families of models whose members are called by them: “GPT-4” of “gpt-4-0613”, “Claude” of “claude:2023”. */
const FAMILY =
  /(?<![\p{L}\p{N}])(chatgpt|gpt|claude|gemini|bard|llama|alpaca|vicuna|mistral|mixtral|qwen|gemma|falcon|grok|deepseek|palm|lamda|koala|dolly|guanaco|wizardlm|zephyr|tulu|olmo|internlm|baichuan|chatglm|kimi|orca|davinci)(?:[-_ ]?v?(\d+(?:\.\d+)?))?/iu;

/** As a word of its own: a system called “a” is named by every other text. @param flags in addition to u */
const wordFor = (pattern: string, flags: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, `${flags}u`);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * What finds the names of a system in a text: the last part of its name, its display name, and its family of models with the
 * version. Null where none of them is more than an ordinary word or two letters.
 */
export function namesOf({ name, displayName }: NamedSystem): RegExp | null {
  const last = name
    .replace(/[\\/]+$/, "")
    .split("/")
    .at(-1)!;
  const own = [...new Set([last, displayName])]
    .filter((one) => one.length >= NAME_MIN && !ORDINARY.test(one))
    .map(escaped);
  const [, family, version] = FAMILY.exec(last) ?? [];
  if (family !== undefined) own.push(version === undefined ? family : `${family}[-_ ]?v?${escaped(version)}`);
  return own.length === 0 ? null : wordFor(own.join("|"), "i");
}

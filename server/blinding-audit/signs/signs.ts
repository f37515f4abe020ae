import type { FindingKind, MaskableKind } from "../../contract/findings.ts";
import { cutIn, isCutOff, isFailure, misreadIn } from "./damage.ts";
import { makerIn, withoutMakers } from "./makers.ts";
import { thinkingIn, tokenIn, withoutThinking, withoutTokens } from "./marks.ts";
import { type NamedSystem, namesOf } from "./system-names.ts";

/** Something in an output that may give its system away, or that harms it. */
interface Sign {
  readonly kind: FindingKind;
  /** What it is, as it stands in the text or in a few words. */
  readonly what: string;
}

/** What finds the names in the outputs of one system: its own, and those of the others; null: it has none to be found by. */
interface Names {
  readonly own: RegExp | null;
  readonly others: RegExp | null;
}

/** @param systems all systems of the study. @returns by name, what to look for in its outputs */
export function namesBySystem(systems: readonly NamedSystem[]): ReadonlyMap<string, Names> {
  const patterns = systems.map((system) => namesOf(system));
  return new Map(
    systems.map(({ name }, i) => {
      const others = patterns.flatMap((one, j) => (one === null || j === i ? [] : [one.source]));
      return [
        name,
        { own: patterns[i]!, others: others.length === 0 ? null : new RegExp(others.join("|"), "iu") },
      ];
    }),
  );
}

interface Output {
  readonly turns: readonly string[];
  /** What was asked: a name that stands there is no sign of the system. */
  readonly prompt: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Every kind of sign in an output, each once, as far as the output alone shows it. */
export function signsIn({ turns, prompt, metadata }: Output, names: Names): Sign[] {
  const text = turns.join("\n\n");
  const own = nameIn(text, prompt, names.own);
  const other =
    own === null
      ? nameIn(text, prompt, names.others)
      : nameIn(without(text, names.own), prompt, names.others);
  const cut = isCutOff(metadata) ? "at the limit of its length, as its server says" : firstOf(turns, cutIn);
  const found: readonly [FindingKind, string | null][] = [
    ["own-name", own],
    ["other-name", other],
    ["maker", makerIn(text)],
    ["thinking", thinkingIn(text)],
    ["token", tokenIn(withoutCode(text))],
    ["cut", cut],
    ["failure", firstOf(turns, (turn) => (isFailure(turn) ? turn.trim().slice(0, WHAT_MAX) : null))],
    ["misread", misreadIn(text)],
  ];
  return found.flatMap(([kind, what]) => (what === null ? [] : [{ kind, what }]));
}

const WHAT_MAX = 60;
/** Stands for a name that is masked. */
const MASK = "[…]";

function firstOf(turns: readonly string[], find: (turn: string) => string | null): string | null {
  for (const turn of turns) {
    const found = find(turn);
    if (found !== null) return found;
  }
  return null;
}

function nameIn(text: string, prompt: string, names: RegExp | null): string | null {
  const name = names?.exec(text)?.[0];
  return name === undefined || names!.test(prompt) ? null : name;
}

const without = (text: string, names: RegExp | null): string =>
  names === null ? text : text.replace(everywhere(names), MASK);
const everywhere = (pattern: RegExp): RegExp => new RegExp(pattern.source, `${pattern.flags}g`);

/** HTML and templates that are shown as code are no tokens. */
const withoutCode = (text: string): string =>
  text.includes("`") ? text.replace(/```[\s\S]*?(?:```|$)|`[^`\n]*`/g, "") : text;

/** An output without what gives it away, as far as these kinds go: reasoning and tokens are gone, names are “[…]”. */
export const maskedTurns = (
  turns: readonly string[],
  kinds: ReadonlySet<MaskableKind>,
  { own, others }: Names,
): string[] =>
  turns.map((turn) => {
    let text = turn;
    if (kinds.has("thinking")) text = withoutThinking(text);
    if (kinds.has("token")) text = withoutTokens(text);
    if (kinds.has("maker")) text = withoutMakers(text, MASK);
    if (kinds.has("own-name")) text = without(text, own);
    if (kinds.has("other-name")) text = without(text, others);
    return text;
  });

/** An output without any name: what is left to judge its style by. */
export const namelessText = (turns: readonly string[], names: Names): string =>
  maskedTurns(turns, NAMES, names).join("\n\n");
const NAMES: ReadonlySet<MaskableKind> = new Set(["own-name", "other-name", "maker"]);

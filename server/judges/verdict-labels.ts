import type { Wording } from "../contract/studies.ts";

export type VerdictChoice = "left" | "tie" | "right";

/** An option's label as it was written, or what the frame, the guidelines and the options call it; null: none of them. */
export function choiceOf(
  words: unknown,
  wording?: Pick<Wording, "left" | "tie" | "right">,
): VerdictChoice | null {
  const single = Array.isArray(words) && words.length === 1 ? (words[0] as unknown) : words;
  if (typeof single !== "string") return null;
  const label = normal(single);
  if (label === "") return null;
  const letter = LETTERS.get(label);
  if (letter) return letter;
  const named = CHOICES.filter((choice) => wording !== undefined && normal(wording[choice]) === label);
  if (named.length > 0) return named.length === 1 ? named[0]! : null;
  if (TIES.test(label)) return "tie";
  const side = SIDES.exec(label);
  if (side) return LETTERS.get((side[1] ?? side[2] ?? side[3])!) ?? null;
  const [, first, sign, second] = COMPARED.exec(label) ?? [];
  if (sign === undefined || first === second) return null;
  if (sign.includes("=")) return "tie";
  return LETTERS.get(sign.includes(">") ? first! : second!) ?? null;
}

/** Without what is commonly put around a label. */
export function bare(words: string): string {
  const trimmed = words.trim();
  if (trimmed.length > LABEL_MAX) return trimmed;
  return trimmed.replace(/^[\s*_`#"'“”‘’«»「」[({]+/, "").replace(/[\s*_`"'“”‘’«»「」\])}.。!]+$/, "");
}

/** Characters, above those of any label and what is put around it. */
export const LABEL_MAX = 300;

const normal = (words: string): string => bare(words).toLowerCase().replace(/\s+/g, " ");

const CHOICES = ["left", "tie", "right"] as const;
const LETTERS = new Map<string, VerdictChoice>([
  ["a", "left"],
  ["b", "right"],
  ["tie", "tie"],
  ["left", "left"],
  ["right", "right"],
]);

const THING = "(?:response|answer|option|assistant|output|candidate|reply|text|model)";
const MUCH = "(?:significantly |slightly |clearly |much |somewhat |a bit |far |strictly )?";
const WINS = `(?:(?: is| are|'s)? ${MUCH}(?:better|best|preferred|preferable|superior|the better(?: one| ${THING})?|the winner)|wins)?`;

/** “Response A”, “A is better”, “the left response”, “the one on the left”. */
const SIDES = new RegExp(
  `^(?:the )?(?:${THING} )?[\\["'(]?([ab])[\\]"')]?${WINS}$|^(?:the )?(left|right)(?:[ -]?hand)?(?: side| one| ${THING})?${WINS}$|^(?:the )?(?:one|${THING}) on the (left|right)${WINS}$`,
);

/** “Neither is significantly better”, “no preference”, “both are equally good”. */
const TIES = new RegExp(
  `^(?:it(?: is|'s) )?(?:a )?(?:tie|tied|draw|toss-up)$|^neither(?: (?:one|${THING}|of them|of the two))?(?: is ${MUCH}better)?$` +
    `|^no (?:clear |significant )?(?:preference|difference|winner)$|^(?:both |they )?(?:are )?(?:about )?(?:equal|equally (?:good|bad)|the same)$`,
);

/** “A>B”, “A >> B”, “A=B”. */
const COMPARED = /^([ab]) ?(>{1,2}|<{1,2}|={1,2}) ?([ab])$/;

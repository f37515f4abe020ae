import type { JudgeExample, JudgeMethod } from "../../contract/judge-method.ts";
import type { Wording } from "../../contract/studies.ts";

/** The words around the options and the form of the reply, and examples in the form of a comparison. */

const LABELS = { three: ["A", "tie", "B"], five: ["A>>B", "A>B", "A=B", "B>A", "B>>A"] } as const;

const labelsOf = ({ scale = "three" }: JudgeMethod): readonly string[] => LABELS[scale];

const anyOf = (labels: readonly string[]): string =>
  `${labels
    .slice(0, -1)
    .map((label) => `"${label}"`)
    .join(", ")} or "${labels.at(-1)}"`;

export const asJson = (method: JudgeMethod): string =>
  'Reply with one JSON object and nothing else. It has two members, in this order: "reasoning", the reasons for your ' +
  `choice, then "verdict", which is ${anyOf(method.scale === "five" ? LABELS.five : ["A", "B", "tie"])}.`;

export const asLastLine = (method: JudgeMethod): string =>
  "First give the reasons for your choice. Then end with your choice, alone on the last line, as one of:\n" +
  labelsOf(method)
    .map((label) => `Verdict: ${label}`)
    .join("\n");

export const AS_FIRST_WORD = "Reply with one letter and nothing else, A or B: the response that you prefer.";

/** The options with their labels: those of the wording, unless the method has others. */
export function optionsOf({ scale, verdictFrom }: JudgeMethod, { left, tie, right }: Wording): string {
  const options =
    scale === "five"
      ? [
          "A>>B: response A is much better",
          "A>B: response A is slightly better",
          "A=B: both are about equally good, or equally bad",
          "B>A: response B is slightly better",
          "B>>A: response B is much better",
        ]
      : [`A: ${left}`, ...(verdictFrom === "probabilities" ? [] : [`tie: ${tie}`]), `B: ${right}`];
  return ["The options are:", ...options].join("\n");
}

/** Judged comparisons, framed like the one that follows. @param framed puts a text between its two lines */
export function examplesIn(
  { examples = [] }: JudgeMethod,
  framed: (name: string, texts: readonly string[]) => string,
): string {
  if (examples.length === 0) return "";
  const shown = examples.map(({ prompt, a, b, verdict, reasoning }: JudgeExample, i) => {
    const name = `EXAMPLE ${i + 1}:`;
    return [
      framed(`${name} PROMPT`, [prompt]),
      framed(`${name} RESPONSE A`, [a]),
      framed(`${name} RESPONSE B`, [b]),
      ...(reasoning === undefined ? [] : [framed(`${name} REASONS`, [reasoning])]),
      `Verdict in example ${i + 1}: ${verdict}`,
    ].join("\n");
  });
  const first =
    "These comparisons are judged already, as examples. They are not the one that you are to judge.";
  return [first, ...shown].join("\n\n");
}

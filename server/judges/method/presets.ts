import type { JudgeMethod, JudgeMethodFile, PresetName } from "../../contract/judge-method.ts";
import type { JudgeSettings } from "../../contract/judges.ts";
import { assertUsable } from "./slots.ts";

type Sampling = Pick<JudgeSettings, "orders" | "repeats" | "temperature" | "maxTokens">;
type Asked = { readonly [Name in keyof Sampling]?: Sampling[Name] | undefined };

interface Preset {
  readonly sampling: Sampling;
  readonly method: Omit<JudgeMethodFile, "preset">;
}

/** What a judge has where nobody says otherwise: both orders, as only they show whether it goes by the side. */
const USUAL: Sampling = { orders: "both", repeats: 0, temperature: 0, maxTokens: 1024 };

const TEXTS = "{{frame}}\n\n{{examples}}\n\n{{prompt}}\n\n{{reference}}\n\n{{response_a}}\n\n{{response_b}}";
const END = "{{options}}\n\n{{reply}}";

/**
 * Published ways of judging: inputs, options, sampling and rule as published, in words of our own.
 *
 * - LIMA (Zhou et al. 2023): the model gets what people get, once, with the server's own sampling.
 * - AlpacaEval 2 (Dubois et al. 2024): one order, no tie, the verdict from the probabilities of the first word.
 * - MT-Bench (Zheng et al. 2023): both orders, reasons first, A, B or tie; a verdict that changes with the order is a tie.
 * - Arena-Hard (Li et al. 2024): both orders, the judge's own answer first, then five steps. Its score weighs A>>B as
 *   three wins; here a step is kept, and collapsed to one of three options.
 *
 * @internal
 */
export const PRESET_SETTINGS: Readonly<Record<PresetName, Preset>> = {
  lima: { sampling: { ...USUAL, orders: "one", temperature: null }, method: {} },
  "alpaca-eval": {
    sampling: { orders: "one", repeats: 0, temperature: 1, maxTokens: 1 },
    method: {
      verdictFrom: "probabilities",
      system: "You compare the answers of language models, and choose those that people would prefer.",
      template:
        "Two models were given the same instruction. Choose the response that most people would find better.\n\n" +
        `{{criteria}}\n\n${TEXTS}\n\n{{reply}}`,
    },
  },
  "mt-bench": {
    sampling: { orders: "both", repeats: 0, temperature: 0, maxTokens: 2048 },
    method: {
      system:
        "You judge the responses of two assistants to the same user without taking sides. Choose the response that " +
        "does better what the user asked for. Weigh how helpful, relevant, correct, thorough, original and detailed " +
        "each of them is. Compare the two, and give your reasons in short before you choose. Neither the order of " +
        "the responses nor their length, nor what an assistant is called, may sway you.",
      template: `{{criteria}}\n\n${TEXTS}\n\n${END}`,
    },
  },
  "arena-hard": {
    sampling: { orders: "both", repeats: 0, temperature: 0, maxTokens: 4096 },
    method: {
      scale: "five",
      system:
        "You judge the responses of two assistants to the same prompt without taking sides. Before you look at them, " +
        "answer the prompt yourself. Then compare both responses with your answer, and point out what is wrong in " +
        "them. Consider whether each is helpful, that is correct and as the user wanted it, relevant, and concise; " +
        "then, where the prompt calls for it, whether it is creative; and what is missing that the user would have " +
        "wanted.",
      template: `{{criteria}}\n\n${TEXTS}\n\n${END}`,
    },
  },
};

/**
 * The settings of a judge: what was asked for, else the preset's, else the usual ones; with the settings in which they
 * differ from the preset. Criteria, references and examples are inputs, so they are a difference, too.
 * @throws JudgeWrong where the method cannot work
 */
export function resolved(
  wanted: Asked & { readonly method?: JudgeMethodFile | undefined; readonly structured: boolean },
): Sampling & Pick<JudgeSettings, "structured" | "method"> {
  const { orders, repeats, temperature, maxTokens } = wanted;
  const { preset, ...own } = wanted.method ?? {};
  const from = preset === undefined ? { sampling: USUAL, method: {} } : PRESET_SETTINGS[preset];
  const sampling = { ...from.sampling, ...given({ orders, repeats, temperature, maxTokens }) };
  const method = withoutUsual({ ...from.method, ...given(own) });
  assertUsable(method);
  const structured = wanted.structured && method.verdictFrom !== "probabilities";
  if (preset === undefined) {
    const isStandard = Object.keys(method).length === 0;
    return { ...sampling, structured, ...(isStandard ? {} : { method }) };
  }
  const changes = [...changed(from.sampling, sampling), ...changed(from.method, method)].sort();
  return { ...sampling, structured, method: { preset, ...method, ...(changes.length > 0 && { changes }) } };
}

/** What the schema takes a missing setting for. */
export const USUAL_METHOD: Readonly<Record<string, unknown>> = {
  ...{ scale: "three", verdictFrom: "reply", samples: 1 },
};

/** The same way of asking is the same settings, whether or not somebody writes down what is usual. */
const withoutUsual = (method: JudgeMethod): JudgeMethod =>
  Object.fromEntries(
    Object.entries(method).filter(
      ([name, value]) => value !== USUAL_METHOD[name] && !(Array.isArray(value) && value.length === 0),
    ),
  );

function changed(from: object, to: object): string[] {
  const [before, after] = [new Map(Object.entries(from)), new Map(Object.entries(to))];
  const valueOf = (of: ReadonlyMap<string, unknown>, name: string) =>
    JSON.stringify(of.get(name) ?? USUAL_METHOD[name]);
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names.filter((name) => valueOf(before, name) !== valueOf(after, name));
}

const given = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

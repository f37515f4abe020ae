import { createHash } from "node:crypto";
import type { JudgeMethod } from "../contract/judge-method.ts";
import { type JudgeSettings, judgeSettingsSchema } from "../contract/judges.ts";
import { asWord } from "../report-document/as-word.ts";
import type { Reader } from "../storage/database.ts";
import { JudgeWrong } from "./errors.ts";
import { USUAL_METHOD } from "./method/presets.ts";

/** What may change from run to run: how much is asked, how long a reply may be, where the model is served, and what is kept. */
const NOT_OF_A_VERDICT: readonly (keyof JudgeSettings)[] = [
  ...(["orders", "repeats", "maxTokens", "baseUrl", "keepThinking"] as const),
];

type Said = (settings: JudgeSettings) => string;
const WORDS: Readonly<Partial<Record<keyof JudgeSettings, Said>>> = {
  adapter: ({ adapter }) => `the ${adapter} API`,
  model: ({ model }) => `the model ${model}`,
  temperature: ({ temperature }) =>
    temperature === null ? "the server’s own temperature" : `temperature ${temperature}`,
  seed: ({ seed }) => (seed === null ? "no seed" : `seed ${seed}`),
  structured: ({ structured }) => (structured ? "JSON replies" : "free text replies"),
  language: ({ language }) => `instructions in ${language}`,
  headers: ({ headers = {} }) => headersText(Object.entries(headers)),
};

/**
 * One name is one model with one setting, so that no figure mixes two: a judge goes on as it has begun. Runs without a
 * verdict bind nobody, since nothing is mixed with them.
 * @throws JudgeWrong with a name that is free for the other setting
 */
export async function requireSameSetting(
  { db }: Reader,
  { annotatorId, settings }: { annotatorId: number; settings: JudgeSettings },
): Promise<void> {
  const earlier = await db
    .selectFrom("judge_run as r")
    .innerJoin("annotator as a", "a.id", "r.annotator_id")
    .select(["r.settings", "a.external_id as name"])
    .where("r.annotator_id", "=", annotatorId)
    .where((e) =>
      e.or([
        e("r.ended_at", "is", null),
        e.exists(
          e
            .selectFrom("judge_call as k")
            .select("k.id")
            .whereRef("k.run_id", "=", "r.id")
            .where("k.state", "=", "answered"),
        ),
      ]),
    )
    .orderBy("r.id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!earlier) return;
  const before = judgeSettingsSchema.parse(JSON.parse(earlier.settings));
  const changed = changesBetween(before, settings);
  if (changed.length === 0) return;
  const name = earlier.name ?? settings.model;
  const other = [name, ...changed.map(({ now }) => now)].join(", ").replaceAll('"', "'").slice(0, NAME_MAX);
  throw new JudgeWrong(
    `${name} has judged with ${changed.map(({ was }) => was).join(", ")}; this run has ` +
      `${changed.map(({ now }) => now).join(", ")}. One name stands for one model with one setting. Give this one ` +
      `another name, on the dashboard under “Name in the report”, or in the same command with:\n  --annotator ${asWord(other)}`,
  );
}

const NAME_MAX = 200;

interface Change {
  readonly was: string;
  readonly now: string;
}

/** In which settings two differ that decide a verdict, in words. @internal */
export function changesBetween(before: JudgeSettings, now: JudgeSettings): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])] as (keyof JudgeSettings)[];
  return names.flatMap((name) => {
    if (NOT_OF_A_VERDICT.includes(name)) return [];
    if (name === "method") return methodChanges(before.method, now.method);
    if (name === "headers" && before.headers === undefined) return []; // of a version that did not keep them
    const [one, other] = [canonical(before[name]), canonical(now[name])];
    if (one === other) return [];
    const said: Said = WORDS[name] ?? ((settings) => `${name} ${canonical(settings[name]) ?? "none"}`);
    return [{ was: said(before), now: said(now) }];
  });
}

const headersText = (headers: readonly [string, string][]): string =>
  headers.length === 0
    ? "no extra headers"
    : `the headers ${headers.map(([name, mark]) => `${name} (${mark})`).join(" ")}`;

/** The differences between two presets follow from their names. */
function methodChanges(before: JudgeMethod = {}, now: JudgeMethod = {}): Change[] {
  const said = (preset = "none") => (preset === "none" ? "no preset" : `preset ${preset}`);
  if (before.preset !== now.preset) return [{ was: said(before.preset), now: said(now.preset) }];
  const [one, other] = [before, now].map((method) => new Map(Object.entries(method)));
  return [...new Set([...one!.keys(), ...other!.keys()])].flatMap((name) => {
    const [was, is] = [one, other].map((method) => method!.get(name) ?? USUAL_METHOD[name]);
    if (name === "changes" || canonical(was) === canonical(is)) return [];
    return [{ was: `${name} ${inShort(was)}`, now: `${name} ${inShort(is)}` }];
  });
}

const SHORT = 30;

/** A value, or, where that is a whole text, the beginning of its hash. */
function inShort(value: unknown): string {
  const text = value === undefined ? "none" : typeof value === "string" ? value : canonical(value)!;
  return text.length <= SHORT ? text : createHash("sha256").update(text).digest("hex").slice(0, 6);
}

/** JSON with members in the order of their names. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

import { SCHEMA_KEYWORDS, STREAM } from "./adapters/adapter.ts";
import type { Complaint } from "./http-failure.ts";

interface Refused {
  readonly complaint: Complaint;
  /** The request as it was refused. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What it was sent without already. */
  readonly without: ReadonlySet<string>;
  /** The ways in which its kind of server is asked for a schema, the best first. */
  readonly schemaForms: readonly string[];
}

/**
 * What a request that was refused should be tried without, by which of its members the complaint names, in whatever
 * sentence; null: it names none that could be left out. A schema is given up by steps: a keyword of it that is named,
 * then its form, then the next form, down to words alone.
 */
export function nextConcession(refused: Refused): string | null {
  const { complaint, body, without } = refused;
  const param = complaint.param?.split(/[.[]/)[0] ?? null;
  if (param !== null && param in body && param in PLAIN && !without.has(param)) return param;
  if (param === null || param === "stream")
    if (STREAMS.test(complaint.words) && !("stream" in body) && !without.has(STREAM)) return STREAM;
  const isAboutSchema = param === null ? SCHEMA.test(complaint.words) : SCHEMA.test(complaint.param!);
  const step = isAboutSchema && SCHEMA_MEMBERS.some((name) => name in body) ? schemaStep(refused) : null;
  if (step !== null) return step;
  const named = Object.keys(PLAIN).filter((name) => name in body && !without.has(name));
  return named.find((name) => PLAIN[name]!.test(complaint.words)) ?? null;
}

function schemaStep({ complaint, without, schemaForms }: Refused): string | null {
  const [form] = schemaForms.filter((one) => !without.has(one));
  if (form === undefined) return null;
  const hasSchema = form !== "json_object";
  const keyword = SCHEMA_KEYWORDS.find((name) => !without.has(name) && isNamed(name, complaint.words));
  return hasSchema && keyword !== undefined ? keyword : form;
}

/** A keyword that is a word of English is named where it stands between quotes. */
const isNamed = (keyword: string, words: string): boolean =>
  /[A-Z]/.test(keyword) ? words.includes(keyword) : new RegExp(`["'\`]${keyword}["'\`]`).test(words);

const STREAMS = /\bstream(?:ing|ed|s)?\b/i;
const SCHEMA_MEMBERS = ["response_format", "text", "output_config", "tools"];
/** Words by which servers name the wish for a schema. */
const SCHEMA =
  /response_?format|text\.format|output_config|output[ _]format|json[ _]?(?:schema|object|mode)|structured[ _]?outputs?|response_?schema|\bschema\b|grammar|guided|\btools?\b|tool_?(?:choice|use)|additionalProperties/i;

/** Members that can be left out, or go by another name, and how servers name them. */
const PLAIN: Readonly<Record<string, RegExp>> = {
  stream_options: /stream_options|include_usage/i,
  max_tokens: /\bmax_(?:completion_|output_)?tokens\b/i,
  temperature: /\btemperature\b/i,
  top_p: /\btop[_ -]?p\b/i,
  seed: /\bseed\b/i,
  repetition_penalty: /\brepetition[_ ]penalty\b/i,
  repeat_penalty: /\brepeat[_ ]penalty\b/i,
};

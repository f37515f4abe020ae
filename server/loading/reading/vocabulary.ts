/** What a column seems to hold that must not be lost among the metadata. */
export type Likeness = "vote" | "score" | "output" | "part of the prompt" | "system" | "id";

/** The words of a column's name: in small letters, parted at blanks, marks, capitals and before digits. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "");

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const VOTE = words(
  "winner winners winning preference preferences preferred prefer prefers vote votes voted verdict verdicts choice better best selected decision",
);
const SCORE = words(
  "score scores rating ratings rated label labels rank ranks ranking review reviews reviewer reward rewards judgment judgments judgement judgements judge grade grades critique annotation annotations annotator annotators upvotes stars likert",
);
const OUTPUT = words(
  "output outputs answer answers response responses completion completions completed generation generations generated reply replies result results chosen rejected candidate candidates prediction predictions predicted continuation continuations resp resps choices antwort assistant",
);
const SYSTEM = words("model models generator generators system systems provider engine llm");
/** What else a prompt may be made of. */
const PROMPT = words(
  "input inputs context contexts history passage passages instances image images document documents article background system instruction instructions question query conversation conversations messages dialogue dialog chat post",
);
/** Words that make of an output, a prompt or a vote something about it. */
const ABOUT = words(
  "length len tokens token count number num type kind time times cost price language lang format words chars characters hash finish reason usage latency ms seconds date url link source split category topic domain tag tags set dataset subset difficulty index order version config configs name names title temperature path file fingerprint at",
);
/** What begins the name of a count: `num_train_instances`. */
const COUNTS = words("num number count n");
const REFERENCE = words("reference references ref gold golden correct expected target ideal truth raw");
/** Names that say what they are: ours, and those of published formats whose meaning is known. */
const PLAIN = new Set([
  "system_message",
  "raw_completion",
  "category",
  "id_hash",
  "choices",
  "answer_id",
  "ans_id",
]);
/** What readers of known formats put together: what else is known of a call, and of an item of a dataset. */
const KNOWN_WHOLE = new Set(["call_details", "dataset_item"]);
const IDS = new Set(["id", "ids", "uid", "uuid", "guid", "idx", "key"]);
const REVIEW_IDS = words("review reviewer answer annotation judgment");

/**
 * What a column's name says it holds, whatever its capitals, blanks and numbers; null where it says nothing of the kind.
 * Names alone are looked at, so that the length and the type of the values make no difference.
 */
function likenessOf(name: string): Likeness | null {
  const known = KNOWN.get(name);
  if (known !== undefined) return known;
  const likeness = likenessOfWords(name);
  if (KNOWN.size < KNOWN_MAX) KNOWN.set(name, likeness);
  return likeness;
}

/** What was found of names, since every row of a file has the same ones. */
const KNOWN = new Map<string, Likeness | null>();
const KNOWN_MAX = 2000;

function likenessOfWords(name: string): Likeness | null {
  if (PLAIN.has(name)) return null;
  const all = wordsOf(name);
  const last = all.at(-1) ?? "";
  const some = (set: ReadonlySet<string>) => all.some((word) => set.has(word));
  const isSystemName = SYSTEM.has(all.at(-2) ?? "") && ["name", "names", "id"].includes(last);
  if (isSystemName) return "system";
  if (IDS.has(last)) return some(REVIEW_IDS) && all.length > 1 ? "score" : "id";
  if (ABOUT.has(last) || COUNTS.has(all[0] ?? "")) return null;
  if (some(VOTE)) return "vote";
  if (some(SCORE)) return "score";
  if (some(REFERENCE)) return null;
  if (SYSTEM.has(last) || /^(model|system|generator|models)$/.test(all[0] ?? ""))
    return all.includes("system") && (last === "prompt" || all.length === 1)
      ? "part of the prompt"
      : "system";
  if (all.includes("text") && some(words("generated output completion response"))) return "output";
  if (some(OUTPUT)) return "output";
  if (last === "prompt" || PROMPT.has(last)) return "part of the prompt";
  return null;
}

/** The columns of a value with what they seem to hold, those within it too: `data.winner`. */
export function likenesses(name: string, value: unknown, depth = 0): [name: string, likeness: Likeness][] {
  if (KNOWN_WHOLE.has(name)) return [];
  const own = likenessOf(name.slice(name.lastIndexOf(".") + 1));
  if (own !== null) return [[name, own]];
  if (depth >= 3 || typeof value !== "object" || value === null) return [];
  const inner: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return [];
  return Object.entries(inner)
    .filter(([, one]) => isFilled(one))
    .flatMap(([part, one]) => likenesses(`${name}.${part}`, one, depth + 1));
}

/** Whether a value says anything. */
export const isFilled = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== "" &&
  !(Array.isArray(value) && value.length === 0) &&
  !(typeof value === "object" && Object.keys(value).length === 0);

/** Columns that by their names describe a prompt, and hold no text of a system however long they are. */
const DESCRIBING = words(
  "note notes comment comments description rationale explanation reference references licence license author authors",
);

/** Whether values of a column are free text: several words, or a sentence, or a list of such texts or of messages. */
export function isFreeText(name: string, value: unknown): boolean {
  const all = wordsOf(name);
  if (ABOUT.has(all.at(-1) ?? "") || all.some((word) => DESCRIBING.has(word) || REFERENCE.has(word)))
    return false;
  if (Array.isArray(value)) return value.length > 0 && value.some((one) => isFreeText(name, one));
  if (typeof value === "object" && value !== null)
    return typeof (value as { content?: unknown }).content === "string";
  return typeof value === "string" && /\p{L}/u.test(value) && (/\S\s+\S/u.test(value) || value.length >= 60);
}

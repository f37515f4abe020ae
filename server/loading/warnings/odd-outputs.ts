/** Something odd about an output. `reveals`: whether it may tell annotators whose output it is. */
interface Oddity {
  readonly name: "OutputHasToken" | "OutputNamesSystem" | "OutputLooksFailed" | "OutputCut" | "OutputMisread";
  readonly message: string;
  readonly reveals: boolean;
}

/** Marks of chat templates that a model's server should have taken out. */
const TOKEN =
  /<\|[a-z_]{2,30}(?:\|>|$)|<\/?s>|\[\/?INST\]|<\/?(?:start_of_turn|end_of_turn|think|thinking)>|<<\/?SYS>>|\[(?:gMASK|UNK|PAD|EOS|BOS)\]/i;
/** What stands in place of an output where there was none. */
const NOTHING = /^\s*(?:none|null|nan|n\/a|undefined|\[object Object\]|#N\/A|#VALUE!)\s*$/i;
const FAILURE =
  /^\s*(?:\[?(?:api )?(?:error|exception)\b\s*[:\]-]|traceback \(most recent call last\)|(?:\w+\.)*\w*(?:Error|Exception): |(?:http )?(?:429|50[0234])\b.{0,40}(?:too many|server|gateway|unavailable)|\$error\$)|^.{0,40}rate limit (?:exceeded|reached)/i;
/** UTF-8 that was read as Western European, and written again. */
const MISREAD = /Ã[\u0080-\u00bf©¨¤¶¼ª§]|â€[™œ\u009d“”¦]|Â[\u00a0°«»]/;
/** A spreadsheet's cell holds so many characters. */
const CELL_MAX = 32_767;
const NAME_MIN = 3;
const WORDS_KEPT = 1000;

/**
 * What is odd about one output of a system: special tokens, its system's own name, a failure in its place, an end where a
 * spreadsheet's cells end, letters that were read in another encoding.
 */
export function oddities(turns: readonly string[], system: string): Oddity[] {
  return [
    ...tokenIn(turns),
    ...nameIn(turns, system),
    ...(turns.some((turn) => NOTHING.test(turn) || FAILURE.test(turn))
      ? [odd("OutputLooksFailed", `The output of ${system} looks like a failure and not like an answer.`)]
      : []),
    ...(turns.some((turn) => turn.length === CELL_MAX)
      ? [
          odd(
            "OutputCut",
            `The output of ${system} has ${CELL_MAX.toLocaleString("en")} characters, as many as a spreadsheet's cell holds: it may be cut.`,
          ),
        ]
      : []),
    ...(turns.some((turn) => MISREAD.test(turn))
      ? [
          odd(
            "OutputMisread",
            `The output of ${system} has letters that look read in another encoding (“Ã©” for “é”).`,
          ),
        ]
      : []),
  ];
}

/** Whether what a server said of an output is that it ended at the limit of its length. */
export const isCutOff = (metadata: Readonly<Record<string, unknown>>): boolean =>
  [metadata.finish_reason, metadata.stop_reason].some(
    (reason) => reason === "length" || reason === "max_tokens",
  );

const odd = (name: Oddity["name"], message: string, reveals = false): Oddity => ({ name, message, reveals });

function tokenIn(turns: readonly string[]): Oddity[] {
  for (const turn of turns) {
    const token = TOKEN.exec(turn)?.[0];
    if (token !== undefined)
      return [odd("OutputHasToken", `An output holds a special token: “${token}”.`, true)];
  }
  return [];
}

/** As a word of its own: a system called “a” is named by every other text. */
function nameIn(turns: readonly string[], system: string): Oddity[] {
  const name =
    system
      .replace(/[\\/]+$/, "")
      .split("/")
      .at(-1) ?? system;
  if (name.length < NAME_MIN) return [];
  const word = wordFor(name);
  if (!turns.some((turn) => word.test(turn))) return [];
  return [odd("OutputNamesSystem", `An output of ${system} holds its system's name.`, true)];
}

const words = new Map<string, RegExp>();

function wordFor(name: string): RegExp {
  const word = words.get(name) ?? new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`, "iu");
  if (words.size < WORDS_KEPT) words.set(name, word);
  return word;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

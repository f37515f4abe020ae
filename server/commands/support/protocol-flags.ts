import type { Command } from "commander";
import type { z } from "zod";
import type { ConfigInput } from "../../config.ts";
import {
  type Protocol,
  type ProtocolPatch,
  protocolPatchSchema,
  type Wording,
} from "../../contract/studies.ts";
import { DEFAULT_ANALYSIS } from "../../studies/default-protocol.ts";
import {
  DEFAULT_WORDING,
  DEFAULT_WORDINGS,
  withBothBad,
  withoutBothBad,
} from "../../studies/default-wordings.ts";
import { ProtocolWrong } from "../../studies/errors.ts";
import { pairsOf } from "../../studies/study.ts";
import { readJson } from "./files.ts";
import { KNOWN_FLAGS } from "../../contract/remarks.ts";
import { analysisSaid } from "./analysis-flags.ts";
import { parseGroup } from "./group-flag.ts";
import { repeated } from "./repeated.ts";

/** The options that set a protocol, as they stand on the command line. */
export interface ProtocolFlags extends ConfigInput {
  readonly target?: string;
  readonly baseline?: readonly string[];
  readonly allPairs?: boolean;
  readonly group?: readonly string[];
  readonly shared?: string;
  readonly checksEvery?: string;
  readonly unseenPrompts?: boolean;
  readonly recruitment?: string;
  readonly language?: string;
  readonly concludeAbout?: string;
  readonly margin?: string;
  readonly looks?: string;
  readonly spending?: string;
  readonly contact?: string;
  readonly erasedJudgments?: string;
  readonly wording?: string;
  readonly bothBad?: boolean;
  readonly comments?: string;
  readonly flags?: string;
  readonly messages?: boolean;
  readonly guess?: boolean;
  readonly copyButtons?: boolean;
  readonly breakEvery?: string;
  readonly protocol?: string;
  readonly json?: boolean;
}

/** The options of a command that sets a protocol. */
export const withProtocolOptions = (command: Command): Command =>
  command
    .option("--target <system>", "system that the report is about")
    .option("--baseline <system>", "system to compare the target with (repeatable)", repeated)
    .option("--all-pairs", "compare every pair of systems (default)")
    .option(
      "--group <spec>",
      "NAME[:crowd|author|model][,judgments=N][,shared=N][,each=N]: judgments per comparison, judgments per " +
        "comparison of the shared set, and the maximum per annotator (repeatable)",
      repeated,
    )
    .option("--shared <prompts>", "number of prompts in the shared set, which every group judges first")
    .option("--checks-every <n>", "give people one check (a gold-standard pair) per N pairs; 0 to disable")
    .option("--unseen-prompts", "give nobody from a platform a prompt that they saw in another study here")
    .option("--no-unseen-prompts", "do not look at other studies (default)")
    .option(
      "--recruitment <text>",
      "who the annotators are and how they were recruited, for readers of the results",
    )
    .option(
      "--language <tags>",
      `languages of the question, choices and guidelines, with our own texts: ${OURS} (comma-separated; default: en)`,
    )
    .option(
      "--conclude-about <annotators>",
      "whom conclusions are about: like-these (others like those who judge; default) or these (nobody else)",
    )
    .option(
      "--margin <rate>",
      "half-tie rates this close to .5 are as good as even: tests non-inferiority and equivalence, such as 0.05; off (default)",
    )
    .option(
      "--looks <shares>",
      "take one or two looks before the end, at these shares of the planned judgments, such as 0.5 or 0.33,0.67; off (default)",
    )
    .option(
      "--spending <function>",
      "how looks spend the error: obrien-fleming (little at first; default) or pocock",
    )
    .option("--contact <text>", "whom annotators write to, such as an e-mail address; their page shows it")
    .option(
      "--erased-judgments <what>",
      "what becomes of the judgments of an erased annotator: excluded, or kept without a tie to the person (default: excluded)",
    )
    .option("--wording <file>", "JSON file with question, left, tie, right, guidelines and title by language")
    .option("--both-bad", "let people choose “both are bad” apart from “neither is better”")
    .option("--no-both-bad", "do not (default)")
    .option(
      "--comments <when>",
      "let people comment: optional, required, off (default), or the choices that need one, such as tie,both_bad",
    )
    .option(
      "--flags <names>",
      `what people can flag: any of ${KNOWN_FLAGS.join(", ")} and your own, separated by commas; off (default)`,
    )
    .option("--messages", "let people write to you from their page, and read your answers there")
    .option("--no-messages", "do not (default)")
    .option("--guess", "ask people at the end whether they could tell which system wrote which response")
    .option("--no-guess", "do not (default)")
    .option("--copy-buttons", "give each answer a button that copies it, for code that people are to run")
    .option("--no-copy-buttons", "do not (default)")
    .option(
      "--break-every <time>",
      "offer people a break after so many pairs or minutes, such as 20pairs or 25min; off (default)",
    )
    .option(
      "--protocol <file>",
      "JSON file with any fields of the protocol, or a replication pack's protocol.json",
    );

const DEFAULTS = { wording: { en: DEFAULT_WORDING }, analysis: DEFAULT_ANALYSIS };

/**
 * The part of the protocol that the flags set; a flag overrides the same field in the file of `--protocol`.
 * @param standing what the study has so far, of which a flag changes a part: its wordings, and what it declares
 * @throws ProtocolWrong
 */
export function protocolFrom(
  flags: ProtocolFlags,
  standing: Pick<Protocol, "wording" | "analysis" | "comment"> = DEFAULTS,
): ProtocolPatch {
  const file: { analysis?: unknown } = flags.protocol === undefined ? {} : protocolIn(flags.protocol);
  const said = {
    ...file,
    ...analysisSaid(flags, { ...standing.analysis, ...(file.analysis ?? {}) }),
    ...wordingsSaid(flags, standing.wording),
    ...(flags.group === undefined ? {} : { groups: flags.group.map(parseGroup) }),
    ...(flags.shared === undefined ? {} : { sharedPrompts: wholeNumber("--shared", flags.shared) }),
    ...(flags.checksEvery === undefined ? {} : { checks: checksSaid(flags.checksEvery) }),
    ...(flags.unseenPrompts === undefined ? {} : { unseenPrompts: flags.unseenPrompts || undefined }),
    ...(flags.comments === undefined ? {} : { comment: commentSaid(flags.comments) }),
    ...(flags.flags === undefined ? {} : { flags: flags.flags === "off" ? undefined : listIn(flags.flags) }),
    ...(flags.messages === undefined ? {} : { messages: flags.messages || undefined }),
    ...(flags.guess === undefined ? {} : { guess: flags.guess || undefined }),
    ...(flags.copyButtons === undefined ? {} : { copyButtons: flags.copyButtons || undefined }),
    ...(flags.breakEvery === undefined ? {} : { breaks: breaksSaid(flags.breakEvery) }),
    ...(flags.recruitment === undefined ? {} : { recruitment: flags.recruitment }),
    ...(flags.contact === undefined ? {} : { contact: flags.contact }),
    ...(flags.erasedJudgments === undefined ? {} : { erasedJudgments: flags.erasedJudgments }),
    ...(saysPairs(flags) ? { pairs: pairsSaid(flags) } : {}),
  };
  const patch = checked(said);
  if (flags.bothBad === undefined) return patch;
  const wording = patch.wording ?? standing.wording;
  if (!flags.bothBad) {
    const comment = withoutChoice("comment" in patch ? patch.comment : standing.comment);
    return checked({ ...patch, wording: withoutBothBad(wording), ...comment });
  }
  const changed = withBothBad(wording);
  const without = Object.keys(changed).find((language) => changed[language]?.both_bad === undefined);
  if (without !== undefined)
    throw new ProtocolWrong(
      `--both-bad: there are no words of ours for it in “${without}”. Give them as both_bad with --wording.`,
    );
  return checked({ ...patch, wording: changed });
}

/** @throws ProtocolWrong */
function checked(said: object): ProtocolPatch {
  const parsed = protocolPatchSchema.safeParse(said);
  if (parsed.success) return parsed.data;
  throw new ProtocolWrong(faultsIn(parsed.error));
}

/** The fields of a protocol, from a file of its own or from a replication pack's, where they are under `protocol`. */
function protocolIn(file: string): object {
  const said = readObject(file, "any fields of the protocol");
  return "protocol" in said && isObject(said.protocol) ? said.protocol : said;
}

const saysPairs = ({ target, baseline, allPairs }: ProtocolFlags): boolean =>
  target !== undefined || baseline !== undefined || allPairs === true;

function checksSaid(value: string): ProtocolPatch["checks"] {
  const every = wholeNumber("--checks-every", value);
  return every === 0 ? undefined : { every };
}

function breaksSaid(value: string): ProtocolPatch["breaks"] {
  if (value === "off") return undefined;
  const [, count, unit = ""] = /^(\d{1,9})\s*(pairs?|min(?:utes?)?)$/.exec(value) ?? [];
  if (count === undefined)
    throw new ProtocolWrong(
      `--break-every: “${value}” is not a number of pairs or minutes, such as 20pairs or 25min.`,
    );
  return unit.startsWith("pair") ? { everyPairs: Number(count) } : { everyMinutes: Number(count) };
}

const listIn = (value: string): string[] => value.split(",").map((one) => one.trim());

/** The rule for comments without the choice “both bad”, where it names that; undefined: it does not. */
function withoutChoice(comment: Protocol["comment"]): Pick<ProtocolPatch, "comment"> | undefined {
  if (!Array.isArray(comment) || !comment.includes("both_bad")) return undefined;
  const others = comment.filter((choice) => choice !== "both_bad");
  return { comment: others.length === 0 ? undefined : others };
}

function commentSaid(value: string): unknown {
  if (value === "off") return undefined;
  return value === "optional" || value === "required" ? value : listIn(value);
}

function pairsSaid({ target, baseline, allPairs }: ProtocolFlags): ProtocolPatch["pairs"] {
  if (!allPairs) return pairsOf({ target, baselines: [...(baseline ?? [])] });
  if (target === undefined && baseline === undefined) return "all";
  throw new ProtocolWrong(
    "--all-pairs compares every pair of systems. Omit it, or omit --target and --baseline.",
  );
}

/** One line per fault, starting with its field. */
export const faultsIn = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message)).join("\n");

function wholeNumber(flag: string, value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new ProtocolWrong(`${flag}: “${value}” is not a whole number.`);
}

const WORDING_SHAPE = '{"en": {"question": "…", "left": "…", "tie": "…", "right": "…", "guidelines": "…"}}';

const OURS = Object.keys(DEFAULT_WORDINGS).join(", ");

/** Our own texts in the languages that were named, and those of a file, which come before ours. */
function wordingsSaid(
  { language, wording, bothBad }: ProtocolFlags,
  standing: Protocol["wording"],
): Pick<ProtocolPatch, "wording"> {
  if (language === undefined && wording === undefined) return {};
  const tags = language?.split(",").map((tag) => tag.trim()) ?? [];
  const ours = tags.map((tag) => {
    const words = DEFAULT_WORDINGS[tag];
    if (words) return [tag, words] as const;
    throw new ProtocolWrong(
      `--language: there are no texts of ours in “${tag}”, only in ${OURS}. Use --wording for others.`,
    );
  });
  const theirs = wording === undefined ? {} : readWordings(wording);
  const wordings = { ...Object.fromEntries(ours), ...theirs };
  const hasBothBad = bothBad ?? Object.values(standing).some((one) => one.both_bad !== undefined);
  return { wording: hasBothBad ? withBothBad(wordings) : wordings };
}

/** The wordings by language; what a wording omits is filled from the default. */
function readWordings(file: string): Record<string, Wording> {
  const said = Object.entries(readObject(file, `texts by language, as in ${WORDING_SHAPE}`));
  const isFlat = said.some(([, words]) => !isObject(words));
  if (isFlat)
    throw new ProtocolWrong(`${file}: the texts must be grouped by language, as in ${WORDING_SHAPE}`);
  const filled = said.map(([language, words]) => [
    language,
    { ...standingIn(language), ...(words as Partial<Wording>) },
  ]);
  return Object.fromEntries(filled) as Record<string, Wording>;
}

/** What fills the gaps of a wording: our own texts where we have the language, else no guidelines. */
const standingIn = (language: string): Partial<Wording> =>
  DEFAULT_WORDINGS[language.toLowerCase().split("-")[0] ?? ""] ?? { guidelines: null };

function readObject(file: string, what: string): object {
  const said = readJson(file);
  if (!isObject(said)) throw new ProtocolWrong(`${file} must be a JSON object with ${what}.`);
  return said;
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

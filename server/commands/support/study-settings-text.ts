import type { Departures } from "../../contract/leaving.ts";
import type { Breaks } from "../../contract/pace.ts";
import type { PlatformShown } from "../../contract/platforms.ts";
import type { Protocol } from "../../contract/studies.ts";
import { minimumTimeSays, ruleSays, SIGNS_SAY, thenSays } from "../../report-document/rule-words.ts";
import { retentionText } from "./departures-text.ts";

/** What is set for a study besides its pairs and groups. */
interface Settings {
  readonly protocol: Protocol;
  readonly platforms: readonly Pick<PlatformShown, "group" | "name">[];
  readonly retention: Departures["retention"];
}

/**
 * The settings of a study for a terminal, in the order in which an annotator meets them; only what is set. The stages before the
 * first pair have lines of their own, with how many people have passed each.
 */
export function settingLines(settings: Settings): string[] {
  const rows = rowsOf(settings).flatMap(([name, ...values]) =>
    values.map((value, at) => [at === 0 ? name : "", value] as const),
  );
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([name]) => name.length));
  return ["", "Settings", ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)];
}

/** Each setting with its values, one to a line; a setting without a value is not set. */
const rowsOf = ({
  protocol,
  platforms,
  retention,
}: Settings): readonly (readonly [string, ...string[]])[] => [
  ["Languages", ...languagesIn(protocol)],
  ["Platform", ...platforms.map(({ group, name }) => `${name} (group ${group})`)],
  ["Contact", ...given(protocol.contact)],
  [
    "Unseen prompts",
    ...when(protocol.unseenPrompts, "no prompt that a participant saw in another study here"),
  ],
  ["Checks", ...given(protocol.checks && `one in every ${protocol.checks.every} pairs`)],
  ["Repeats", ...given(protocol.repeats && `one in every ${protocol.repeats.every} pairs`)],
  ["Rules", ...(protocol.rules ?? []).map((rule) => `${ruleSays(rule)}: ${thenSays(rule)}`)],
  ["Signs", ...when(protocol.signs, SIGNS_SAY)],
  ["Least time", ...given(protocol.minimumTime && minimumTimeSays(protocol.minimumTime))],
  ["Breaks", ...given(protocol.breaks && breaksSay(protocol.breaks))],
  ["Both bad", ...when(hasBothBad(protocol), "people can choose it")],
  ["Comments", ...commentsIn(protocol)],
  ["Flags", ...given(protocol.flags?.join(", "))],
  ["Messages", ...when(protocol.messages, "annotators can write to you")],
  ["Last question", ...when(protocol.guess, "could you tell which system wrote which response")],
  ["Copy buttons", ...when(protocol.copyButtons, "each answer has one")],
  ["Erased judgments", ...given(protocol.erasedJudgments)],
  ["Retention", ...(retention === null ? [] : [retentionText({ retention })])],
];

const given = (value: string | undefined): string[] => (value === undefined ? [] : [value]);
const when = (isSet: boolean | undefined, value: string): string[] => (isSet ? [value] : []);

/** The languages of the wording, where there is any other than English alone. */
function languagesIn({ wording }: Protocol): string[] {
  const languages = Object.keys(wording);
  return languages.length === 1 && languages[0] === "en" ? [] : [languages.join(", ")];
}

const breaksSay = (breaks: Breaks): string =>
  `offered after every ${"everyPairs" in breaks ? `${breaks.everyPairs} pairs` : `${breaks.everyMinutes} minutes`}`;

const hasBothBad = ({ wording }: Protocol): boolean =>
  Object.values(wording).some(({ both_bad: words }) => words !== undefined);

function commentsIn({ comment }: Protocol): string[] {
  if (comment === undefined) return [];
  return [typeof comment === "string" ? comment : `needed with ${comment.join(", ")}`];
}

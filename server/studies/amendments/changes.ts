import { isDeepStrictEqual } from "node:util";
import type { AmendmentChange } from "../../contract/amendment-plan.ts";
import type { Protocol, ProtocolGroup } from "../../contract/studies.ts";

interface Changes {
  readonly changes: readonly AmendmentChange[];
  /** Why a part of it cannot be done while the judgments before are kept, one sentence each; none: it can. */
  readonly refused: readonly string[];
}

/** Members that can be changed at any time: no judgment depends on them. */
const SETTINGS = [
  ...["recruitment", "contact", "messages", "copyButtons", "breaks", "guess", "leaseMinutes"],
] as readonly (keyof Protocol)[];

/** Members with rules of their own, below. */
const OWN: readonly (keyof Protocol)[] = ["pairs", "groups", "wording", "sharedPrompts"];

/**
 * What an amendment changes in a frozen protocol, and what of it is refused: whatever would make judgments before it answer something
 * that nobody asked, or would choose the analysis after the fact.
 */
export function changesBetween(before: Protocol, wanted: Protocol): Changes {
  const members = [...new Set([...Object.keys(before), ...Object.keys(wanted)])] as (keyof Protocol)[];
  const changed = members.filter(
    (member) => !isDeepStrictEqual(plain(before[member]), plain(wanted[member])),
  );
  const settings = changed.filter((member) => SETTINGS.includes(member));
  const frozen = changed.filter((member) => !SETTINGS.includes(member) && !OWN.includes(member));
  const parts: Changes[] = [
    pairChanges(before.pairs, wanted.pairs),
    groupChanges(before, wanted),
    wordingChanges(before.wording, wanted.wording),
    sharedChanges(before, wanted),
    { changes: settings.length > 0 ? [{ kind: "settings", names: settings }] : [], refused: [] },
    { changes: [], refused: frozen.map(whyFrozen) },
  ];
  return {
    changes: parts.flatMap(({ changes }) => changes),
    refused: parts.flatMap(({ refused }) => refused),
  };
}

function whyFrozen(member: keyof Protocol): string {
  if (member === "analysis")
    return "analysis: what is concluded, and how, was declared before the first judgment.";
  if (member === "entry")
    return "entry: what comes before the first pair is set with `tiebreak entry set`, or on the dashboard.";
  if (member === "erasedJudgments")
    return "erasedJudgments: annotators were promised what becomes of their judgments.";
  return `${member}: judgments made before and after could not be compared.`;
}

function pairChanges(before: Protocol["pairs"], wanted: Protocol["pairs"]): Changes {
  if (isDeepStrictEqual(before, wanted)) return NONE;
  if (before === "all" || wanted === "all" || before.target !== wanted.target)
    return refuse("pairs: baselines can be added to the same target, and nothing else changed.");
  const gone = before.baselines.filter((system) => !wanted.baselines.includes(system));
  if (gone.length > 0) return refuse(`pairs: ${gone.join(", ")} was compared, and stays a baseline.`);
  const systems = wanted.baselines.filter((system) => !before.baselines.includes(system));
  return { changes: systems.length > 0 ? [{ kind: "baselines", systems }] : [], refused: [] };
}

const wantedOf = ({ judgments, sharedJudgments, judgmentsPerAnnotator }: ProtocolGroup) => ({
  judgments,
  sharedJudgments,
  judgmentsPerAnnotator,
});

/** Where no prompts are shared, the number for them is as good as the other: it is not listed, and may be anything. */
const askedOf = (group: ProtocolGroup, hasShared: boolean) => ({
  ...wantedOf(group),
  ...(!hasShared && { sharedJudgments: group.judgments }),
});

/** Which prompts join or leave is found in the study. */
function sharedChanges(before: Protocol, wanted: Protocol): Changes {
  const [from, to] = [before.sharedPrompts, wanted.sharedPrompts];
  if (from === to) return NONE;
  const fewer = wanted.groups.filter(({ judgments, sharedJudgments }) => sharedJudgments < judgments);
  if (to > from && fewer.length > 0)
    return refuse(
      `sharedPrompts: ${fewer[0]!.name} wants fewer judgments of a shared comparison than it was assigned of others.`,
    );
  return { changes: [{ kind: "shared", from, to, joining: [], leaving: [] }], refused: [] };
}

function groupChanges(earlier: Protocol, later: Protocol): Changes {
  const [before, wanted] = [earlier.groups, later.groups];
  const there = new Map(before.map((group) => [group.name, group]));
  const names = new Set(wanted.map(({ name }) => name));
  const gone = before.filter(({ name }) => !names.has(name));
  const wereShared = earlier.sharedPrompts > 0;
  const areShared = wereShared || later.sharedPrompts > 0;
  const each = wanted.map((group): Changes => {
    const { name } = group;
    const was = there.get(name);
    if (!was)
      return { changes: [{ kind: "group", group: name, wanted: askedOf(group, areShared) }], refused: [] };
    if (!isDeepStrictEqual(plain({ ...was, ...wantedOf(group) }), plain(group)))
      return refuse(`groups: of ${name}, only the numbers of judgments can be changed.`);
    const [from, to] = [askedOf(was, wereShared), askedOf(group, areShared)];
    if (to.judgments < from.judgments || to.sharedJudgments < from.sharedJudgments)
      return refuse(
        `groups: ${name} cannot want fewer judgments than it was assigned; close the study to stop.`,
      );
    return {
      changes: isDeepStrictEqual(from, to) ? [] : [{ kind: "judgments", group: name, from, to }],
      refused: [],
    };
  });
  return {
    changes: each.flatMap(({ changes }) => changes),
    refused: [
      ...gone.map(({ name }) => `groups: ${name} has been asked, and stays.`),
      ...each.flatMap(({ refused }) => refused),
    ],
  };
}

function wordingChanges(before: Protocol["wording"], wanted: Protocol["wording"]): Changes {
  const languages = Object.keys(wanted).filter(
    (language) => !isDeepStrictEqual(plain(before[language]), plain(wanted[language])),
  );
  const gone = Object.keys(before).filter((language) => wanted[language] === undefined);
  const offers = (wording: Protocol["wording"]) =>
    Object.values(wording).some(({ both_bad }) => both_bad !== undefined);
  return {
    changes: languages.length > 0 ? [{ kind: "wording", languages }] : [],
    refused: [
      ...gone.map((language) => `wording: annotators read “${language}” now, so it stays.`),
      ...(offers(before) === offers(wanted)
        ? []
        : ["wording: the choices stay the same; other words for them are possible."]),
    ],
  };
}

const NONE: Changes = { changes: [], refused: [] };
const refuse = (why: string): Changes => ({ changes: [], refused: [why] });

/** As it is stored: what is undefined is not there. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

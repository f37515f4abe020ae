import type { Amendment } from "../../../../server/contract/amendments.ts";
import type { ProtocolGroup, StudyDetail } from "../../../../server/contract/studies.ts";

export type Kind = "judgments" | "baseline" | "group" | "shared" | "wording" | "response" | "reopen";

/** What stands in the fields of an amendment. */
export interface AmendmentDraft {
  readonly group: string;
  readonly judgments: string;
  readonly shared: string;
  readonly newGroup: string;
  readonly baseline: string;
  readonly question: string;
  readonly system: string;
  readonly prompt: string;
  readonly output: string;
}

/** Systems that have outputs and are not compared. */
export function otherSystems({ protocol: { pairs }, systemList }: StudyDetail): string[] {
  if (pairs === "all") return [];
  const compared = [pairs.target, ...pairs.baselines];
  return systemList.map(({ name }) => name).filter((name) => !compared.includes(name));
}

/** What a study can be amended in on its page. The first is what a closed study needs, or what is wanted most. */
export const kindsFor = ({ protocol, state }: StudyDetail): Kind[] => [
  ...(state === "closed" ? (["reopen"] as const) : []),
  "judgments",
  ...(protocol.pairs === "all" ? [] : (["baseline"] as const)),
  "group",
  "shared",
  ...(Object.keys(protocol.wording).length === 1 ? (["wording"] as const) : []),
  "response",
];

/** The fields before anybody has changed one. */
export function draftOf(study: StudyDetail): AmendmentDraft {
  const { groups, wording, sharedPrompts } = study.protocol;
  return {
    group: groups[0]!.name,
    judgments: `${groups[0]!.judgments + 1}`,
    shared: `${sharedPrompts}`,
    ...{ newGroup: "", prompt: "", output: "" },
    baseline: otherSystems(study)[0] ?? "",
    question: Object.values(wording)[0]!.question,
    system: study.systemList[0]?.name ?? "",
  };
}

/** The amendment that the fields say; null: something is missing. */
export function amendmentOf(kind: Kind, draft: AmendmentDraft, study: StudyDetail): Amendment | null {
  const change = changeOf(kind, draft, study);
  return change && { ...change, ...(study.state === "closed" && { reopen: true as const }) };
}

function changeOf(kind: Kind, draft: AmendmentDraft, { protocol }: StudyDetail): Amendment | null {
  const { groups, pairs, wording } = protocol;
  const judgments = Number(draft.judgments);
  const isNumber = Number.isInteger(judgments) && judgments > 0;
  if (kind === "reopen") return {};
  if (kind === "judgments") {
    const changed = (group: ProtocolGroup): ProtocolGroup =>
      group.name === draft.group
        ? { ...group, judgments, sharedJudgments: Math.max(judgments, group.sharedJudgments) }
        : group;
    return isNumber ? { protocol: { groups: groups.map(changed) } } : null;
  }
  if (kind === "group") {
    const name = draft.newGroup.trim();
    const group: ProtocolGroup = {
      ...{ name, kind: "crowd", judgments, sharedJudgments: judgments },
      ...{ judgmentsPerAnnotator: null, headline: true },
    };
    return name !== "" && isNumber ? { protocol: { groups: [...groups, group] } } : null;
  }
  if (kind === "shared") {
    const sharedPrompts = Number(draft.shared);
    return draft.shared.trim() !== "" && Number.isInteger(sharedPrompts) && sharedPrompts >= 0
      ? { protocol: { sharedPrompts } }
      : null;
  }
  if (kind === "baseline") {
    if (pairs === "all" || draft.baseline === "") return null;
    return { protocol: { pairs: { ...pairs, baselines: [...pairs.baselines, draft.baseline] } } };
  }
  if (kind === "wording") {
    const [language, standing] = Object.entries(wording)[0]!;
    const question = draft.question.trim();
    return question === "" ? null : { protocol: { wording: { [language]: { ...standing, question } } } };
  }
  const { system, prompt, output } = draft;
  if (prompt.trim() === "" || output.trim() === "") return null;
  return { responses: [{ system, prompt: prompt.trim(), output }] };
}

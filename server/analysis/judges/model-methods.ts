import { samplesOf } from "../../contract/judge-method.ts";
import type { JudgeSettings } from "../../contract/judges.ts";
import type { Asked } from "../../contract/model-calls.ts";

/** How the runs of one judge asked, each way once; none where all asked in the standard way. */
export function askedIn(settings: readonly Pick<JudgeSettings, "method">[]): Asked[] {
  if (settings.every(({ method }) => method === undefined)) return [];
  const ways = settings.map(({ method }) => JSON.stringify(askedOf(method ?? {})));
  return [...new Set(ways)].map((way) => JSON.parse(way) as Asked);
}

function askedOf({ preset, changes = [], ...method }: NonNullable<JudgeSettings["method"]>): Asked {
  const { template, system, examples = [], criteria, criteriaField, referenceField } = method;
  const isWritten = template !== undefined || system !== undefined;
  const isOwn = preset === undefined || changes.includes("template") || changes.includes("system");
  return {
    ...{ preset: preset ?? null, changes, template: isWritten ? (isOwn ? "own" : "preset") : "standard" },
    ...{ examples: examples.length, criteria: criteria !== undefined },
    ...{ criteriaField: criteriaField ?? null, referenceField: referenceField ?? null },
    ...{ scale: method.scale ?? "three", verdictFrom: method.verdictFrom ?? "reply" },
    samples: samplesOf({ method }),
  };
}

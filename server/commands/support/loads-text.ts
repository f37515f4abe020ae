import type { StudyDetail } from "../../contract/studies.ts";
import { asWord } from "../../report-document/as-word.ts";

type Load = StudyDetail["loads"][number];

/** The loads of a study for a terminal, the first one first. */
export function loadsText(study: string, loads: readonly Load[]): string {
  if (loads.length === 0) return `Nothing was loaded into ${study}.`;
  const lines = [...loads].reverse().map(({ number, file, state, at, by, report }) => {
    const who = by === null ? "" : `, by ${by}`;
    return `${String(number).padStart(4)}  ${file}: ${STATES[state]} ${at}${who}${broughtText(report)}`;
  });
  const isAny = loads.some(({ state }) => state === "published");
  const next = isAny ? ["", `To take one back: npx tiebreak unload ${asWord(study)} NUMBER`] : [];
  return [...lines, ...next].join("\n");
}

const STATES: Record<Load["state"], string> = {
  running: "loading since",
  published: "loaded",
  failed: "refused",
  unloaded: "unloaded; it was loaded",
};

/** What was new in it. */
function broughtText(report: Load["report"]): string {
  const kinds = [
    ["prompts", "prompt"],
    ["responses", "output"],
    ["judgments", "judgment"],
    ["answers", "known answer"],
  ] as const;
  const parts = kinds.flatMap(([kind, name]) => {
    const rows = (report?.files ?? []).reduce((sum, file) => sum + file[kind].new, 0);
    return rows === 0 ? [] : [`${rows.toLocaleString("en")} ${name}${rows === 1 ? "" : "s"}`];
  });
  return parts.length === 0 ? "" : `; new: ${parts.join(", ")}`;
}

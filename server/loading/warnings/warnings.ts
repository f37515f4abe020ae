import type { Database } from "../../storage/database.ts";
import { countMissing } from "./count-missing.ts";
import { findIdentical } from "./find-identical.ts";
import { findNearMatches, findSameTexts } from "./find-doubles.ts";
import { findTurns } from "./find-turns.ts";
import { findPairs } from "./pairs.ts";
import { Remarks, someOf } from "../remarks.ts";
import { countUnreadable } from "./unreadable.ts";

interface Examined {
  readonly studyId: number;
  /** The loads of this call. */
  readonly loadIds: ReadonlySet<number>;
}

/** `study`: of the study as a whole. `prompts`: of single prompts, perhaps many. */
export interface StudyWarnings {
  readonly study: Remarks;
  readonly prompts: Remarks;
}

/**
 * What only shows when all files are in: prompts without a text, prompts that a system has no output for,
 * systems without outputs, identical outputs in a comparison, judgments of texts that nobody has loaded.
 * Reads a little at a time.
 */
export async function warnOfStudy(database: Database, examined: Examined): Promise<StudyWarnings> {
  const warnings = { study: new Remarks(), prompts: new Remarks() };
  const say = (name: string, message: string) => warnings.study.add({ name, file: "", line: 0, message });
  const pairs = await findPairs(database, examined.studyId);
  const missing = await countMissing(database, examined, pairs);
  const there =
    missing.respondingSystems.length > 0 ? ` There are outputs of ${someOf(missing.respondingSystems)}.` : "";
  if (missing.silentSystems.length > 0)
    say("SystemWithoutOutputs", `No outputs of ${someOf(missing.silentSystems)} are loaded.${there}`);
  for (const { system, prompts, total, examples } of missing.gaps) {
    const of = `${prompts.toLocaleString("en")} of ${total.toLocaleString("en")} prompts`;
    say("OutputsMissing", `${system} has no output for ${of}: ${someOf(examples, prompts)}.`);
  }
  const { textless } = missing;
  if (textless.prompts > 0) {
    const which = someOf(textless.examples, textless.prompts);
    const message = `${textless.prompts.toLocaleString("en")} prompts have no text, so they cannot be shown: ${which}.`;
    say(
      "PromptTextMissing",
      textless.prompts === 1 ? `The prompt ${which} has no text, so it cannot be shown.` : message,
    );
  }
  const unreadable = await countUnreadable(database, examined);
  if (unreadable > 0) {
    const which =
      unreadable === 1
        ? "1 judgment is of texts that were never loaded. It counts"
        : `${unreadable.toLocaleString("en")} judgments are of texts that were never loaded. They count`;
    say("JudgedTextMissing", `${which}, but what was judged cannot be shown.`);
  }
  const prompts = { ...examined, into: warnings.prompts };
  await findTurns(database, prompts);
  await findSameTexts(database, prompts);
  const lacking = missing.gaps.length > 0 || textless.prompts > 0;
  await findNearMatches(database, { ...prompts, lacking });
  await findIdentical(database, { ...examined, into: warnings.prompts }, pairs);
  return warnings;
}

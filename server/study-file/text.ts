import { stringify } from "yaml";
import { z } from "zod";
import { TiebreakError } from "../contract/errors.ts";
import type { StudyDetail } from "../contract/studies.ts";
import { type StudyFile, studyFileSchema } from "../contract/study-file.ts";
import { dataIn } from "../loading/reading/yaml-faults.ts";

/** A study's file cannot be used, or cannot be applied. */
export class StudyFileWrong extends TiebreakError {
  constructor(message: string) {
    super("StudyFileWrong", 400, message);
  }
}

/** Reads a study's file. @param what it is called @throws StudyFileWrong, with a line for each fault */
export function parseStudyFile(text: string, what: string): StudyFile {
  try {
    return dataIn(studyFileSchema, text, what);
  } catch (error) {
    throw new StudyFileWrong((error as Error).message);
  }
}

/** A study as its file: applied to the same study, it changes nothing. */
export function studyFileOf({ name, publicTitle, protocol, systemList }: StudyDetail): string {
  const renamed = systemList.filter((system) => system.displayName !== system.name);
  const file: StudyFile = {
    ...{ study: name, title: publicTitle, protocol },
    ...(renamed.length > 0 && {
      systems: Object.fromEntries(renamed.map((system) => [system.name, system.displayName])),
    }),
  };
  return stringify(file, { lineWidth: 100 });
}

/** The JSON Schema of a study's file, for editors. */
export const studyFileJsonSchema = (): object => z.toJSONSchema(studyFileSchema, { io: "input" });

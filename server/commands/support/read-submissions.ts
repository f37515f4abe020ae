import { parse } from "csv-parse/sync";
import { TiebreakError } from "../../contract/errors.ts";
import type { Submission } from "../../participants/submissions.ts";
import { readText } from "./files.ts";

class SubmissionsUnreadable extends TiebreakError {
  constructor(message: string) {
    super("SubmissionsUnreadable", 400, message);
  }
}

/** What platforms call the columns that are read, in small letters and without anything between them. */
const COLUMNS = {
  participant: ["participantid", "prolificpid", "prolificid", "workerid"],
  session: ["submissionid", "sessionid", "assignmentid"],
  status: ["status", "submissionstatus", "assignmentstatus", "approvalstatus"],
} as const;

const named = (header: string): string => header.toLowerCase().replace(/[^a-z]/g, "");

/**
 * The submissions in a CSV file that a platform exported; other columns than those of the participant, the submission and the
 * status are not looked at. @throws FileUnusable, SubmissionsUnreadable
 */
export function readSubmissions(file: string): Submission[] {
  const [header = [], ...rows] = rowsOf(file);
  const at = (what: keyof typeof COLUMNS): number =>
    header.findIndex((one) => (COLUMNS[what] as readonly string[]).includes(named(one)));
  const [participant, session, status] = [at("participant"), at("session"), at("status")];
  const lacks = [...(participant < 0 ? ["“Participant id”"] : []), ...(status < 0 ? ["“Status”"] : [])];
  if (lacks.length > 0)
    throw new SubmissionsUnreadable(
      `${file} is no list of submissions: it has no column ${lacks.join(" and no column ")}. Export the submissions of the study as CSV at the platform.`,
    );
  const submissions = rows.map((row) => ({
    participant: row[participant]?.trim() ?? "",
    session: row[session]?.trim() || null,
    status: row[status]?.trim().toUpperCase() ?? "",
  }));
  const empty = submissions.findIndex((one) => one.participant === "" || one.status === "");
  if (empty >= 0)
    throw new SubmissionsUnreadable(
      `${file}: row ${empty + 1} below the header has no participant or no status.`,
    );
  if (submissions.length === 0)
    throw new SubmissionsUnreadable(`${file} has no submissions below its header.`);
  return submissions;
}

function rowsOf(file: string): string[][] {
  try {
    return parse(readText(file), { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    if (error instanceof TiebreakError) throw error;
    throw new SubmissionsUnreadable(`${file} is no CSV: ${(error as Error).message}`);
  }
}

import { parse } from "csv-parse/sync";
import { TiebreakError } from "../../contract/errors.ts";
import type { Submission } from "../../contract/payments.ts";
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
type Field = keyof typeof COLUMNS;
export const SUBMISSION_FIELDS = Object.keys(COLUMNS) as Field[];

/** A platform's list, and what was made of its columns. */
export interface SubmissionList {
  readonly submissions: readonly Submission[];
  /** The column that each field was read from; absent: the list has none. */
  readonly columns: Readonly<Partial<Record<Field, string>>>;
  /** The columns that were not read. */
  readonly unused: readonly string[];
}

const named = (header: string): string => header.toLowerCase().replace(/[^a-z]/g, "");

/**
 * The submissions in a CSV file that a platform exported, from the columns of the participant, the submission and the status.
 * @param given the column of a field, where it has a name that is not known @throws FileUnusable, SubmissionsUnreadable
 */
export function readSubmissions(file: string, given: SubmissionList["columns"] = {}): SubmissionList {
  const [first, ...rows] = rowsOf(file);
  const header = (first?.record ?? []).map((name) => name.trim());
  const at = (what: Field): number => {
    const wanted = given[what];
    if (wanted === undefined)
      return header.findIndex((one) => (COLUMNS[what] as readonly string[]).includes(named(one)));
    const found = header.indexOf(wanted);
    if (found < 0)
      throw new SubmissionsUnreadable(`${file} has no column “${wanted}”. Its columns: ${listed(header)}.`);
    return found;
  };
  const [participant, session, status] = [at("participant"), at("session"), at("status")];
  const lacks = [...(participant < 0 ? ["“Participant id”"] : []), ...(status < 0 ? ["“Status”"] : [])];
  if (lacks.length > 0)
    throw new SubmissionsUnreadable(
      `${file} is no list of submissions: it has no column ${lacks.join(" and no column ")}. Export the submissions of the study as CSV at the platform; if a column has another name, add --column participant=NAME or --column status=NAME. Its columns: ${listed(header)}.`,
    );
  const submissions = rows.map(({ record, info: { lines } }) => ({
    participant: record[participant]?.trim() ?? "",
    session: record[session]?.trim() || null,
    status: record[status]?.trim().toUpperCase() ?? "",
    line: lines,
  }));
  const empty = submissions.find((one) => one.participant === "" || one.status === "");
  if (empty !== undefined)
    throw new SubmissionsUnreadable(`${file}, line ${empty.line}: no participant or no status.`);
  if (submissions.length === 0)
    throw new SubmissionsUnreadable(`${file} has no submissions below its header.`);
  const used = { participant, session, status };
  const columns = Object.fromEntries(
    SUBMISSION_FIELDS.flatMap((field) => (used[field] < 0 ? [] : [[field, header[used[field]]]])),
  );
  const isUnused = (_: string, index: number) => !Object.values(used).includes(index);
  return { submissions, columns, unused: header.filter(isUnused) };
}

const listed = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(", ") || "none";

interface Row {
  readonly record: string[];
  /** The line that the row ends on. */
  readonly info: { readonly lines: number };
}

function rowsOf(file: string): Row[] {
  try {
    const options = { bom: true, relax_column_count: true, skip_empty_lines: true, info: true };
    return parse(readText(file), options) as unknown as Row[];
  } catch (error) {
    if (error instanceof TiebreakError) throw error;
    throw new SubmissionsUnreadable(`${file} is no CSV: ${(error as Error).message}`);
  }
}

import { shortName } from "../short-name.ts";

/** A row that could not be read. */
interface UnreadableRow {
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

const SHOWN_MAX = 5;
const ROWS_TOLD = 1000;

/** What a source held, before any step. */
export class SourceTally {
  #rows = 0;
  /** Called once per so many rows. */
  onRows: (rows: number) => void = () => undefined;
  unreadable = 0;
  /** The first few unreadable rows, by file and line. */
  readonly unreadableRows: UnreadableRow[] = [];
  /** Why rows are no candidates, and how many: answers, deleted posts, questions without an answer. */
  readonly notTaken = new Map<string, number>();
  /** What the readers of files remark: columns that are not used, an encoding. */
  readonly remarks: string[] = [];
  /** How many candidates each group has. */
  readonly groups = new Map<string, number>();

  /** Rows of every kind, readable or not. */
  get rows(): number {
    return this.#rows;
  }

  set rows(rows: number) {
    this.#rows = rows;
    if (rows % ROWS_TOLD === 0) this.onRows(rows);
  }

  fault(row: UnreadableRow): void {
    this.unreadable++;
    const shown = this.unreadableRows;
    shown.push(row);
    shown.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
    shown.length = Math.min(shown.length, SHOWN_MAX);
  }

  /** The same words about a file once. */
  remark(file: string, words: string): void {
    const remark = `${shortName(file)}: ${words}`;
    if (!this.remarks.includes(remark)) this.remarks.push(remark);
  }

  leave(why: string, count = 1): void {
    if (count > 0) this.notTaken.set(why, (this.notTaken.get(why) ?? 0) + count);
  }

  take(group: string): void {
    this.groups.set(group, (this.groups.get(group) ?? 0) + 1);
  }
}

/** A file in an archive. */
export interface Member {
  /** Its path within the archive: never absolute, and without `..`. */
  readonly name: string;
  readonly bytes: number;
  /** Why it cannot be read, such as a link; missing for a file. */
  readonly reason?: string;
}

/** An archive of more files is refused. */
export const MEMBERS_MAX = 10_000;

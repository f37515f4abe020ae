type Row = Record<string, unknown>;

export const chat = (...said: [role: string, content: string][]) =>
  said.map(([role, content]) => ({ role, content }));

/** Rows of ours in the shape of a published file, odd ones included, and what they are read as. */
export interface Published {
  readonly recipe: string;
  readonly rows: readonly Row[];
  readonly records: readonly Row[];
  readonly faults?: readonly string[];
  readonly remark?: string;
}

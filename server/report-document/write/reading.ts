import type { SectionKey } from "../document.ts";

/** How a report is written to be read. */
export interface Reading {
  /** One section alone, for which the report needs no other block; null: all. */
  readonly only: SectionKey | null;
  /** The address of a server whose methods HTML and LaTeX link to; null: they name its file. */
  readonly publicUrl: string | null;
}

import type { UploadSettings } from "../contract/uploads.ts";

/** A file that waits, as the table has it. */
export interface WaitingFile {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  readonly key: string;
  readonly settings: UploadSettings;
}

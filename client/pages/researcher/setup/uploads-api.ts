import type { UploadChange, Uploads } from "../../../../server/contract/uploads.ts";
import { at, call } from "../owner-api.ts";

const of = (study: string) => `${at(study)}/uploads`;

/** The calls about files that wait to be loaded. Each throws Refused. */
export const uploadsApi = {
  list: (study: string) => call<Uploads>("GET", of(study)),
  change: (study: string, change: UploadChange) => call<Uploads>("PATCH", of(study), change),
  remove: (study: string, files: number[]) => call<Uploads>("POST", `${of(study)}/remove`, { files }),
  run: (study: string, what: "check" | "load", skipBad: boolean, reason?: string) =>
    call<Uploads>("POST", `${of(study)}/run`, { what, skipBad, reason }),
};

/** Where one file is sent, or the rest of it. */
export function uploadAddress(
  study: string,
  name: string,
  { file, from }: { file: File; from: number },
): string {
  const { size, lastModified } = file;
  const query = { name, bytes: `${size}`, modified: `${lastModified}`, from: `${from}` };
  return `${of(study)}?${new URLSearchParams(query).toString()}`;
}

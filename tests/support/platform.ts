import type { FinishKind } from "../../server/contract/words.ts";
import type { PlatformShown } from "../../server/contract/platforms.ts";
import type { BrowserStudy } from "./browser-study.ts";
import { prepare } from "./in-process.ts";

/** How the ids of everybody who comes from Prolific in a test begin. */
export const PROLIFIC_ID = "0123456789abcdef0123";

export interface TestPlatform {
  readonly shown: PlatformShown;
  codeOf(finish: FinishKind): string;
  /** The platform's part: its address with the ids of somebody in the place of its placeholders, or appended to it. */
  addressFor(person: number): string;
}

/** Sets a platform for a study, as `platform set` takes it. */
export async function setPlatform(study: BrowserStudy, ...words: string[]): Promise<TestPlatform> {
  const args = ["platform", "set", "study", ...words, "--port", String(study.server.port), "--json"];
  const shown = JSON.parse(await prepare(args, study.env)) as PlatformShown;
  const address = shown.address ?? "";
  const digits = (person: number) => String(person).padStart(4, "0");
  return {
    shown,
    codeOf: (finish) => shown.finishes.find((one) => one.finish === finish)?.code ?? "",
    addressFor: (person) =>
      address.includes("{{%PROLIFIC_PID%}}")
        ? address
            .replace("{{%PROLIFIC_PID%}}", PROLIFIC_ID + digits(person))
            .replace("{{%STUDY_ID%}}", "5f0000000000000000000001")
            .replace("{{%SESSION_ID%}}", `6f00000000000000000000${digits(person)}`)
        : `${address}?participantId=AB12CD${digits(person)}&assignmentId=x1&projectId=y1`,
  };
}

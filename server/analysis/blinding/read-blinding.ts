import { latestAudit } from "../../blinding-audit/latest.ts";
import type { Audit } from "../../contract/blinding.ts";
import type { Reader } from "../../storage/database.ts";
import { responseKey } from "../rows/read-rows.ts";
import type { StudyData } from "../rows/study-data.ts";

/** An audit, and the responses in which it found something that is not masked, by `responseKey`. */
export interface Audited {
  readonly audit: Audit;
  readonly affected: ReadonlySet<string>;
}

/** Must run within the `database.read` that `data` was read in. @returns null where no audit was made */
export async function readBlinding(reader: Reader, data: StudyData): Promise<Audited | null> {
  const latest = await latestAudit(reader, data.facts.study.id);
  if (latest === null) return null;
  const { id, audit } = latest;
  const masked = new Set(
    audit.findings.flatMap(({ kind, system, decision }) =>
      decision?.choice === "mask" ? [`${kind} ${system}`] : [],
    ),
  );
  const rows = await reader.db
    .selectFrom("found_sign as f")
    .innerJoin("response as r", "r.id", "f.response_id")
    .select(["f.kind", "r.prompt_id as prompt", "r.system_id as system"])
    .where("f.audit_id", "=", id)
    .where("f.kind", "<>", "identical") // gives nothing away
    .execute();
  const prompts = new Map(data.prompts.map(({ id: prompt }, code) => [prompt, code]));
  const affected = rows.flatMap(({ kind, prompt, system }) => {
    const [promptCode, systemCode] = [prompts.get(prompt), data.facts.systemCodes.of(system)];
    if (promptCode === undefined || masked.has(`${kind} ${data.facts.systems[systemCode]!.name}`)) return [];
    return [responseKey(promptCode, systemCode)];
  });
  return { audit, affected: new Set(affected) };
}

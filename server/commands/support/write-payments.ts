import fs from "node:fs";
import path from "node:path";
import { ExportWrong } from "../../export/errors.ts";
import type { Payment } from "../../contract/payments.ts";
import { payFor } from "../../participants/payments.ts";
import { csvText } from "../../report-document/write/csv-text.ts";

/** Where the files of payments go, and the pay for all of the work. */
interface PaymentFiles {
  readonly out: string;
  /** In the platform's currency; null: no amounts are written. */
  readonly reward: number | null;
}

const HEADER = [
  ...["platform", "participant", "session", "annotator", "status", "judgments", "skipped", "asked"],
  ...["active_minutes", "action", "amount"],
];

/**
 * Writes the list of payments into a new folder, readable by its owner only, with the files that Prolific takes: the
 * submissions to approve, one a line, and the bonuses for parts of the work, `id,amount`.
 * @returns the names of the files. @throws ExportWrong where the folder exists or cannot be made
 */
export function writePayments(payments: readonly Payment[], { out, reward }: PaymentFiles): string[] {
  if (fs.existsSync(out)) throw new ExportWrong(`“${out}” exists already. Name a new folder with --out.`);
  try {
    fs.mkdirSync(out, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new ExportWrong(`“${out}” cannot be made: ${(error as Error).message}`);
  }
  const files = filesOf(payments, reward);
  for (const [name, text] of files) fs.writeFileSync(path.join(out, name), text, { mode: 0o600 });
  return files.map(([name]) => name);
}

/** Whether somebody is to be paid a part of the work, but the protocol asks for no number that it would be a part of. */
export const lacksAmount = ({ action, part }: Payment): boolean =>
  action === "pay the part done" && part === null;

function filesOf(payments: readonly Payment[], reward: number | null): [name: string, text: string][] {
  const amountOf = ({ action, part }: Payment): string | null => {
    if (reward === null) return null;
    if (action === "approve") return payFor(reward, 1);
    return action === "pay the part done" && part !== null ? payFor(reward, part) : null;
  };
  const hasStatus = payments.some(({ platformStatus }) => platformStatus !== null);
  const rows = payments.map((one) => [
    ...[one.platform, one.participant, one.session, one.annotator, one.status, one.judgments, one.skipped],
    ...[one.asked, one.activeMinutes, one.action, amountOf(one)],
    ...(hasStatus ? [one.platformStatus] : []),
  ]);
  const header = hasStatus ? [...HEADER, "platform_status"] : HEADER;
  const prolific = payments.filter((one) => one.platform === "prolific" && one.participant !== null);
  const list: [string, string][] = [["payments.csv", csvText([header, ...rows])]];
  if (prolific.length === 0) return list;
  const approved = prolific.filter((one) => one.action === "approve");
  list.push(["prolific-approve.txt", approved.map((one) => `${one.session ?? ""}\n`).join("")]);
  if (reward === null) return list;
  const parts = prolific.filter((one) => one.action === "pay the part done" && !lacksAmount(one));
  list.push(["prolific-bonuses.csv", parts.map((one) => `${one.participant},${amountOf(one)!}\n`).join("")]);
  return list;
}

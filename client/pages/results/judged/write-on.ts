import type { WrittenOn } from "../../../../server/contract/judged.ts";
import { withBase } from "../../../base-path.ts";

/** What a member writes about a comparison, or takes back. */
export type Change =
  | { kind: "note"; comparison: number; text: string }
  | { kind: "edit"; note: number; text: string }
  | { kind: "delete"; note: number }
  | { kind: "adjudicate"; comparison: number; better: string | null; reason: string }
  | { kind: "withdraw"; comparison: number };

type Call = readonly [method: string, path: string, body?: object];

function callOf(change: Change): Call {
  switch (change.kind) {
    case "note":
      return ["POST", `comparisons/${change.comparison}/notes`, { text: change.text }];
    case "edit":
      return ["PATCH", `notes/${change.note}`, { text: change.text }];
    case "delete":
      return ["DELETE", `notes/${change.note}`];
    case "adjudicate": {
      const { better, reason } = change;
      return ["POST", `comparisons/${change.comparison}/adjudication`, { better, reason }];
    }
    case "withdraw":
      return ["DELETE", `comparisons/${change.comparison}/adjudication`];
  }
}

/** Sends it. @returns what is written about the comparison then; null: it was not taken */
export async function writeOn(study: string, change: Change): Promise<WrittenOn | null> {
  const [method, path, body] = callOf(change);
  try {
    const reply = await fetch(withBase(`/api/studies/${encodeURIComponent(study)}/${path}`), {
      method,
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    return reply.ok ? ((await reply.json()) as WrittenOn) : null;
  } catch {
    return null;
  }
}

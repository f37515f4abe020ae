import type { z } from "zod";
import { type ProtocolGroup, protocolGroupSchema } from "../../contract/studies.ts";
import { DEFAULT_GROUP } from "../../studies/default-protocol.ts";
import { ProtocolWrong } from "../../studies/errors.ts";

/** Reads `crowd:crowd,judgments=3,shared=6,each=40`. @throws ProtocolWrong */
export function parseGroup(spec: string): ProtocolGroup {
  const [head = "", ...settings] = spec.split(",");
  const [name = "", kind = name === "authors" ? "author" : "crowd"] = head.split(":");
  const group: Record<string, unknown> = { ...DEFAULT_GROUP, name, kind };
  const keys: Record<string, string> = {
    judgments: "judgments",
    shared: "sharedJudgments",
    each: "judgmentsPerAnnotator",
  };
  for (const setting of settings) {
    const [key = "", value = ""] = setting.split("=");
    const field = keys[key];
    if (!field || !/^\d+$/.test(value)) {
      throw new ProtocolWrong(`--group ${spec}: “${setting}” is not judgments=N, shared=N or each=N.`);
    }
    group[field] = Number(value);
  }
  const parsed = protocolGroupSchema.safeParse(group);
  if (parsed.success) return parsed.data;
  throw new ProtocolWrong(
    parsed.error.issues.map((issue) => `--group ${spec}: ${groupFault(issue, kind)}`).join("\n"),
  );
}

const groupFault = ({ path, message }: z.core.$ZodIssue, kind: string): string =>
  path[0] === "kind" ? `“${kind}” is not crowd, author or model.` : message;

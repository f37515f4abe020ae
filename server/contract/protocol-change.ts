import { z } from "zod";
import { type Protocol, protocolSchema } from "./studies.ts";

/** Members of a draft's protocol that change, each as a whole; null: a member that can be absent is, from now on. */
export type ProtocolChange = {
  [Member in keyof Protocol]?: Protocol[Member] | (undefined extends Protocol[Member] ? null : never);
};

const canBeAbsent = (member: string): boolean =>
  protocolSchema.shape[member as keyof Protocol] instanceof z.ZodOptional;

export const protocolChangeSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(protocolSchema.shape).map(([member, schema]) => [
      member,
      canBeAbsent(member) ? schema.nullable().optional() : schema.optional(),
    ]),
  ),
) as unknown as z.ZodType<ProtocolChange>;

/** A protocol after a change. @throws ZodError where it would be none */
export const protocolAfter = (protocol: Protocol, change: ProtocolChange): Protocol =>
  protocolSchema.parse(
    Object.fromEntries(
      Object.entries({ ...protocol, ...change }).filter(
        ([member, value]) => value !== null || !canBeAbsent(member),
      ),
    ),
  );

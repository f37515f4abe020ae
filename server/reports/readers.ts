import type { FastifyRequest } from "fastify";
import type { Context } from "../context.ts";
import { bearerOf, requireRight, SignInNeeded } from "../http/access.ts";
import { sharedBy } from "./share.ts";

/**
 * Lets in members who may see the results, and whoever holds a link to the live report of the study; a link to a kept report
 * opens that report alone. @throws SignInNeeded, NotAllowed for anybody else
 */
export async function requireReader(context: Context, request: FastifyRequest, study: string): Promise<void> {
  if (request.caller !== null) return requireRight(request, "results");
  if (request.headers.authorization === undefined) throw new SignInNeeded();
  const shared = await sharedBy(context, bearerOf(request));
  if (shared.study !== study || shared.snapshotId !== null) throw new SignInNeeded();
}

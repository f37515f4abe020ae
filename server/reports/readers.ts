import type { FastifyRequest } from "fastify";
import type { Context } from "../context.ts";
import { bearerOf, type OwnerCheck, SignInNeeded } from "../http/access.ts";
import { sharedBy } from "./share.ts";

/**
 * Lets in the owner, and whoever holds a link to the live report of the study; a link to a kept report opens that
 * report alone. @throws SignInNeeded for anybody else
 */
export async function requireReader(
  { context, isOwner }: { context: Context; isOwner: OwnerCheck },
  request: FastifyRequest,
  study: string,
): Promise<void> {
  if (await isOwner(request)) return;
  if (request.headers.authorization === undefined) throw new SignInNeeded();
  const shared = await sharedBy(context, bearerOf(request));
  if (shared.study !== study || shared.snapshotId !== null) throw new SignInNeeded();
}

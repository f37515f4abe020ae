import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Context } from "../context.ts";
import { studyIn } from "../http/access.ts";
import { inWords } from "../http/in-words.ts";
import { wordsOf } from "../http/route-words.ts";
import { type Event, record, recordReading } from "./audit.ts";

const READS = new Set(["GET", "HEAD"]);
const READ_RESULTS = "read results";

/**
 * Writes down every change that somebody who is signed in made, and every study whose results they read, before they get the
 * answer. Where that cannot be written, the log has it, and the answer is sent all the same.
 */
export function auditCalls(app: FastifyInstance, context: Context): void {
  app.addHook("onSend", async (request, reply) => {
    for (const event of reply.statusCode < 400 ? eventsOf(request) : []) {
      const { study } = event;
      const written =
        event.verb === READ_RESULTS && study !== null
          ? recordReading(context, { ...event, study })
          : record(context, event);
      await written.catch((error: unknown) => request.log.error(error, "The audit could not be written."));
    }
  });
}

type CallEvent = Event & { readonly study: string | null };

/** What a request did, as far as it is written down. */
function eventsOf(request: FastifyRequest): CallEvent[] {
  const { caller, changed, resultsOf } = request;
  if (caller === null) return [];
  const study = studyIn(request);
  const by = { who: caller.name, via: caller.via, study, request: request.id };
  if (READS.has(request.method))
    return [resultsOf ?? []].flat().map((read) => ({ ...by, study: read, verb: READ_RESULTS }));
  const { operationId } = wordsOf(request.method, request.routeOptions.url ?? "");
  return [{ ...by, verb: inWords(operationId), ...changed }];
}

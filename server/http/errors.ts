import type { FastifyError, FastifyInstance } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { type ErrorReply, errorSchema, TiebreakError } from "../contract/errors.ts";
import { missingPage, wantsPage } from "./missing-page.ts";

/** What any throwable looks like on the wire. A 5xx tells nothing of what happened inside. */
export function toReply(error: unknown): { status: number; body: ErrorReply } {
  if (error instanceof TiebreakError) {
    const message = error.status < 500 ? error.message : "This could not be done just now. Try again.";
    return { status: error.status, body: { error: error.name, message } };
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const faults = error.validation.map(
      (fault) => `${fault.instancePath || "the request"}: ${fault.message}`,
    );
    return { status: 400, body: { error: "RequestWrong", message: faults.join("; ") } };
  }
  const status = statusOf(error);
  const known = CLIENT_FAULTS[status];
  if (known) return { status, body: known };
  if (status >= 400 && status < 500) return { status: 400, body: REQUEST_WRONG };
  return { status: 500, body: { error: "InternalError", message: "Something went wrong here. Try again." } };
}

const REQUEST_WRONG: ErrorReply = { error: "RequestWrong", message: "The request could not be read." };

const CLIENT_FAULTS: Record<number, ErrorReply> = {
  400: REQUEST_WRONG,
  404: { error: "NotFound", message: "There is nothing here." },
  413: { error: "RequestTooLarge", message: "The request is too large." },
  415: { error: "RequestWrong", message: "Send JSON." },
  429: { error: "TooManyRequests", message: "Too many requests. Wait a minute." },
};

const statusOf = (error: unknown): number =>
  typeof error === "object" && error !== null && "statusCode" in error ? Number(error.statusCode) : 500;

/**
 * One function maps every error; what is our own fault is logged. A browser that asks for a page which is not
 * there gets one that says so.
 */
export function handleErrors(app: FastifyInstance, options: { pages: string | null }): void {
  const missing = options.pages === null ? null : missingPage(options.pages);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { status, body } = toReply(error);
    if (status >= 500) request.log.error(error);
    return reply.code(status).header("cache-control", "no-store").send(body);
  });
  app.setNotFoundHandler((request, reply) => {
    void reply.code(404).header("cache-control", "no-store");
    if (missing !== null && wantsPage(request)) return reply.type("text/html; charset=utf-8").send(missing);
    return reply.send(CLIENT_FAULTS[404]);
  });
}

/** The response schemas of a route: its reply, and the one shape of every refusal. */
export const replies = <T>(ok: T) => ({ 200: ok, "4xx": errorSchema, "5xx": errorSchema });

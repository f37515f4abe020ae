import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { type ErrorReply, errorSchema, TiebreakError } from "../contract/errors.ts";
import { errorPages, wantsPage } from "./error-pages.ts";

/** What any throwable looks like on the wire. A 5xx tells nothing of what happened inside. @internal */
export function toReply(error: unknown): { status: number; body: ErrorReply } {
  if (error instanceof TiebreakError) {
    const message = error.status < 500 ? error.message : "This could not be done. Try again.";
    return { status: error.status, body: { error: error.name, message } };
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const faults = error.validation.map(({ instancePath, message }) => {
      const field = instancePath.slice(1).replaceAll("/", ".");
      return `${field || "the request"}: ${message}`;
    });
    return { status: 400, body: { error: "RequestWrong", message: faults.join("; ") } };
  }
  const status = statusOf(error);
  const known = CLIENT_FAULTS[status];
  if (known) return { status, body: known };
  if (status >= 400 && status < 500) return { status: 400, body: REQUEST_WRONG };
  return { status: 500, body: { error: "InternalError", message: "Something went wrong. Try again." } };
}

const REQUEST_WRONG: ErrorReply = { error: "RequestWrong", message: "The request could not be read." };

const CLIENT_FAULTS: Record<number, ErrorReply> = {
  400: REQUEST_WRONG,
  404: { error: "NotFound", message: "Not found." },
  413: { error: "RequestTooLarge", message: "The request is too large." },
  415: { error: "RequestWrong", message: "Send JSON." },
  429: { error: "TooManyRequests", message: "Too many requests. Wait a minute." },
};

const statusOf = (error: unknown): number =>
  typeof error === "object" && error !== null && "statusCode" in error ? Number(error.statusCode) : 500;

/** Answers one error: what is our own fault is logged, if nobody has yet, and a browser that asked for a page gets one. */
export type AnswerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

/** @param options.pages the folder of the built pages; null answers browsers with JSON, too */
export function errorAnswers(options: { pages: string | null }): AnswerError {
  const pages = options.pages === null ? null : errorPages(options.pages);
  return (error, request, reply) => {
    const { status, body } = toReply(error);
    const isTold = error instanceof TiebreakError && error.isTold;
    if (status >= 500 && !isTold) request.log.error(error);
    void reply.code(status).header("cache-control", "no-store");
    if (pages === null || !wantsPage(request)) return void reply.send(body);
    void reply.header("content-security-policy", pages.policy).type("text/html; charset=utf-8");
    void reply.send(pages.pageFor(status));
  };
}

/** One function answers every error of the routes, and every address under which there is nothing. */
export function handleErrors(app: FastifyInstance, answer: AnswerError): void {
  app.setErrorHandler(answer);
  app.setNotFoundHandler((request, reply) => answer({ statusCode: 404 }, request, reply));
}

/** The response schemas of a route: its reply, and the one shape of every refusal. */
export const replies = <T>(ok: T) => ({ 200: ok, "4xx": errorSchema, "5xx": errorSchema });

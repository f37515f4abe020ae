import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { type Problem, problemSchema, TiebreakError } from "../contract/errors.ts";
import { errorPages, wantsPage } from "./error-pages.ts";
import { inWords } from "./in-words.ts";

/** What any throwable looks like on the wire. A 5xx reveals nothing of what happened inside. @internal */
export function toProblem(error: unknown): Problem {
  if (error instanceof TiebreakError) {
    const detail = error.status < 500 ? error.message : "This could not be done. Try again.";
    return problem(error.status, error.name, detail);
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ instancePath, message = "is wrong" }) => ({
      pointer: instancePath,
      detail: message,
    }));
    const faults = errors.map(
      ({ pointer, detail }) => `${pointer.slice(1).replaceAll("/", ".") || "the request"}: ${detail}`,
    );
    return { ...problem(400, "RequestWrong", faults.join("; ")), errors };
  }
  const status = statusOf(error);
  const known = CLIENT_FAULTS[status];
  if (known) return problem(status, ...known);
  if (status >= 400 && status < 500) return problem(400, ...REQUEST_WRONG);
  return problem(500, "InternalError", "Something went wrong. Try again.");
}

const problem = (status: number, error: string, detail: string): Problem => ({
  type: `/api#${error}`,
  title: titleOf(error),
  status,
  detail,
  error,
});

/** A stable name in words: “Study not found” of `StudyNotFound`. */
export function titleOf(name: string): string {
  const words = inWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type Fault = readonly [error: string, detail: string];

const REQUEST_WRONG: Fault = ["RequestWrong", "The request could not be read."];

const CLIENT_FAULTS: Record<number, Fault> = {
  400: REQUEST_WRONG,
  404: ["NotFound", "Not found."],
  413: ["RequestTooLarge", "The request is too large."],
  415: ["RequestWrong", "Send JSON."],
  429: ["TooManyRequests", "Too many requests. Wait a minute."],
};

const statusOf = (error: unknown): number =>
  typeof error === "object" && error !== null && "statusCode" in error ? Number(error.statusCode) : 500;

/** The media type of every refusal. */
export const PROBLEM_TYPE = "application/problem+json";

/** Answers one error: what is our own fault is logged, if nobody has yet, and a browser that asked for a page gets one. */
export type AnswerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

/**
 * @param options.pages the folder of the built pages; null answers browsers with JSON, too
 * @param options.basePath stands before the address of a problem's type
 */
export function errorAnswers(options: { pages: string | null; basePath: string }): AnswerError {
  const pages = options.pages === null ? null : errorPages(options.pages);
  return (error, request, reply) => {
    const problem = toProblem(error);
    const body = { ...problem, type: `${options.basePath}${problem.type}` };
    const { status } = body;
    const isTold = error instanceof TiebreakError && error.isTold;
    if (status >= 500 && !isTold) request.log.error(error);
    void reply.code(status).header("cache-control", "no-store");
    if (pages === null || !wantsPage(request)) return void reply.type(PROBLEM_TYPE).send(body);
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
export const replies = <T>(ok: T) => ({ 200: ok, "4xx": problemSchema, "5xx": problemSchema });

import type { FastifyInstance } from "fastify";
import helmet from "helmet";
import type { AnswerError } from "./errors.ts";

/** What a page may load and do: our own files, and nothing else. Plain-http installs work, so nothing is upgraded. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["tiebreak-html"],
  },
};

/** Worked out once, not at each request. */
const write = helmet({ contentSecurityPolicy: CONTENT_SECURITY_POLICY, strictTransportSecurity: false });

/** Every reply of a route says how a browser must treat it. */
export function setSecurityHeaders(app: FastifyInstance): void {
  app.addHook("onRequest", (request, reply, next) => write(request.raw, reply.raw, () => next()));
}

/** The same for an answer to a request that reached no route and so no hook. */
export const withSecurityHeaders =
  (answer: AnswerError): AnswerError =>
  (error, request, reply) => {
    write(request.raw, reply.raw, () => undefined);
    return answer(error, request, reply);
  };

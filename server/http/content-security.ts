import type { FastifyInstance } from "fastify";
import helmet from "helmet";

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

/** Every reply says how a browser must treat it. The headers are worked out once, not at each request. */
export function setSecurityHeaders(app: FastifyInstance): void {
  const write = helmet({ contentSecurityPolicy: CONTENT_SECURITY_POLICY, strictTransportSecurity: false });
  app.addHook("onRequest", (request, reply, next) => write(request.raw, reply.raw, () => next()));
}

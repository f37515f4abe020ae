import { Socket } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The body may take as long as it keeps coming: a file. */
    longBody?: boolean;
  }
}

/** How long a request may take to arrive, from its headers to the last byte; a file, how long no byte of it may come. */
export const ARRIVAL_MS = 60_000;
/** How long its headers may take. */
export const HEADERS_MS = 30_000;

/**
 * Ends requests whose body stalls: half a body, half a chunk. The rest of a body is waited for even where the request
 * was refused without it, so the clock runs on after the reply. Node itself looks after half a header.
 * @param arrivalMs milliseconds that a body may take
 */
export function guardArrival(app: FastifyInstance, arrivalMs: number): void {
  app.addHook("onRequest", (request, reply, next) => {
    const { headers } = request;
    if (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0)
      watch(request, reply, arrivalMs);
    next();
  });
}

function watch(request: FastifyRequest, reply: FastifyReply, arrivalMs: number): void {
  const { raw } = request;
  if (!(raw.socket instanceof Socket)) return; // handed in from within this process, so it is whole
  let bytes = raw.socket.bytesRead;
  const look = () => {
    if (raw.complete) return clearInterval(timer);
    const isComing = raw.socket.bytesRead > bytes;
    bytes = raw.socket.bytesRead;
    const mayTakeLong = request.routeOptions.config.longBody === true && !reply.raw.writableEnded;
    if (isComing && mayTakeLong) return;
    clearInterval(timer);
    if (!reply.raw.headersSent) raw.socket.write("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n");
    raw.socket.destroySoon();
  };
  const timer = setInterval(look, arrivalMs);
  timer.unref();
  raw.once("close", () => clearInterval(timer));
}

import type { FastifyInstance } from "fastify";
import type { Context } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import { eraseExpired } from "./retention.ts";

const EVERY_MS = 3_600_000;
const BY = "server";

/** While the server runs: erases what identifies people of studies whose time has come, at its start and every hour. */
export function eraseAsItExpires(app: FastifyInstance, context: Context): void {
  let running: Promise<unknown> = Promise.resolve();
  let timer: ReturnType<typeof setInterval> | undefined;
  const look = () => {
    running = running
      .then(() => eraseExpired(context, BY))
      .catch((error: unknown) => {
        const isTold = error instanceof TiebreakError && error.isTold;
        if (!isTold) app.log.error(error, "What identifies people could not be erased; it is tried again.");
      });
  };
  app.addHook("onReady", async () => {
    look();
    timer = setInterval(look, EVERY_MS);
    timer.unref();
  });
  app.addHook("onClose", async () => {
    clearInterval(timer);
    await running;
  });
}

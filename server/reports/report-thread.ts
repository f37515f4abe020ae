import type { Worker } from "node:worker_threads";
import { TiebreakError } from "../contract/errors.ts";
import type { ReportService, ServiceRequest } from "./report-service.ts";
import type { ReportAnswer, ReportOrder } from "./report-worker.ts";
import { startWorker } from "./start-worker.ts";

/** The thread that makes reports ended: it is started again with the next question. */
class ReportsClosed extends TiebreakError {
  constructor(options?: ErrorOptions) {
    super("ReportsClosed", 503, "The report could not be made. Try again.", options);
  }
}

interface Waiting {
  readonly resolve: (json: string) => void;
  readonly reject: (error: Error) => void;
}

/** Makes reports in a worker thread with a database connection of its own: nobody who judges waits for one. */
export function reportsInThread(database: { readonly url: string }): ReportService {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let ids = 0;

  const giveUp = (cause?: unknown) => {
    thread = null;
    for (const one of waiting.values()) one.reject(new ReportsClosed({ cause }));
    waiting.clear();
  };
  const start = (): Worker => {
    const started = startWorker("report-worker", { url: database.url });
    started.unref();
    started.on("message", (answer: ReportAnswer) => {
      const one = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (one) resolveOne(one, answer);
    });
    const ended = (cause?: unknown) => {
      if (thread === started) giveUp(cause);
    };
    started.on("error", ended);
    started.on("exit", () => ended());
    return started;
  };

  return {
    answer: (request: ServiceRequest) =>
      new Promise<string>((resolve, reject) => {
        const id = ++ids;
        waiting.set(id, { resolve, reject });
        thread ??= start();
        thread.postMessage({ id, request } satisfies ReportOrder);
      }),
    close: async () => {
      const ending = thread;
      giveUp();
      await ending?.terminate();
    },
  };
}

function resolveOne({ resolve, reject }: Waiting, answer: ReportAnswer): void {
  if ("json" in answer) resolve(answer.json);
  else if ("refused" in answer) {
    const { name, status, message } = answer.refused;
    reject(new TiebreakError(name, status, message));
  } else reject(new Error(answer.failed));
}

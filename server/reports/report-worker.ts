import { parentPort, workerData } from "node:worker_threads";
import { TiebreakError } from "../contract/errors.ts";
import { openDatabase } from "../storage/open.ts";
import { giveWay } from "./low-priority.ts";
import { type ServiceRequest, reportsHere } from "./report-service.ts";

/** What the reports sends: a numbered request. The answer has the same number. */
export interface ReportOrder {
  id: number;
  request: ServiceRequest;
}

/** `refused`: an error that the reader may be told. */
export type ReportAnswer = { id: number } & (
  { json: string } | { refused: { name: string; status: number; message: string } } | { failed: string }
);

const port = parentPort;
if (port === null) throw new Error("The report worker runs as a worker thread only.");

giveWay(); // to the thread that takes judgments
const { url } = workerData as { url: string };
const reports = reportsHere({ database: openDatabase(url) });
const answer = (message: ReportAnswer) => port.postMessage(message);
let last: Promise<void> = Promise.resolve();

port.on("message", ({ id, request }: ReportOrder) => {
  last = last.then(() => answerOne(id, request)); // one after another: each may fill the memory alone
});

async function answerOne(id: number, request: ServiceRequest): Promise<void> {
  try {
    answer({ id, json: await reports.answer(request) });
  } catch (error) {
    if (error instanceof TiebreakError) {
      const { name, status, message } = error;
      answer({ id, refused: { name, status, message } });
    } else answer({ id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

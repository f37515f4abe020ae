import { parentPort, workerData } from "node:worker_threads";
import { FROM_JUDGMENTS } from "../analysis/index.ts";
import { pairsToReport } from "../analysis/pairs/pairs.ts";
import { type BlockOrder, type MadeBlock, takeNext } from "./blocks.ts";

const port = parentPort;
if (port === null) throw new Error("The block worker runs as a worker thread only.");

const { data, groups, next } = workerData as BlockOrder;
const given = { data, rows: pairsToReport(data, groups) };
for (let name = takeNext(next); name !== null; name = takeNext(next)) {
  port.postMessage([name, FROM_JUDGMENTS[name](given)] satisfies MadeBlock);
}

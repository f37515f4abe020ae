import { Worker } from "node:worker_threads";

/**
 * Starts a worker of this folder: beside the bundle as built, or by way of a bootstrap that can read TypeScript when this
 * runs from its source. @param workerData what it begins with
 */
export function startWorker(name: "report-worker" | "block-worker", workerData: unknown): Worker {
  const isSource = import.meta.url.endsWith(".ts");
  const file = isSource ? "./worker-from-source.mjs" : `./${name}.js`;
  return new Worker(new URL(file, import.meta.url), { workerData, argv: [name], execArgv: [] });
}

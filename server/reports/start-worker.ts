import { type ResourceLimits, Worker } from "node:worker_threads";

/**
 * Starts a worker of this folder: beside the bundle as built, or by way of a bootstrap that can read TypeScript when this
 * runs from its source. @param workerData what it begins with @param resourceLimits Node's own where not given
 */
export function startWorker(
  name: "report-worker" | "block-worker",
  workerData: unknown,
  resourceLimits?: ResourceLimits,
): Worker {
  const isSource = import.meta.url.endsWith(".ts");
  const file = isSource ? "./worker-from-source.mjs" : `./${name}.js`;
  const options = { workerData, argv: [name], execArgv: [], ...(resourceLimits && { resourceLimits }) };
  return new Worker(new URL(file, import.meta.url), options);
}

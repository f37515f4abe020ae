import { parseArgs } from "node:util";
import { BEHAVIOURS, isBehaviour } from "./behaviours.ts";
import { startModelServer } from "./server.ts";

/** A scripted model server as a process of its own: prints its URL and serves until it is ended. */
const { values } = parseArgs({
  options: {
    behaviour: { type: "string", default: "good" },
    latency: { type: "string", default: "0" },
    times: { type: "string" },
    "retry-after": { type: "string" },
    port: { type: "string", default: "0" },
  },
});
const { behaviour } = values;
if (!isBehaviour(behaviour)) throw new Error(`--behaviour is one of: ${BEHAVIOURS.join(", ")}`);

const server = await startModelServer({
  behaviour,
  latencyMs: Number(values.latency),
  isRecording: false,
  port: Number(values.port),
  ...(values.times === undefined ? {} : { times: Number(values.times) }),
  ...(values["retry-after"] === undefined ? {} : { retryAfter: values["retry-after"] }),
});
process.stdout.write(`${server.url}\n`);
process.on("SIGTERM", () => void server.stop().then(() => process.exit(0)));

// Node 20 cannot start a worker from TypeScript, so this starts it from the sources, in development and tests.
import { register } from "tsx/esm/api";

register();
if (process.argv[2] === "block-worker") await import("./block-worker.ts");
else await import("./report-worker.ts");

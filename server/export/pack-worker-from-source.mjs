// Node 20 cannot start a worker from TypeScript, so this starts it from the sources, in development and tests.
import { register } from "tsx/esm/api";

register();
await import("./pack-worker.ts");

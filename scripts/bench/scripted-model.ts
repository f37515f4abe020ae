import { startModelServer } from "../../tests/support/model-servers/server.ts";

/** A model server of its own process, which takes 50 ms for a verdict. Prints its address; ends with its parent. */
const server = await startModelServer({ behaviour: "longer wins", latencyMs: 50, isRecording: false });
console.log(server.url);
process.stdin.resume().once("end", () => process.exit(0));

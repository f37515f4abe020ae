// A rendering worker that does harm when a text asks for it: for the tests of the pool.
import process from "node:process";
import { setTimeout } from "node:timers";
import { parentPort, threadId } from "node:worker_threads";

parentPort.on("message", ({ id, texts }) => {
  if (texts.includes("exit")) process.exit(3);
  if (texts.includes("throw")) throw new Error("thrown by a text");
  if (texts.includes("memory")) for (const hoard = []; ;) hoard.push(new Array(1e6).fill(0));
  if (texts.includes("hang")) for (;;);
  if (texts.includes("exit later")) setTimeout(() => process.exit(3));
  const html = texts.map((text) => (text === "thread" ? `thread ${threadId}` : `<p>${text}</p>`));
  parentPort.postMessage({ id, html });
});
parentPort.postMessage("ready");

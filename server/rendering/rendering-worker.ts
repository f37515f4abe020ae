import { parentPort } from "node:worker_threads";
import { renderText } from "./render-text.ts";

/** What the pool sends: a numbered batch. The answer has the same number and one HTML text for each text. */
export interface RenderingRequest {
  id: number;
  texts: string[];
}

/** "ready" once, when requests can be answered; then one answer a request, in the order of the requests. */
export type RenderingReply = "ready" | { id: number; html: string[] };

const port = parentPort;
if (port === null) throw new Error("The rendering worker runs as a worker thread only.");

const reply = (message: RenderingReply): void => port.postMessage(message);

port.on("message", ({ id, texts }: RenderingRequest) => reply({ id, html: texts.map(renderText) }));
reply("ready");

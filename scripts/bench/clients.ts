import http from "node:http";
import type { JudgmentReply, Work } from "../../server/contract/judging.ts";
import { clock } from "./measure.ts";

/** Sends one request of an annotator over a kept connection. */
function post<T>(
  agent: http.Agent,
  to: { origin: string; token: string; path: string },
  body: object,
): Promise<T> {
  const text = JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${to.token}`,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  };
  return new Promise((resolve, reject) => {
    const request = http.request(
      `${to.origin}/api/judge/${to.path}`,
      { agent, method: "POST", headers },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on("data", (chunk: Buffer) => chunks.push(chunk));
        reply.on("end", () => {
          const answer = Buffer.concat(chunks).toString();
          if (reply.statusCode === 200) resolve(JSON.parse(answer) as T);
          else reject(new Error(`${reply.statusCode} ${answer}`));
        });
      },
    );
    request.on("error", reject);
    request.end(text);
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let keys = 0;

/**
 * Annotators who judge through HTTP, one connection each, until `stop` says so. Between two judgments each pauses for
 * about `thinkMs`, so that they do not all come at once.
 * @returns how long each submit-and-top-up took, in milliseconds
 */
export async function judgeOverHttp(
  given: { origin: string; tokens: readonly string[]; thinkMs: number },
  stop: (done: number) => boolean,
): Promise<number[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: given.tokens.length });
  const times: number[] = [];
  await Promise.all(
    given.tokens.map(async (token) => {
      const to = { origin: given.origin, token };
      let work = await post<Work>(agent, { ...to, path: "work" }, { holding: [] });
      while (!stop(times.length) && work.buffer.length > 0) {
        const [assignment, ...holding] = work.buffer;
        const requestKey = `bench-request-${String(++keys).padStart(8, "0")}-${process.pid}`;
        const judgment = { assignment, choice: "left", activeMs: 1000, language: "en", requestKey, holding };
        const start = clock();
        work = (await post<JudgmentReply>(agent, { ...to, path: "judgments" }, judgment)).work;
        times.push(clock() - start);
        if (given.thinkMs > 0) await pause(given.thinkMs * (0.5 + ((times.length * 37) % 100) / 100));
      }
    }),
  );
  agent.destroy();
  return times;
}

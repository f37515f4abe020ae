import path from "node:path";
import { RENDERER_VERSION } from "../../server/rendering/renderer-version.ts";
import { renderText } from "../../server/rendering/render-text.ts";
import { inviteAnnotators } from "../../server/studies/annotators.ts";
import { renderTexts } from "../../server/studies/renderings.ts";
import { changeState, createStudy } from "../../server/studies/study.ts";
import { startServer } from "../../tests/support/server.ts";
import { addMaterial } from "../../tests/support/study.ts";
import { judgeOverHttp } from "./clients.ts";
import { LARGE, makeJudgedStudy } from "./judged-study.ts";
import { clock, type Line, quantile, workFolder } from "./measure.ts";
import { ownerHeaders } from "./owner.ts";
import { benchContext } from "./study.ts";

/** 50 people who answer every 200 ms: 250 judgments a second, many more than people make. */
const THINK_MS = 200;
const PEOPLE = 50;
const ALONE_MS = 6000;

/** How long a judgment takes while the server makes the whole report of a large study, and without that. */
export async function reportBesideBench(): Promise<Line[]> {
  const file = path.join(workFolder(), "study.db");
  await makeJudgedStudy(file, { ...LARGE, judgments: 1_000_000 });
  const tokens = await addLiveStudy(file);
  const env = { DATABASE_URL: file };
  const server = await startServer(env);
  const people = { origin: server.origin, tokens, thinkMs: THINK_MS };
  const until = (end: number) => judgeOverHttp(people, () => clock() > end);
  await until(clock() + ALONE_MS / 2);
  const alone = await until(clock() + ALONE_MS);

  const headers = await ownerHeaders(server.origin, env);
  const start = clock();
  let isMade = false;
  const made = fetch(`${server.origin}/api/studies/s/report?part=full`, { headers })
    .then(async (reply) => {
      if (!reply.ok) throw new Error(await reply.text());
      return reply.arrayBuffer();
    })
    .finally(() => (isMade = true));
  const beside = await judgeOverHttp(people, () => isMade);
  await made;
  const took = clock() - start;
  await server.stop();
  const line = (what: string, q: number, reach: string): Line => ({
    what,
    measured: `${quantile(beside, q).toFixed(1)} ms`,
    limit: `${quantile(alone, q).toFixed(1)} ms without`,
    ratio: (quantile(beside, q) / quantile(alone, q)).toFixed(2),
    reach,
  });
  const seconds = (took / 1000).toFixed(1);
  return [
    line(
      `a judgment at the 99th percentile beside a whole report of 1,000,000 judgments (${seconds} s)`,
      0.99,
      "≤ 2",
    ),
    line("the same at the median", 0.5, "–"),
  ];
}

async function addLiveStudy(file: string): Promise<string[]> {
  const context = await benchContext(file);
  await createStudy(context, { name: "live", target: "t", baselines: ["b"], seed: "live" });
  await addMaterial(context, "live", { prompts: 3000, systems: ["t", "b"] });
  await changeState(context, { study: "live", to: "open", by: "bench" });
  const invitation = { study: "live", group: "crowd", count: PEOPLE, by: "bench" };
  const tokens = (await inviteAnnotators(context, invitation)).map(({ token }) => token);
  const render = async (texts: string[]) => texts.map((text) => renderText(text));
  await renderTexts(context, { version: RENDERER_VERSION, render });
  await context.database.close();
  return tokens;
}

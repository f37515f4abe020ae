import { Command } from "commander";
import { expect, it } from "vitest";
import { verbsFor } from "../../../server/commands/support/verbs.ts";
import { wordsOf } from "../../../server/http/route-words.ts";

const S = "/api/studies/:study";

/** Every command, with the routes that do the same, or why there is none. */
const OVER_HTTP: Readonly<Record<string, readonly string[] | string>> = {
  serve: "is the server",
  "study create": ["POST /api/studies"],
  "study change": [`PATCH ${S}/protocol`],
  "study rules set": [`PATCH ${S}/protocol`],
  "study rules show": [`GET ${S}`],
  "study retention": [`PATCH ${S}/retention`, `GET ${S}/departures`],
  "study delete": [`DELETE ${S}`],
  "study apply": [`GET ${S}`, "POST /api/studies", `PATCH ${S}/systems`, `POST ${S}/uploads/run`],
  "study show": [`GET ${S}`, `GET ${S}/warnings`],
  "study list": ["GET /api/studies"],
  "study preview": [`GET ${S}/preview`],
  "study open": [`POST ${S}/state`],
  "study pause": [`POST ${S}/state`],
  "study amend": [`POST ${S}/amendments`],
  "study reopen": [`POST ${S}/amendments`],
  "study revisions": [`GET ${S}/amendments`],
  "study close": [`POST ${S}/state`],
  compare: "opens the browser of this machine on a study of its own",
  load: [`POST ${S}/uploads`, `POST ${S}/uploads/run`, `POST ${S}/files`, `POST ${S}/prompts`],
  blinding: [`GET ${S}/blinding`, `POST ${S}/blinding`, `POST ${S}/blinding/decisions`],
  unload: [`POST ${S}/unload`],
  rename: [`POST ${S}/rename`],
  "recipe list": [`GET ${S}/uploads`],
  "recipe show": "needs no study: it prints a file of this package",
  "recipe check": "needs no study: it reads a file of this machine",
  "prompts recipes": "needs no study: it lists files of this package",
  "prompts recipe": "needs no study: it prints a file of this package",
  "prompts build": "needs no study: it reads files of this machine and writes a folder",
  "prompts keep": ["POST /api/prompt-sets/:set/versions"],
  "prompts drop": ["POST /api/prompt-sets/:set/drop"],
  "prompts list": ["GET /api/prompt-sets"],
  "prompts show": ["GET /api/prompt-sets/:set"],
  "prompts diff": ["GET /api/prompt-sets/:set/diff"],
  "prompts draw": ["GET /api/prompt-sets/:set/draw", `POST ${S}/prompts`],
  "prompts export": ["GET /api/prompt-sets/:set/export"],
  "prompts delete": ["DELETE /api/prompt-sets/:set"],
  generate: "calls a model server that this machine names, with its key; load what it wrote",
  invite: [`POST ${S}/invite`],
  "platform set": [`POST ${S}/platform`],
  "platform show": [`GET ${S}/platform`],
  "platform import": [`POST ${S}/platform/submissions`],
  "platform remove": [`DELETE ${S}/platform`],
  "entry set": [`POST ${S}/entry`],
  "entry show": [`GET ${S}/entry`],
  "entry remove": [`POST ${S}/entry`],
  links: [
    ...[`GET ${S}/links`, `POST ${S}/links/revoke`, `POST ${S}/links/restore`],
    ...[`POST ${S}/links/replace`, `POST ${S}/links/limit`, `POST ${S}/links/label`],
  ],
  watch: ["GET /api/today", `GET ${S}/annotators`, `GET ${S}/pace`],
  messages: [`GET ${S}/messages`],
  "messages reply": [`POST ${S}/messages`],
  notes: [`GET ${S}/notes`],
  "notes add": [`GET ${S}/comparisons`, `POST ${S}/comparisons/:id/notes`],
  "notes adjudicate": [`GET ${S}/comparisons`, `POST ${S}/comparisons/:id/adjudication`],
  judge: [
    ...[`POST ${S}/judge-runs`, `GET ${S}/judge-runs`, `POST ${S}/judge-runs/:id/stop`],
    ...[`GET ${S}/judge-calls`, `GET ${S}/judge-calls/:id`],
  ],
  report: [`GET ${S}/report/:format`, `POST ${S}/snapshots`, `POST ${S}/verify`, `POST ${S}/look`],
  plan: ["GET /api/plan"],
  review: [`GET ${S}/quality`, `GET ${S}/signs`, `POST ${S}/reviews`],
  exclude: [`GET ${S}/exclusions`, `POST ${S}/exclusions`, `POST ${S}/exclusions/lift`],
  "annotator list": [`GET ${S}/departures`],
  "annotator done": [`POST ${S}/departures/done`],
  "annotator withdraw": [`POST ${S}/withdraw`],
  "annotator erase": [`POST ${S}/erase`],
  export: [`GET ${S}/export`, `GET ${S}/pack`, `GET ${S}/payments`, `GET ${S}/records/:what`],
  backup: "writes the whole database, which is for who has the machine",
  restore: "writes the whole database, which is for who has the machine",
  "demo simulated": "is for trying Tiebreak on one's own machine",
  "demo lima": "is for trying Tiebreak on one's own machine",
  "token create": ["POST /api/tokens"],
  "token list": ["GET /api/tokens"],
  "token revoke": ["DELETE /api/tokens/:id"],
  audit: ["GET /api/audit"],
  "owner-link": "is for who has the machine, to get in at all",
};

function names(command: Command, before = ""): string[] {
  const name = `${before}${command.name()}`;
  const below = command.commands.flatMap((one) => names(one, `${name} `));
  const acts = command.registeredArguments.length > 0 || below.length === 0;
  return [...(acts ? [name] : []), ...below];
}

it("does over HTTP what each command does, or has a reason why not", async () => {
  const program = new Command("tiebreak");
  for (const add of await verbsFor([])) add(program);
  const all = program.commands.flatMap((command) => names(command));
  expect(all.sort()).toEqual(Object.keys(OVER_HTTP).sort());
  for (const routes of Object.values(OVER_HTTP)) {
    if (typeof routes === "string") continue;
    for (const route of routes) {
      const [method, url] = route.split(" ") as [string, string];
      expect(() => wordsOf(method, url), route).not.toThrow();
    }
  }
});

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prepare, tiebreakInProcess } from "../../support/in-process.ts";
import { listeningApp } from "../../support/listening-app.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-remote-"));
let server: Awaited<ReturnType<typeof listeningApp>>;

beforeAll(async () => {
  server = await listeningApp();
});
afterAll(() => server.close());

const written = (name: string, rows: readonly object[]): string => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return file;
};

it("goes from files to a report and an export on a server elsewhere, and refuses what needs the database", async () => {
  const env = { TIEBREAK_TOKEN: server.token };
  const remote = ["--server", server.origin];
  const ids = ["a", "b", "c"];
  const prompts = written(
    "prompts.jsonl",
    ids.map((id) => ({ prompt_id: id, prompt: `Say ${id}.` })),
  );
  const [ours, theirs] = ["ours", "theirs"].map((system) =>
    written(
      `${system}.jsonl`,
      ids.map((id) => ({ prompt_id: id, text: `${system} on ${id}` })),
    ),
  ) as [string, string];
  const votes = written("votes.jsonl", [
    { prompt_id: "a", left_system: "ours", right_system: "theirs", choice: "left", annotator: "ann" },
  ]);
  const group = "crowd,judgments=1";
  await prepare(
    ["study", "create", "s", "--target", "ours", "--baseline", "theirs", "--group", group, ...remote],
    env,
  );
  await prepare(["load", "s", prompts, `${ours}:output=text`, `${theirs}:output=text`, ...remote], env);
  expect(await prepare(["study", "open", "s", ...remote], env)).toContain("3 judgments are needed");
  await prepare(["load", "s", votes, "--group", "authors:author", ...remote], env);
  const { links } = JSON.parse(await prepare(["invite", "s", "--count", "2", "--json", ...remote], env)) as {
    links: { url: string }[];
  };
  expect(links.map(({ url }) => url.startsWith(server.origin))).toEqual([true, true]);
  const csv = path.join(folder, "s.csv");
  await prepare(["export", "s", "--as", "csv", "--out", csv, ...remote], env);
  expect(fs.readFileSync(csv, "utf8").split("\n")).toHaveLength(3);
  expect(await prepare(["report", "s", "--format", "latex", ...remote], env)).toContain("\\begin{tabular}");
  expect(await tiebreakInProcess(["unload", "s", "1", ...remote], env)).toMatchObject({ code: 2 });
  const none = await tiebreakInProcess(["invite", "none", "--json", ...remote], env);
  expect([none.code, JSON.parse(none.stdout)]).toMatchObject([2, { error: "StudyNotFound" }]);
  const unsigned = await tiebreakInProcess(["study", "open", "s", "--json", ...remote], {
    TIEBREAK_TOKEN: "",
  });
  expect(JSON.parse(unsigned.stdout)).toMatchObject({ error: "TokenNeeded" });
});

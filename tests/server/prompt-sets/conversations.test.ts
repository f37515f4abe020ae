import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Candidate } from "../../../server/prompt-sets/candidate.ts";
import { readConversations } from "../../../server/prompt-sets/sources/conversations.ts";
import { fileInput } from "../../../server/prompt-sets/sources/input.ts";
import { SourceTally } from "../../../server/prompt-sets/sources/tally.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebreak-conversations-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function read(rows: readonly unknown[]): Promise<{ all: Candidate[]; tally: SourceTally }> {
  const file = path.join(folder, "chats.jsonl");
  fs.writeFileSync(file, rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n"));
  const tally = new SourceTally();
  const all: Candidate[] = [];
  for await (const one of readConversations([fileInput(file, "chats.jsonl")], tally)) all.push(one);
  return { all, tally };
}

const said = (role: string, content: string, more = {}) => ({ role, content, ...more });

test("reads WildChat's rows: first message and first reply, without who and where", async () => {
  const row = {
    ...{
      conversation_hash: "h2",
      model: "gpt-x",
      language: "English",
      turn: 2,
      toxic: true,
      redacted: false,
    },
    ...{ country: "Utopia", state: "North", hashed_ip: "ip5", header: { "user-agent": "browser9" } },
    conversation: [
      said("user", "Why rest?", { language: "French", toxic: false, redacted: true, country: "Utopia" }),
      said("assistant", "It relaxes.", { toxic: false }),
      said("user", "And then?", { toxic: true }),
    ],
    openai_moderation: [
      { flagged: false, categories: { violence: false } },
      { flagged: true, categories: { violence: true, hate: false } },
      { flagged: true, categories: { hate: true } },
    ],
  };
  const { all, tally } = await read([
    row,
    row,
    { ...row, conversation_hash: "h3", conversation: [said("assistant", "Hello.")] },
    { ...row, conversation_hash: "h1", conversation: [said("user", "Alone.")], openai_moderation: [] },
    "no JSON",
    { conversation: [] },
  ]);
  expect(all.map(({ id }) => id)).toEqual(["h1", "h2"]);
  expect(all[0]).toMatchObject({ language: "en", unsafe: ["marked as toxic"], texts: { response: null } });
  expect(all[1]).toMatchObject({
    ...{
      group: "fr",
      language: "fr",
      unsafe: ["moderation: violence"],
      texts: { prompt: "Why rest?", response: "It relaxes." },
    },
    changes: [{ of: "prompt", words: "only the first turn of the conversation" }],
    flags: [{ by: "source", what: "parts were replaced by its publisher" }],
    authors: [{ of: "response", name: "gpt-x" }],
  });
  expect(JSON.stringify(all)).not.toMatch(/Utopia|North|ip5|browser9/);
  expect(Object.fromEntries(tally.notTaken)).toEqual({
    "the same conversation again": 1,
    "without a message of the user": 1,
  });
  expect(tally.unreadable).toBe(2);
  expect(tally.rows).toBe(6);
});

test("reads LMSYS-Chat's rows, whose marks are of the whole conversation", async () => {
  const { all } = await read([
    {
      ...{ conversation_id: "c1", model: "m", language: "unknown", turn: 1, redacted: true },
      conversation: [said("user", "Hi, I am NAME_1."), said("assistant", "Hello.")],
      openai_moderation: [
        { flagged: true, categories: {} },
        { flagged: false, categories: {} },
      ],
    },
  ]);
  expect(all).toMatchObject([
    { id: "c1", group: "no language", language: null, unsafe: ["moderation: flagged"], changes: [] },
  ]);
  expect(all[0]!.flags).toHaveLength(1);
});

test("reads OASST's messages in any order: prompts with their best-ranked reply", async () => {
  const message = (id: string, parent: string | null, more = {}) => ({
    ...{
      message_id: id,
      parent_id: parent,
      user_id: "u7",
      text: `Text ${id}`,
      lang: "pt-BR",
      deleted: false,
    },
    ...{ role: parent === null ? "prompter" : "assistant", review_result: true, ...more },
  });
  const { all, tally } = await read([
    message("r1", "p1", { rank: 1 }),
    message("r2", "p1", { rank: 0 }),
    message("r3", "p1", { rank: null }),
    message("p1", null, { detoxify: { toxicity: 0.5 } }),
    message("p2", null, { detoxify: { toxicity: 0.49 } }),
    message("p3", null, { deleted: true }),
    message("p4", null, { review_result: false }),
    message("q1", "r2", { role: "prompter" }),
    { message_id: "x" },
  ]);
  expect(all.map(({ id, texts, language, unsafe }) => [id, texts.response, language, unsafe])).toEqual([
    ["p1", "Text r2", "pt", ["toxicity of 0.5 or more by Detoxify"]],
    ["p2", null, "pt", []],
  ]);
  expect(JSON.stringify(all)).not.toContain("u7");
  expect(Object.fromEntries(tally.notTaken)).toEqual({
    ...{ replies: 4, deleted: 1, "rejected by its reviewers": 1 },
  });
  expect(tally.unreadable).toBe(1);
});

test("refuses rows of another shape", async () => {
  await expect(read([{ messages: [said("user", "Hi")] }])).rejects.toThrow(
    /chats.jsonl, row 1: it has no conversation_hash or conversation_id, so it is neither of WildChat's shape/,
  );
});

import { type Author, candidate, type Candidate } from "../candidate.ts";
import { BuildRefused } from "../errors.ts";
import { Spool, type Spooled } from "../spool.ts";
import { languageCode } from "../steps/language.ts";
import type { Input } from "./input.ts";
import { textIn } from "./json-lines.ts";
import type { KeptConversation } from "./kept-conversation.ts";
import { OasstMessages } from "./oasst-messages.ts";
import { fileRows } from "./raw-file-rows.ts";
import type { SourceTally } from "./tally.ts";

type Row = Readonly<Record<string, unknown>>;

/**
 * Conversations of people with models: the rows of WildChat and LMSYS-Chat (one conversation each), and the messages of OASST (one
 * message each). The first message of the user is the prompt, the first reply of the model the response. Where people were, their
 * addresses and their browsers are not kept.
 * @throws BuildRefused where a file holds neither
 */
export async function* readConversations(
  inputs: readonly Input[],
  tally: SourceTally,
): AsyncGenerator<Candidate> {
  const spool = new Spool();
  try {
    const known = new Map<string, Spooled>();
    const messages = new OasstMessages(spool, tally);
    for (const input of inputs)
      for await (const rows of fileRows(input))
        for (const row of rows) {
          if ("remark" in row) tally.remark(input.name, row.remark.message);
          else {
            tally.rows++;
            if ("problem" in row)
              tally.fault({ file: input.name, line: row.problem.row, why: row.problem.message });
            else if ("message_id" in row.fields) messages.add(row.fields, { file: input.name, line: row.at });
            else addRow(row.fields, { file: input.name, line: row.at, spool, tally, known });
          }
        }
    messages.finish(known);
    for (const id of [...known.keys()].sort())
      yield candidateOf(JSON.parse(spool.read(known.get(id)!)) as KeptConversation);
  } finally {
    spool.close();
  }
}

function addRow(
  row: Row,
  given: { file: string; line: number; spool: Spool; tally: SourceTally; known: Map<string, Spooled> },
): void {
  const { file, line, spool, tally, known } = given;
  const id = textIn(row, "conversation_hash") ?? textIn(row, "conversation_id");
  const messages = Array.isArray(row.conversation) ? row.conversation.map(objectOf) : null;
  if (id === null || messages === null) {
    if (known.size === 0)
      throw new BuildRefused(
        `${file}, row ${line}: it has no ${id === null ? "conversation_hash or conversation_id" : "conversation with messages"}, so it is ` +
          "neither of WildChat's shape, nor of LMSYS-Chat's, nor a message of OASST. Other conversations are read as “kind: prompts”.",
      );
    return tally.fault({ file, line, why: `has no ${id === null ? "id" : "conversation"}` });
  }
  const asked = messages.findIndex(({ role }) => role === "user");
  const prompt = asked < 0 ? null : textIn(messages[asked]!, "content");
  if (prompt === null) return tally.leave("without a message of the user");
  if (known.has(id)) return tally.leave("the same conversation again");
  const replied = messages[asked + 1]?.role === "assistant" ? asked + 1 : -1;
  const own = [asked, replied].filter((at) => at >= 0);
  const kept: KeptConversation = {
    ...{ id, prompt, response: replied < 0 ? null : textIn(messages[replied]!, "content") },
    language: languageOf(textIn(messages[asked]!, "language") ?? textIn(row, "language")),
    model: textIn(row, "model"),
    unsafe: unsafeIn(row, messages, own),
    isRedacted: own.some((at) => flagOf(messages[at]!, row, "redacted")),
    isLonger: messages.some((message, at) => message.role === "user" && at > asked),
  };
  known.set(id, spool.add(JSON.stringify(kept)));
}

const objectOf = (value: unknown): Row => (typeof value === "object" && value !== null ? (value as Row) : {});

/** Of the message, or where it has none of its own, of the whole conversation. */
const flagOf = (message: Row, row: Row, name: string): boolean =>
  typeof message[name] === "boolean" ? message[name] : row[name] === true;

/** “unknown” is none. */
function languageOf(name: string | null): string | null {
  const code = name === null ? null : languageCode(name);
  return code === "und" ? null : code;
}

/** What moderation found in the messages at these places. */
function unsafeIn(row: Row, messages: readonly Row[], own: readonly number[]): string[] {
  const found = new Set<string>();
  const moderated = Array.isArray(row.openai_moderation) ? row.openai_moderation : [];
  for (const at of own) {
    if (flagOf(messages[at]!, row, "toxic")) found.add("marked as toxic");
    const { flagged, categories } = objectOf(moderated[at]);
    if (flagged !== true) continue;
    const names = Object.entries(objectOf(categories)).filter(([, is]) => is === true);
    for (const [name] of names) found.add(`moderation: ${name}`);
    if (names.length === 0) found.add("moderation: flagged");
  }
  return [...found];
}

function candidateOf(kept: KeptConversation): Candidate {
  const { id, prompt, response, language, model, unsafe } = kept;
  const author: Author[] =
    model === null || response === null ? [] : [{ of: "response", name: model, url: null, licence: null }];
  return candidate({
    ...{ id, language, unsafe, authors: author },
    group: language ?? "no language",
    texts: { title: prompt, prompt, response },
    flags: kept.isRedacted ? [{ by: "source", what: "parts were replaced by its publisher" }] : [],
    changes: kept.isLonger ? [{ of: "prompt", words: "only the first turn of the conversation" }] : [],
  });
}

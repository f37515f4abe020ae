import type { Command } from "commander";
import type { ConfigInput } from "../config.ts";
import { answerRequestSchema, type StudyMessages } from "../contract/remarks.ts";
import { answer, studyMessages } from "../messages/for-owner.ts";
import { ProtocolWrong } from "../studies/errors.ts";
import { faultsIn } from "./support/protocol-flags.ts";
import { onEither, studyPath } from "./support/remote-server.ts";
import { print } from "./support/run.ts";

interface MessagesFlags extends ConfigInput {
  readonly to?: string;
  readonly json?: boolean;
}

const HELP = `
Example:
  npx tiebreak messages haiku`;

const REPLY_HELP = `
Example:
  npx tiebreak messages reply haiku --to annotator-7 "Thank you. The picture is loaded now."`;

/** `messages STUDY`, and `messages reply STUDY`. */
export function messagesCommand(program: Command): void {
  const messages = program
    .command("messages <study>")
    .description("list what annotators wrote to you and your answers, and what they guessed; reply to one")
    .addHelpText("after", HELP)
    .action(async (study: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<MessagesFlags>();
      const messages = await onEither<StudyMessages>(flags, {
        there: (server) => server.whole(studyPath(study, "messages"), "messages"),
        here: ({ context }) => studyMessages(context, study),
      });
      show(messages, flags);
    });
  messages
    .command("reply <study> <text>")
    .description("answer an annotator, who reads it on their page")
    .requiredOption("--to <annotator>", "whom: the name in the list")
    .addHelpText("after", REPLY_HELP)
    .action(async (study: string, text: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<MessagesFlags>();
      const parsed = answerRequestSchema.safeParse({ annotator: flags.to, text });
      if (!parsed.success) throw new ProtocolWrong(faultsIn(parsed.error));
      const messages = await onEither<StudyMessages>(flags, {
        there: (server) => server.post(studyPath(study, "messages"), parsed.data),
        here: ({ context }) => answer(context, { study, ...parsed.data }),
      });
      show(messages, flags);
    });
}

function show(all: StudyMessages, { json }: MessagesFlags): void {
  if (json) return print(JSON.stringify(all));
  const lines = all.messages.map(({ annotator, fromOwner, text, at }) =>
    [
      `${at.slice(0, 16).replace("T", " ")}  ${fromOwner ? `you to ${annotator}` : annotator}`,
      indented(text),
    ].join("\n"),
  );
  const guesses = all.guesses.map(
    ({ annotator, couldTell, text }) =>
      `${annotator} could tell the systems: ${couldTell}${text === null ? "" : `\n${indented(text)}`}`,
  );
  const waiting = all.waiting > 0 ? [`Without an answer: ${all.waiting}.`] : [];
  const none = all.messages.length === 0 ? ["No messages."] : [];
  print([...none, ...lines, ...waiting, ...guesses].join("\n\n"));
}

const indented = (text: string): string => text.replace(/^/gm, "  ");

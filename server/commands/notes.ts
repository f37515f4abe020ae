import type { Command } from "commander";
import type { z } from "zod";
import type { ConfigInput } from "../config.ts";
import {
  adjudicateRequestSchema,
  type ComparisonQuery,
  comparisonQuerySchema,
  noteRequestSchema,
  type StudyNotes,
  type WrittenOn,
} from "../contract/judged.ts";
import { adjudicate, writeNote } from "../drill-down/notes.ts";
import { comparisonNamed, studyNotes } from "../drill-down/study-notes.ts";
import { withoutControls } from "../report-document/write/plain-text.ts";
import { ProtocolWrong } from "../studies/errors.ts";
import { faultsIn } from "./support/protocol-flags.ts";
import { onEither, studyPath } from "./support/remote-server.ts";
import { print } from "./support/run.ts";

interface NotesFlags extends ConfigInput {
  readonly prompt?: string;
  readonly turn?: string;
  readonly system?: string;
  readonly against?: string;
  readonly better?: string;
  readonly json?: boolean;
}

const AUTHOR = { accountId: null, mayAdjudicate: true, isOwner: true, name: "command line" };
const HELP = `
Example:
  npx tiebreak notes haiku`;
const ADD_HELP = `
Example:
  npx tiebreak notes add haiku "The second answer is cut off." --prompt p1`;
const ADJUDICATE_HELP = `
Example:
  npx tiebreak notes adjudicate haiku "Only this one has three lines." --prompt p1 --better ours`;

/** `notes STUDY`, `notes add STUDY` and `notes adjudicate STUDY`. */
export function notesCommand(program: Command): void {
  const notes = program
    .command("notes <study>")
    .description("list the notes and adjudicated answers of the reading room; add to them")
    .addHelpText("after", HELP)
    .action(async (study: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<NotesFlags>();
      const all = await onEither<StudyNotes>(flags, {
        there: (server) => server.whole(studyPath(study, "notes"), "notes"),
        here: ({ context }) => studyNotes(context, study),
      });
      print(flags.json ? JSON.stringify(all) : listed(all));
    });
  ofComparison(notes.command("add <study> <text>"))
    .description("write a note on a comparison")
    .addHelpText("after", ADD_HELP)
    .action(async (study: string, text: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<NotesFlags>();
      const body = checked(noteRequestSchema, { text });
      tell(await written(study, flags, { what: "notes", body, here: writeNote }), flags);
    });
  ofComparison(notes.command("adjudicate <study> <reason>"))
    .description("record what you decided about a comparison, which is in no figure")
    .requiredOption("--better <system>", "the better system, as the report names it, or “neither”")
    .addHelpText("after", ADJUDICATE_HELP)
    .action(async (study: string, reason: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<NotesFlags>();
      const better = flags.better === "neither" ? null : flags.better;
      const body = checked(adjudicateRequestSchema, { better, reason });
      tell(await written(study, flags, { what: "adjudication", body, here: adjudicate }), flags);
    });
}

const ofComparison = (command: Command): Command =>
  command
    .requiredOption("--prompt <id>", "its prompt")
    .option("--system <name>", "one of its systems, where the prompt has several comparisons")
    .option("--against <name>", "the other one")
    .option("--turn <number>", "its turn, where turns are judged one by one");

type OnComparison = Pick<Parameters<typeof writeNote>[1], "study" | "comparison" | "author">;
type Here<Body> = (
  context: Parameters<typeof writeNote>[0],
  given: OnComparison & Body,
) => Promise<WrittenOn>;

/** Writes about the comparison that the flags name, here or on a server. */
async function written<Body extends object>(
  study: string,
  { prompt, turn, system, against, ...flags }: NotesFlags,
  { what, body, here }: { what: string; body: Body; here: Here<Body> },
): Promise<WrittenOn> {
  const query: ComparisonQuery = checked(comparisonQuerySchema, { prompt, turn, system, against });
  return onEither<WrittenOn>(flags, {
    there: async (server) => {
      const asked = { ...query, turn };
      const { id } = await server.json<{ id: number }>(studyPath(study, "comparisons"), { query: asked });
      return server.post(studyPath(study, "comparisons", String(id), what), body);
    },
    here: async ({ context }) => {
      const { id } = await comparisonNamed(context, study, query);
      return here(context, { study, comparison: id, author: AUTHOR, ...body });
    },
  });
}

/** @throws ProtocolWrong */
function checked<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new ProtocolWrong(faultsIn(parsed.error));
  return parsed.data;
}

function tell({ adjudicated, notes }: WrittenOn, { json }: NotesFlags): void {
  if (json) return print(JSON.stringify({ adjudicated, notes }));
  const count = notes?.length ?? 0;
  print(
    `Recorded. This comparison has ${adjudicated ? "an adjudicated answer" : "no adjudicated answer"} and ${count} ${count === 1 ? "note" : "notes"}.`,
  );
}

function listed({ notes }: StudyNotes): string {
  if (notes.length === 0) return "No notes and no adjudicated answers.";
  return withoutControls(notes)
    .map(({ kind, prompt, turn, systems, better, text, by, at }) => {
      const where = `${prompt}${turn === 0 ? "" : `, turn ${turn}`}: ${systems.join(" and ")}`;
      const answer = kind === "note" ? "note" : `adjudicated: ${better ?? "neither"}`;
      return `${where}\n  ${answer} (${by}, ${at.slice(0, 16).replace("T", " ")})\n${text.replace(/^/gm, "  ")}`;
    })
    .join("\n\n");
}

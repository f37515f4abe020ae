import { isDeepStrictEqual } from "node:util";
import { type Command, Option } from "commander";
import type { ConfigInput } from "../config.ts";
import type { Decision, Quality, SignsOfAnnotator, SignsReply } from "../contract/quality.ts";
import { ReviewWrong } from "../quality/errors.ts";
import { qualityOf } from "../quality/quality.ts";
import { decide } from "../quality/reviews.ts";
import { signsOf } from "../quality/signs-of-study.ts";
import { qualityLines, signLines } from "./support/quality-text.ts";
import { onEither, studyPath } from "./support/remote-server.ts";
import { print, printSaid } from "./support/run.ts";

interface ReviewFlags extends ConfigInput {
  readonly annotator?: string;
  readonly end?: string;
  readonly goOn?: boolean;
  readonly json?: boolean;
}

const BY = "command line";

export function reviewCommand(program: Command): void {
  program
    .command("review <study>")
    .description("look at what rules found about annotators, and decide whether they go on")
    .option("--annotator <name>", "annotator to decide about")
    .addOption(new Option("--end <reason>", "end their part, with the reason").conflicts("goOn"))
    .option("--go-on", "let them go on; also undoes an end")
    .addHelpText(
      "after",
      `
Ending frees the pairs that they hold. What they judged stays in the figures (exclude takes it out) and is paid.

Examples:
  npx tiebreak review haiku
  npx tiebreak review haiku --annotator annotator-7 --go-on
  npx tiebreak review haiku --annotator annotator-7 --end "missed every gold pair"`,
    )
    .action(async (study: string, _flags: unknown, command: Command) =>
      review(study, command.optsWithGlobals<ReviewFlags>()),
    );
}

async function review(study: string, flags: ReviewFlags): Promise<void> {
  const { annotator, end, goOn = false } = flags;
  const decision: Decision | null = end !== undefined ? "end" : goOn ? "go on" : null;
  if ((annotator === undefined) !== (decision === null))
    throw new ReviewWrong("Decide with --annotator NAME and one of --go-on and --end REASON.");
  if (annotator === undefined || decision === null) {
    const { quality, signs } = await found(study, flags);
    if (flags.json) return print(JSON.stringify({ ...quality, signs }));
    return printSaid([qualityLines(quality), ...signLines(signs)].join("\n"));
  }
  const asked = { annotator, decision, reason: end };
  const changed = await onEither(flags, {
    there: async (server) => {
      const before = await server.whole<Quality>(studyPath(study, "quality"), "triggers");
      const after = await server.post<Quality>(studyPath(study, "reviews"), asked);
      return !isDeepStrictEqual(before, after);
    },
    here: ({ context }) => decide(context, { study, ...asked, by: BY }),
  });
  if (flags.json) return print(JSON.stringify({ annotator, decision, changed }));
  const said = decision === "end" ? `${annotator}: their part has ended.` : `${annotator} goes on.`;
  print(changed ? said : `Nothing to do: ${annotator} unchanged.`);
}

const found = (study: string, flags: ReviewFlags): Promise<{ quality: Quality; signs: SignsOfAnnotator[] }> =>
  onEither(flags, {
    there: async (server) => ({
      quality: await server.whole<Quality>(studyPath(study, "quality"), "triggers"),
      signs: (await server.whole<SignsReply>(studyPath(study, "signs"), "annotators")).annotators,
    }),
    here: async ({ context }) => ({
      quality: await qualityOf(context, study),
      signs: await signsOf(context, study),
    }),
  });

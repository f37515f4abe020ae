import type { Context } from "../../context.ts";
import { TiebreakError } from "../../contract/errors.ts";
import { LOOK_SPENDS, takeLook } from "../../reports/take-look.ts";
import { confirmName } from "./confirm-name.ts";
import { type RemoteServer, studyPath } from "./remote-server.ts";
import { say } from "./run.ts";

interface LookTaken {
  readonly snapshot: number | null;
}

interface Given {
  readonly study: string;
  /** The study's name, where `--yes` has it. */
  readonly yes: string | undefined;
  readonly onBlock: (done: number, of: number) => void;
}

/** Takes the next look of a study in this database, once its name is typed. */
export async function lookHere(context: Context, { study, yes, onBlock }: Given): Promise<void> {
  const confirm = () => confirmLook(study, yes);
  sayLook(await takeLook(context, { study, by: "command line", onBlock, confirm }));
}

/** Takes the next look at a server, which wants the name only where a look is spent: not for one that is at hand. */
export async function lookThere(server: RemoteServer, study: string, yes: string | undefined): Promise<void> {
  const take = (body: object) => server.post<LookTaken>(studyPath(study, "look"), body);
  try {
    sayLook(await take({}));
  } catch (error) {
    if (!(error instanceof TiebreakError) || error.name !== "NameNotConfirmed") throw error;
    await confirmLook(study, yes);
    sayLook(await take({ confirm: study }));
  }
}

const confirmLook = (study: string, yes: string | undefined): Promise<void> =>
  confirmName(study, { yes, to: "take the look", nothing: "No look was taken.", means: LOOK_SPENDS });

function sayLook({ snapshot }: LookTaken): void {
  if (snapshot !== null) say(`The report of this look is kept as snapshot ${snapshot}.`);
}

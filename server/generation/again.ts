import type { Context } from "../context.ts";
import { requireStudy } from "../studies/store.ts";
import { checkResponses } from "./check.ts";
import { GenerationWrong } from "./errors.ts";
import { answeredOf, type Unanswered } from "./missing.ts";

/** Responses to be generated anew, and the ones that stay since somebody was shown them. */
export interface Again {
  readonly jobs: readonly Unanswered[];
  readonly shown: readonly Unanswered[];
}

const A_PAGE = 200;

/**
 * The prompts whose stored responses of a system are to be generated anew: those that are named, else those in whose
 * responses a check finds a fault.
 * @throws StudyNotFound, GenerationWrong where a prompt is named to which the system has no response
 */
export async function againOf(
  context: Context,
  { study, system, prompts }: { study: string; system: string; prompts: readonly string[] },
): Promise<Again> {
  const names = prompts.length > 0 ? [...new Set(prompts)] : await faultyIn(context, { study, system });
  const found: (Unanswered & { readonly isShown: boolean })[] = [];
  for (let at = 0; at < names.length; at += A_PAGE)
    found.push(
      ...(await context.database.read(async (reader) => {
        const { id: studyId } = await requireStudy(reader, study);
        return answeredOf(reader, { studyId, system }, names.slice(at, at + A_PAGE));
      })),
    );
  const missing = names.filter((name) => !found.some((one) => one.name === name));
  if (missing.length > 0)
    throw new GenerationWrong(
      `${system} has no response to the prompt ${missing[0]}, so there is none to replace.`,
    );
  return { jobs: found.filter(({ isShown }) => !isShown), shown: found.filter(({ isShown }) => isShown) };
}

async function faultyIn(context: Context, of: { study: string; system: string }): Promise<string[]> {
  const { found } = await checkResponses(context, of);
  return found.map(({ prompt }) => prompt);
}

import type { Context } from "../../context.ts";
import { startRenderer } from "../../rendering/rendering-pool.ts";
import { RENDERER_VERSION } from "../../rendering/renderer-version.ts";
import { rendererWorkerUrl } from "../../rendering/worker-url.ts";
import { renderTexts } from "../../studies/renderings.ts";
import { changeState } from "../../studies/study.ts";
import { requireStudy } from "../../studies/store.ts";
import { ProgressLine } from "./progress-line.ts";
import { type Invocation, say } from "./run.ts";
import { Stopped, STOPPED_EXIT, stoppable } from "./stoppable.ts";

const STOPPING = {
  first: "Stopping after the current step …",
  second: "Stopped at once. Run the same command again to go on.",
};

/**
 * Opens a study and renders its texts, with a line of progress; Ctrl-C stops it.
 * @returns false where it was stopped, which standard error and the exit code say
 */
export async function openStudy({ context }: Invocation, study: string): Promise<boolean> {
  const line = new ProgressLine();
  try {
    await stoppable(STOPPING, async (checkpoint) => {
      const show = (what: string, unit: string) => (done: number, of: number) => {
        checkpoint();
        line.show({ what, done, of, unit });
      };
      const onAllotted = show("Making pairs", "prompts");
      await changeState(context, { study, to: "open", by: "command line", onAllotted });
      await renderAll(context, show("Rendering", "texts"));
    });
    return true;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    const { state } = await context.database.read((reader) => requireStudy(reader, study));
    line.clear();
    say(
      state === "open" ? STOPPED_RENDERING : `Stopped. ${study} is still a ${state}: open it again to go on.`,
    );
    process.exitCode = STOPPED_EXIT;
    return false;
  } finally {
    line.clear();
  }
}

const STOPPED_RENDERING =
  "Stopped. The study is open; a server renders the remaining texts, and so does this command when it is run again.";

/** A server on the same database renders the texts too; rendering them here as well is harmless, and sooner done. */
async function renderAll(context: Context, onProgress: (done: number, of: number) => void): Promise<void> {
  const pool = startRenderer({ workerUrl: rendererWorkerUrl() });
  try {
    const render = (texts: string[]) => pool.render(texts);
    await renderTexts(context, { version: RENDERER_VERSION, render }, { onProgress });
  } finally {
    await pool.close();
  }
}

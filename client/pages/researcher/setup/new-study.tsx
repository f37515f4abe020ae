import "./setup.css";
import type { StudySummary } from "../../../../server/contract/studies.ts";
import { words } from "../../../words/dashboard.ts";
import { goToStudy } from "../address.ts";
import { CommandLine } from "../command-line.tsx";
import { Failure } from "../failure.tsx";
import { ownerApi } from "../owner-api.ts";
import { useAction } from "../use-action.ts";
import { DropZone } from "./drop-zone.tsx";
import type { GivenFile } from "./dropped-files.ts";
import { uploadQueue } from "./upload-queue.ts";

const text = words.setup;

/** Makes a draft of files, or without, and goes to its page. */
function useNewStudy(studies: readonly StudySummary[]) {
  const { working, refused, run } = useAction();
  const make = (files: readonly GivenFile[]) =>
    run(async () => {
      const { name } = await ownerApi.create(freeName(files, studies));
      uploadQueue.add(name, files);
      goToStudy(name);
    });
  return { working, refused, make };
}

/** Named after the folder, if it was one. */
function freeName(files: readonly GivenFile[], studies: readonly StudySummary[]): string {
  const folders = new Set(files.map(({ name }) => (name.includes("/") ? (name.split("/")[0] ?? "") : "")));
  const folder = folders.size === 1 ? [...folders].join("") : "";
  const wanted = folder.replace(/[^\p{L}\p{N}._()+-]+/gu, "-").slice(0, 90);
  const base = /^[\p{L}\p{N}]/u.test(wanted) ? wanted : text.plainName;
  const isFree = (name: string) => studies.every((study) => study.name !== name);
  for (let i = 1; ; i++) {
    const name = i === 1 ? base : `${base}-${i}`;
    if (isFree(name)) return name;
  }
}

/** The button above the list. */
export function NewStudyButton({ studies }: { studies: readonly StudySummary[] }) {
  const { working, refused, make } = useNewStudy(studies);
  return (
    <>
      <button type="button" class="primary" disabled={working} onClick={() => make([])}>
        {text.newStudy}
      </button>
      <Failure refused={refused} />
    </>
  );
}

/** Below the list: files dropped here make another study. */
export function NewStudyZone({ studies }: { studies: readonly StudySummary[] }) {
  const { refused, make } = useNewStudy(studies);
  return (
    <div class="new-study">
      <DropZone onFiles={make}>
        <p>{text.begin.another}</p>
      </DropZone>
      <Failure refused={refused} />
    </div>
  );
}

/** Where there is no study: how to begin, with an example of a file. */
export function FirstStudy() {
  const { working, refused, make } = useNewStudy([]);
  const { title, how, without, example, exampleMeans, terminal } = text.begin;
  return (
    <section class="first-study">
      <DropZone onFiles={make}>
        <h2>{title}</h2>
        <p>{how}</p>
      </DropZone>
      <p>
        <button type="button" class="plain" disabled={working} onClick={() => make([])}>
          {without}
        </button>
      </p>
      <Failure refused={refused} />
      <h3>{example}</h3>
      <pre tabIndex={0}>
        <code>{words.noStudies.example}</code>
      </pre>
      <p class="quiet">{exampleMeans}</p>
      <details>
        <summary>{terminal}</summary>
        {words.noStudies.commands.map((command) => (
          <CommandLine key={command} command={command} />
        ))}
      </details>
    </section>
  );
}

import { useEffect, useRef, useState } from "preact/hooks";
import type { StudyDetail } from "../../../../server/contract/studies.ts";
import type { Uploads } from "../../../../server/contract/uploads.ts";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { Loads } from "../loads.tsx";
import { ownerApi, type Refused } from "../owner-api.ts";
import { Section } from "../section.tsx";
import { asRefused, useLoaded } from "../use-loaded.ts";
import { alikeFiles } from "./alike-files.ts";
import { CheckResult } from "./check-result.tsx";
import { DropZone } from "./drop-zone.tsx";
import type { GivenFile } from "./dropped-files.ts";
import { FileGroup } from "./file-group.tsx";
import { SendingFiles } from "./sending-files.tsx";
import { uploadQueue, useSending } from "./upload-queue.ts";
import { uploadsApi } from "./uploads-api.ts";

const text = words.setup;

interface StepProps {
  study: StudyDetail;
  changed: (study: StudyDetail) => void;
}

/** The files of a draft, and below them what is loaded already. */
export function FilesStep(given: StepProps) {
  const loads = given.study.loads.filter(({ state }) => state === "published" || state === "failed");
  return (
    <Section name="files">
      <UploadFiles {...given} />
      {loads.length > 0 && (
        <details class="left-out" open={loads.some(({ state }) => state === "failed")}>
          <summary>{text.loaded(loads.filter(({ state }) => state === "published").length)}</summary>
          <Loads study={given.study} />
        </details>
      )}
    </Section>
  );
}
const SOON_MS = 700;
const LATER_MS = 10_000;

/** Files: dropped, recognised, checked, and loaded together. */
export function UploadFiles({ study, changed }: StepProps) {
  const { name } = study;
  const sending = useSending(name);
  const arrived = sending.filter(({ state }) => state === "done").length;
  const isSending = sending.some(({ state }) => state === "waiting" || state === "sending");
  const [isRunning, setRunning] = useState(false);
  const {
    value: uploads,
    refused,
    again,
    set,
  } = useLoaded(() => uploadsApi.list(name), isRunning ? SOON_MS : LATER_MS);
  const [there, setThere] = useState(0);
  const [replacing, setReplacing] = useState<string[]>([]);
  const [skipBad, setSkipBad] = useState(false);
  const action = useInTurn(set);
  useEffect(again, [arrived, again]);
  useEffect(() => setRunning(uploads?.run?.state === "running"), [uploads]);
  useCheck({ name, uploads, isSending, skipBad, set });
  const loads = uploads?.run?.what === "load" && uploads.run.state === "done" && uploads.files.length === 0;
  useEffect(() => {
    if (loads) void ownerApi.study(name).then(changed, () => undefined);
  }, [loads]);
  const add = (files: GivenFile[]) => {
    const fresh = files.filter(
      (file) => !uploads?.files.some((one) => one.name === file.name && one.bytes === file.file.size),
    );
    setThere(files.length - fresh.length);
    setReplacing(
      fresh.flatMap(({ name: of }) => (uploads?.files.some((one) => one.name === of) ? [of] : [])),
    );
    uploadQueue.add(name, fresh);
  };
  const run = action.run;
  return (
    <>
      <DropZone onFiles={add} />
      {uploads && <p class="quiet">{text.drop.limits(text.bytes(uploads.bytesMax), uploads.days)}</p>}
      <SendingFiles study={name} {...{ sending, there, replacing }} />
      <CutOff parts={uploads?.arriving} sending={isSending ? sending : []} />
      {uploads !== null && uploads.files.length > 0 && (
        <div class="waiting-files">
          <h3>{text.waiting.title}</h3>
          {alikeFiles(uploads.files).map((files) => (
            <FileGroup
              key={files[0]?.id}
              files={files}
              report={uploads.run?.isCurrent ? uploads.run.report : null}
              ways={uploads.ways}
              change={(ids, settings) => run(() => uploadsApi.change(name, { files: ids, settings }))}
              remove={(ids) => run(() => uploadsApi.remove(name, ids))}
            />
          ))}
          <CheckResult
            study={name}
            uploads={uploads}
            isBusy={isSending || action.working}
            skipBad={skipBad}
            setSkipBad={(on) => {
              setSkipBad(on);
              run(() => uploadsApi.run(name, "check", on));
            }}
            start={(what, reason) => run(() => uploadsApi.run(name, what, skipBad, reason))}
          />
        </div>
      )}
      <Failure refused={action.refused ?? refused} />
    </>
  );
}

/** Files that broke off on their way, but for those that are being sent again. */
const CutOff = (given: { parts: Uploads["arriving"] | undefined; sending: readonly { name: string }[] }) => (
  <>
    {given.parts
      ?.filter((part) => given.sending.every((one) => one.name !== part.name))
      .map(({ name, arrived, bytes }) => (
        <p key={name} class="warning">
          <bdi>{text.sending.cutOff(name, text.bytes(arrived), text.bytes(bytes))}</bdi>
        </p>
      ))}
  </>
);

/** Makes changes one after another; what the last one left is shown. */
function useInTurn(set: (uploads: Uploads) => void) {
  const [working, setWorking] = useState(0);
  const [refused, setRefused] = useState<Refused | null>(null);
  const chain = useRef(Promise.resolve());
  const run = (make: () => Promise<Uploads>) => {
    setWorking((count) => count + 1);
    setRefused(null);
    chain.current = chain.current
      .then(make)
      .then(set, (error: unknown) => setRefused(asRefused(error)))
      .finally(() => setWorking((count) => count - 1));
  };
  return { working: working > 0, refused, run };
}

/** Has the files checked whenever what is known of them is not of them as they are now. */
function useCheck(given: {
  name: string;
  uploads: Uploads | null;
  isSending: boolean;
  skipBad: boolean;
  set: (uploads: Uploads) => void;
}): void {
  const { name, uploads, isSending, skipBad, set } = given;
  const isWanted = uploads !== null && uploads.files.length > 0 && !uploads.run?.isCurrent && !isSending;
  const isFree = uploads?.run?.what !== "load" || uploads.run.state !== "running";
  useEffect(() => {
    if (isWanted && isFree) void uploadsApi.run(name, "check", skipBad).then(set, () => undefined);
  }, [isWanted, isFree, uploads?.files]);
}

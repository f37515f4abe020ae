import { useEffect, useState } from "preact/hooks";
import type { OVERLAP_BYTES as OVERLAP } from "../../../../server/contract/uploads.ts";
import { withBase } from "../../../base-path.ts";
import { words } from "../../../words/dashboard.ts";
import { type GivenFile, withNamesOfTheirOwn } from "./dropped-files.ts";
import { uploadAddress, uploadsApi } from "./uploads-api.ts";

/** A file on its way to the server. */
export interface Sending extends GivenFile {
  readonly study: string;
  state: "waiting" | "sending" | "done" | "refused";
  sent: number;
  message: string;
  /** Whether what had arrived was of another file, so that all of it is sent. */
  isAnew: boolean;
}

const AT_ONCE = 2;
/** So much of what has arrived is sent once more; the server compares no more than that. */
const OVERLAP_BYTES: typeof OVERLAP = 65_536;

/** The files on their way, of all studies: they stay on it while the page shows something else. */
class UploadQueue {
  #files: Sending[] = [];
  readonly #listeners = new Set<() => void>();

  add(study: string, files: readonly GivenFile[]): void {
    const isThere = (name: string) =>
      this.#files.some((one) => one.study === study && one.name === name && one.state !== "refused");
    this.#files = this.#files.filter(({ state }) => state === "waiting" || state === "sending");
    for (const file of withNamesOfTheirOwn(files))
      if (!isThere(file.name))
        this.#files.push({ ...file, study, state: "waiting", sent: 0, message: "", isAnew: false });
    this.#next();
  }

  /** Sends again what did not arrive. */
  again(study: string): void {
    for (const one of this.of(study)) if (one.state === "refused") one.state = "waiting";
    this.#next();
  }

  of(study: string): Sending[] {
    return this.#files.filter((one) => one.study === study);
  }

  get isBusy(): boolean {
    return this.#files.some(({ state }) => state === "waiting" || state === "sending");
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #next(): void {
    const sending = this.#files.filter(({ state }) => state === "sending").length;
    for (const one of this.#files.filter(({ state }) => state === "waiting").slice(0, AT_ONCE - sending))
      void this.#send(one);
    for (const listener of this.#listeners) listener();
  }

  async #send(one: Sending): Promise<void> {
    one.state = "sending";
    const end = (state: Sending["state"], message = "", isAnew = false) => {
      Object.assign(one, { state, message, isAnew });
      this.#next();
    };
    const from = one.isAnew ? 0 : await arrivedOf(one).catch(() => null);
    if (from === null) return end("refused", words.setup.sending.unreachable); // what has arrived is not begun anew
    const request = new XMLHttpRequest(); // fetch does not report how much was sent
    request.upload.onprogress = ({ loaded }) => {
      one.sent = from + loaded;
      for (const listener of this.#listeners) listener();
    };
    request.onload = () => {
      if (request.status === 200) return end("done");
      if (request.status === 409 && from > 0) return end("waiting", "", true);
      end("refused", messageIn(request));
    };
    request.onerror = () => end("refused", words.setup.sending.unreachable);
    request.open("POST", withBase(uploadAddress(one.study, one.name, { file: one.file, from })));
    request.setRequestHeader("content-type", "application/octet-stream");
    request.send(from === 0 ? one.file : one.file.slice(from));
  }
}

/** Smaller files are sent as a whole again, without asking first. */
const LARGE_BYTES = 1_000_000;

/** Where a file goes on: shortly before the end of what has arrived, so that the server can compare. Throws where the server is not reached. */
async function arrivedOf({ study, name, file }: Sending): Promise<number> {
  if (file.size < LARGE_BYTES) return 0;
  const { arriving } = await uploadsApi.list(study);
  const part = arriving.find(
    (one) => one.name === name && one.bytes === file.size && one.modified === file.lastModified,
  );
  return Math.max(0, (part?.arrived ?? 0) - OVERLAP_BYTES);
}

function messageIn({ responseText }: XMLHttpRequest): string {
  try {
    return (JSON.parse(responseText) as { detail: string }).detail;
  } catch {
    return words.failed;
  }
}

export const uploadQueue = new UploadQueue();

window.addEventListener("beforeunload", (event) => {
  if (uploadQueue.isBusy) event.preventDefault();
});

/** The files of a study on their way, as they go. */
export function useSending(study: string): Sending[] {
  const [, setCount] = useState(0);
  useEffect(() => uploadQueue.listen(() => setCount((count) => count + 1)), []);
  return uploadQueue.of(study);
}

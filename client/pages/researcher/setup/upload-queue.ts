import { useEffect, useState } from "preact/hooks";
import { withBase } from "../../../base-path.ts";
import { words } from "../../../words/dashboard.ts";
import { type GivenFile, withNamesOfTheirOwn } from "./dropped-files.ts";
import { uploadAddress } from "./uploads-api.ts";

/** A file on its way to the server. */
export interface Sending extends GivenFile {
  readonly study: string;
  state: "waiting" | "sending" | "done" | "refused";
  sent: number;
  message: string;
}

const AT_ONCE = 2;

/** The files on their way, of all studies: they stay on it while the page shows something else. */
class UploadQueue {
  #files: Sending[] = [];
  readonly #listeners = new Set<() => void>();

  add(study: string, files: readonly GivenFile[]): void {
    const isThere = (name: string) =>
      this.#files.some((one) => one.study === study && one.name === name && one.state !== "refused");
    this.#files = this.#files.filter(({ state }) => state === "waiting" || state === "sending");
    for (const file of withNamesOfTheirOwn(files))
      if (!isThere(file.name)) this.#files.push({ ...file, study, state: "waiting", sent: 0, message: "" });
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
      this.#send(one);
    for (const listener of this.#listeners) listener();
  }

  #send(one: Sending): void {
    one.state = "sending";
    const request = new XMLHttpRequest(); // fetch does not report how much was sent
    const end = (state: Sending["state"], message = "") => {
      Object.assign(one, { state, message });
      this.#next();
    };
    request.upload.onprogress = ({ loaded }) => {
      one.sent = loaded;
      for (const listener of this.#listeners) listener();
    };
    request.onload = () => (request.status === 200 ? end("done") : end("refused", messageIn(request)));
    request.onerror = () => end("refused", words.setup.sending.unreachable);
    request.open("POST", withBase(uploadAddress(one.study, one.name)));
    request.setRequestHeader("content-type", "application/octet-stream");
    request.send(one.file);
  }
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

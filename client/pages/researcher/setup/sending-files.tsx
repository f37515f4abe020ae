import { words } from "../../../words/dashboard.ts";
import { type Sending, uploadQueue } from "./upload-queue.ts";

const text = words.setup;

/** How far the files on their way are, all together; what did not arrive is listed. */
export function SendingFiles({
  study,
  sending,
  there,
  replacing,
}: {
  study: string;
  sending: readonly Sending[];
  /** How many were not sent, since they are there already. */
  there: number;
  /** Names of files that take the place of others. */
  replacing: readonly string[];
}) {
  const done = sending.filter(({ state }) => state === "done").length;
  const refused = sending.filter(({ state }) => state === "refused");
  const isBusy = done + refused.length < sending.length;
  const sum = (of: (one: Sending) => number) => sending.reduce((all, one) => all + of(one), 0);
  const bytes = sum(({ file }) => file.size);
  const sent = sum((one) => (one.state === "done" ? one.file.size : Math.min(one.sent, one.file.size)));
  return (
    <div class="sending" role="status">
      {isBusy && (
        <>
          <progress
            value={sent}
            max={Math.max(1, bytes)}
            aria-label={text.sending.title(done, sending.length)}
          />
          <p>
            {text.sending.title(done, sending.length)}, {text.bytes(sent)} / {text.bytes(bytes)}.{" "}
            <span class="quiet">{text.drop.leaving}</span>
          </p>
        </>
      )}
      {there > 0 && <p class="quiet">{text.sending.there(there)}</p>}
      {replacing.map((name) => (
        <p key={name} class="warning">
          <bdi>{text.sending.replaces(name)}</bdi>
        </p>
      ))}
      {refused.length > 0 && (
        <div class="failure">
          <NotSent files={refused.slice(0, IN_SIGHT)} />
          {refused.length > IN_SIGHT && (
            <details>
              <summary>{words.material.more(refused.length - IN_SIGHT)}</summary>
              <NotSent files={refused.slice(IN_SIGHT)} />
            </details>
          )}
          <button type="button" onClick={() => uploadQueue.again(study)}>
            {text.sending.again}
          </button>
        </div>
      )}
    </div>
  );
}

/** So many files that did not arrive stand in sight. */
const IN_SIGHT = 5;

const NotSent = ({ files }: { files: readonly Sending[] }) => (
  <ul>
    {files.map(({ name, message }) => (
      <li key={name}>
        <bdi>{name}</bdi>: {message}
      </li>
    ))}
  </ul>
);

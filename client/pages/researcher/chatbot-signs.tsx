import { useState } from "preact/hooks";
import type { SignsOfAnnotator } from "../../../server/contract/quality.ts";
import { words } from "../../words/dashboard.ts";
import { Failure } from "./failure.tsx";
import { ownerApi } from "./owner-api.ts";
import { useLoaded } from "./use-loaded.ts";
import { ScrollTable } from "./scroll-table.tsx";

const text = words.quality.signs;
const EVERY_MS = 60_000;

/** Signs that a chatbot does somebody's work, fetched when somebody looks: they prove nothing, and nothing follows. */
export function ChatbotSigns({ study }: { study: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="chatbot-signs" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text.title}</summary>
      {open && <Signs study={study} />}
    </details>
  );
}

function Signs({ study }: { study: string }) {
  const { value, refused } = useLoaded(() => ownerApi.signs(study), EVERY_MS);
  return (
    <>
      <Failure refused={refused} />
      <p>{text.means}</p>
      {value?.annotators.length === 0 && <p>{text.none}</p>}
      {value !== null && value.annotators.length > 0 && <SignsTable annotators={value.annotators} />}
    </>
  );
}

const SignsTable = ({ annotators }: { annotators: readonly SignsOfAnnotator[] }) => (
  <ScrollTable
    label={text.title}
    headings={[words.quality.annotator, text.left, text.copied, text.agreement]}
  >
    {annotators.map(({ annotator, pairs, leftPairs, copiedPairs, agreement }) => (
      <tr key={annotator}>
        <th scope="row">
          <bdi>{annotator}</bdi>
        </th>
        <td>{text.of(leftPairs, pairs)}</td>
        <td>{text.of(copiedPairs, pairs)}</td>
        <td>{agreement === null ? text.unknown : text.agrees(agreement)}</td>
      </tr>
    ))}
  </ScrollTable>
);

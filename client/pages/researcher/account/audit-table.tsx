import { useEffect, useState } from "preact/hooks";
import type { AuditEntry } from "../../../../server/contract/accounts.ts";
import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { ScrollTable } from "../scroll-table.tsx";
import { useAction } from "../use-action.ts";
import { accountApi } from "./account-api.ts";

const text = words.account.audit;

/** Who did what, the latest first, a page at a time. */
export function AuditTable() {
  const [entries, setEntries] = useState<readonly AuditEntry[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const { working, refused, run } = useAction();
  const fetchMore = () =>
    run(async () => {
      const page = await accountApi.audit(next);
      setEntries([...(entries ?? []), ...page.entries]);
      setNext(page.next);
    });
  useEffect(fetchMore, []);
  return (
    <>
      <p class="quiet">{text.how}</p>
      <Failure refused={refused} />
      {entries?.length === 0 && <p>{text.none}</p>}
      {entries !== null && entries.length > 0 && (
        <ScrollTable
          label={words.account.tableOf(words.account.sections.audit)}
          headings={[text.when, text.who, text.what, text.study, text.detail]}
        >
          {entries.map(({ at, who, via, verb, study, object, detail }, row) => (
            <tr key={row}>
              <td>
                <time dateTime={at}>{words.time(at)}</time>
              </td>
              <td>
                <bdi>{text.via(who, via)}</bdi>
              </td>
              <td>{verb}</td>
              <td>
                <bdi>{study}</bdi>
              </td>
              <td>
                <bdi>{[object, detail].filter((part) => part !== null).join(": ")}</bdi>
              </td>
            </tr>
          ))}
        </ScrollTable>
      )}
      {next !== null && (
        <button type="button" disabled={working} onClick={fetchMore}>
          {text.more}
        </button>
      )}
    </>
  );
}

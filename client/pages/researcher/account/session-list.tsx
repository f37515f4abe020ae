import { words } from "../../../words/dashboard.ts";
import { Failure } from "../failure.tsx";
import { ScrollTable } from "../scroll-table.tsx";
import { useAction } from "../use-action.ts";
import { useLoaded } from "../use-loaded.ts";
import { accountApi } from "./account-api.ts";

const text = words.account.sessions;
const EVERY_MS = 60_000;

/** Where one is signed in, each to be ended but the one that shows this; that is done by signing out. */
export function SessionList() {
  const { value, refused: notFetched, set } = useLoaded(accountApi.sessions, EVERY_MS);
  const { working, refused, run } = useAction();
  const headings = [text.browser, text.since, text.used, text.act];
  return (
    <>
      <Failure refused={refused ?? notFetched} />
      {value && (
        <ScrollTable label={words.account.tableOf(words.account.sections.sessions)} headings={headings}>
          {value.sessions.map(({ id, browser, createdAt, usedAt, isThis }) => (
            <tr key={id}>
              <th scope="row">{browser ?? text.unknown}</th>
              <td>
                <time dateTime={createdAt}>{words.time(createdAt)}</time>
              </td>
              <td>{usedAt && <time dateTime={usedAt}>{words.time(usedAt)}</time>}</td>
              <td>
                {isThis ? (
                  text.this
                ) : (
                  <button
                    type="button"
                    disabled={working}
                    aria-label={text.endWhat(browser ?? text.unknown)}
                    onClick={() => run(async () => set(await accountApi.endSession(id)))}
                  >
                    {text.end}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </ScrollTable>
      )}
    </>
  );
}

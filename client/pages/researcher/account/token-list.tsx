import { useState } from "preact/hooks";
import type { TokenCreated } from "../../../../server/contract/accounts.ts";
import type { Right } from "../../../../server/contract/rights.ts";
import { words } from "../../../words/dashboard.ts";
import { ActionForm } from "../action-form.tsx";
import { CommandLine } from "../command-line.tsx";
import { Failure } from "../failure.tsx";
import { Field } from "../field.tsx";
import { ScrollTable } from "../scroll-table.tsx";
import { useAction } from "../use-action.ts";
import { useLoaded } from "../use-loaded.ts";
import { accountApi } from "./account-api.ts";
import { scopesAtFirst, scopesOffered } from "./token-scopes.ts";

const text = words.account.tokens;
const EVERY_MS = 60_000;
const DAYS = "90";

/** One's own tokens for programs, each to be revoked, and a form for another. */
export function TokenList({ rights }: { rights: readonly Right[] }) {
  const { value, refused: notFetched, set, again } = useLoaded(accountApi.tokens, EVERY_MS);
  const [made, setMade] = useState<TokenCreated | null>(null);
  const { working, refused, run } = useAction();
  const onMade = (created: TokenCreated) => {
    setMade(created);
    again();
  };
  const headings = [text.holder, text.start, text.scopes, text.study, text.ends, text.used, text.act];
  return (
    <>
      <p class="quiet">{text.how}</p>
      <Failure refused={refused ?? notFetched} />
      {value?.tokens.length === 0 && <p>{text.none}</p>}
      {value !== null && value.tokens.length > 0 && (
        <ScrollTable label={words.account.tableOf(words.account.sections.tokens)} headings={headings}>
          {value.tokens.map(({ id, name, startsWith, scopes, study, expiresAt, usedAt, state }) => (
            <tr key={id}>
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              <td>
                <code>{startsWith}…</code>
              </td>
              <td>{scopes.join(", ")}</td>
              <td>
                <bdi>{study ?? text.allStudies}</bdi>
              </td>
              <td>
                <time dateTime={expiresAt}>{words.time(expiresAt)}</time>
              </td>
              <td>{usedAt === null ? text.never : <time dateTime={usedAt}>{words.time(usedAt)}</time>}</td>
              <td>
                {state === "valid" ? (
                  <button
                    type="button"
                    disabled={working}
                    aria-label={text.revokeWhat(name)}
                    onClick={() => run(async () => set(await accountApi.revokeToken(id)))}
                  >
                    {text.revoke}
                  </button>
                ) : (
                  text.states[state]
                )}
              </td>
            </tr>
          ))}
        </ScrollTable>
      )}
      <div role="status">
        {made && (
          <>
            <p>{text.once}</p>
            <CommandLine command={made.token} />
          </>
        )}
      </div>
      <details class="more">
        <summary>{text.create}</summary>
        <NewToken rights={rights} onMade={onMade} />
      </details>
    </>
  );
}

/** What a token may is chosen among what its holder may. */
function NewToken({ rights, onMade }: { rights: readonly Right[]; onMade: (made: TokenCreated) => void }) {
  const [name, setName] = useState("");
  const [study, setStudy] = useState("");
  const [days, setDays] = useState(DAYS);
  const [scopes, setScopes] = useState<readonly Right[]>(() => scopesAtFirst(rights));
  const create = async () => {
    const wanted = { name, scopes: [...scopes], study: study.trim() || null, days: Number(days) };
    onMade(await accountApi.createToken(wanted));
  };
  const choose = (right: Right, on: boolean) =>
    setScopes(on ? [...scopes, right] : scopes.filter((one) => one !== right));
  return (
    <ActionForm action={create} label={text.create} isReady={scopes.length > 0}>
      <div class="fields">
        <Field
          label={text.holder}
          value={name}
          onText={setName}
          required
          maxLength={100}
          autocomplete="off"
        />
        <Field label={text.days} type="number" min={1} max={366} value={days} onText={setDays} required />
        <Field
          label={text.onlyStudy}
          means={text.onlyStudyMeans}
          value={study}
          onText={setStudy}
          autocomplete="off"
        />
      </div>
      <fieldset>
        <legend>{text.scopes}</legend>
        {scopesOffered(rights).map((right) => (
          <label key={right} class="check">
            <input
              type="checkbox"
              checked={scopes.includes(right)}
              onChange={({ currentTarget }) => choose(right, currentTarget.checked)}
            />
            {text.rights[right]}
          </label>
        ))}
      </fieldset>
    </ActionForm>
  );
}

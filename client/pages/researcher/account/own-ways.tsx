import { useState } from "preact/hooks";
import type { AccountWays } from "../../../../server/contract/openid.ts";
import { words } from "../../../words/dashboard.ts";
import { ActionForm } from "../action-form.tsx";
import { Failure } from "../failure.tsx";
import { useAction } from "../use-action.ts";
import { OldPassword } from "./account-fields.tsx";
import { openIdApi } from "./openid-api.ts";

const text = words.openId;

interface OwnWaysProps {
  readonly ways: AccountWays;
  readonly changed: (ways: AccountWays) => void;
}

/** How one signs in, where that is more than a password: the identities at a provider, each to be disconnected, and one more. */
export function OwnWays({ ways, changed }: OwnWaysProps) {
  const { hasPassword, identities, openId } = ways;
  const { working, refused, run } = useAction();
  if (openId === null && identities.length === 0) return null;
  const isOnly = !hasPassword && identities.length === 1;
  return (
    <>
      <h3>{text.how.title}</h3>
      <Failure refused={refused} />
      <ul>
        {hasPassword && <li>{text.how.password}</li>}
        {identities.map(({ id, issuer, createdAt, usedAt }) => (
          <li key={id}>
            {text.how.at(hostOf(issuer))}{" "}
            <span class="quiet">
              ({text.how.since(words.time(createdAt))}
              {usedAt !== null && `, ${text.how.used(words.time(usedAt))}`})
            </span>{" "}
            {!isOnly && (
              <button
                type="button"
                class="plain"
                disabled={working}
                title={text.how.disconnects}
                aria-label={text.how.disconnectWhat(hostOf(issuer))}
                onClick={() => run(async () => changed(await openIdApi.disconnect(id)))}
              >
                {text.how.disconnect}
              </button>
            )}
          </li>
        ))}
      </ul>
      {!hasPassword && <p class="quiet">{text.how.noPassword}</p>}
      {openId !== null && identities.length === 0 && (
        <details class="more">
          <summary>{text.connect(openId.name)}</summary>
          <Connect name={openId.name} asksPassword={hasPassword} />
        </details>
      )}
    </>
  );
}

function Connect({ name, asksPassword }: { name: string; asksPassword: boolean }) {
  const [password, setPassword] = useState("");
  const connect = async () => {
    const { url } = await openIdApi.connect(asksPassword ? { password } : {});
    location.assign(url);
  };
  return (
    <ActionForm action={connect} label={text.connect(name)}>
      <p>{text.how.why(name)}</p>
      {asksPassword && (
        <div class="fields">
          <OldPassword label={words.account.currentPassword} value={password} onText={setPassword} />
        </div>
      )}
    </ActionForm>
  );
}

const hostOf = (issuer: string): string => (URL.canParse(issuer) ? new URL(issuer).host : issuer);

import { useState } from "preact/hooks";
import type { MemberInvited, Members } from "../../../../server/contract/accounts.ts";
import type { MemberRole } from "../../../../server/contract/rights.ts";
import { words } from "../../../words/dashboard.ts";
import { ActionForm } from "../action-form.tsx";
import { CommandLine } from "../command-line.tsx";
import { Failure } from "../failure.tsx";
import { Choice, Field } from "../field.tsx";
import { ScrollTable } from "../scroll-table.tsx";
import { useAction } from "../use-action.ts";
import { useLoaded } from "../use-loaded.ts";
import { accountApi } from "./account-api.ts";

const text = words.account.members;
const ROLES = Object.keys(words.account.roles) as MemberRole[];
const EVERY_MS = 60_000;

/** Members with their roles, and invitations: of a study, or with null of the instance. */
export function MemberList({ study }: { study: string | null }) {
  const { value, refused: notFetched, set, again } = useLoaded(() => accountApi.members(study), EVERY_MS);
  const [made, setMade] = useState<MemberInvited | null>(null);
  const { working, refused, run } = useAction();
  const onMade = (invited: MemberInvited) => {
    setMade(invited);
    again();
  };
  const headings = [
    ...[text.who, text.email, text.role],
    ...(study === null ? [text.studies, text.seen, text.act] : []),
  ];
  const rows = (value?.members ?? []).filter((one) => study === null || one.studies.length > 0);
  return (
    <>
      <Failure refused={refused ?? notFetched} />
      {value && rows.length === 0 && <p>{text.none}</p>}
      {rows.length > 0 && (
        <ScrollTable
          label={words.account.tableOf(study === null ? words.account.sections.members : text.team)}
          headings={headings}
        >
          {rows.map((member) => (
            <MemberRow
              key={member.id}
              {...{ member, study, working, onMade }}
              act={(action) => run(async () => set(await action()))}
              invite={(action) => run(async () => onMade(await action()))}
            />
          ))}
        </ScrollTable>
      )}
      <div role="status">
        {made && (
          <>
            <p>{text.once}</p>
            <CommandLine command={made.url} />
          </>
        )}
      </div>
      <details class="more">
        <summary>{text.invite}</summary>
        <InviteMember study={study} onMade={onMade} />
      </details>
      {value && value.invitations.length > 0 && (
        <Invitations
          invitations={value.invitations}
          working={working}
          onRevoke={(id) => run(async () => set(await accountApi.revokeInvitation(study, id)))}
        />
      )}
    </>
  );
}

interface MemberRowProps {
  member: Members["members"][number];
  study: string | null;
  working: boolean;
  act: (action: () => Promise<Members>) => void;
  invite: (action: () => Promise<MemberInvited>) => void;
}

function MemberRow({ member, study, working, act, invite }: MemberRowProps) {
  const { id, name, email, studies, signedInAt } = member;
  const [asked, setAsked] = useState(false);
  const role = study === null ? member.role : (studies[0]?.role ?? null);
  const setRole = (to: string) =>
    act(() => accountApi.setRole(study, id, ROLES.find((one) => one === to) ?? null));
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      <td>{email}</td>
      <td>
        <select
          aria-label={text.roleOf(name)}
          value={role ?? ""}
          disabled={working}
          onChange={({ currentTarget }) => setRole(currentTarget.value)}
        >
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {words.account.roles[one]}
            </option>
          ))}
          <option value="">{study === null ? words.account.inStudies : words.account.noRole}</option>
        </select>
      </td>
      {study === null && (
        <>
          <td>{studies.map((one) => `${one.study}: ${words.account.roles[one.role]}`).join(", ")}</td>
          <td>
            {signedInAt === null ? text.never : <time dateTime={signedInAt}>{words.time(signedInAt)}</time>}
          </td>
          <td>
            {asked ? (
              <Removal
                name={name}
                working={working}
                remove={(typed) => act(() => accountApi.removeMember(id, typed))}
                keep={() => setAsked(false)}
              />
            ) : (
              <div class="buttons">
                <button
                  type="button"
                  disabled={working}
                  aria-label={text.newPasswordWhat(name)}
                  onClick={() => invite(() => accountApi.passwordLink(id))}
                >
                  {text.newPassword}
                </button>
                <button type="button" aria-label={text.removeWhat(name)} onClick={() => setAsked(true)}>
                  {text.remove}
                </button>
              </div>
            )}
          </td>
        </>
      )}
    </tr>
  );
}

interface RemovalProps {
  name: string;
  working: boolean;
  remove: (typed: string) => void;
  keep: () => void;
}

/** Asks for the typed name of a member, since removing them cannot be undone. */
function Removal({ name, working, remove, keep }: RemovalProps) {
  const [typed, setTyped] = useState("");
  return (
    <div class="buttons">
      <p>{text.removes(name)}</p>
      <Field label={text.typeName(name)} value={typed} onText={setTyped} autocomplete="off" />
      <button type="button" disabled={working || typed.trim() !== name} onClick={() => remove(typed)}>
        {text.remove}
      </button>
      <button type="button" onClick={keep}>
        {text.keep}
      </button>
    </div>
  );
}

function InviteMember({ study, onMade }: { study: string | null; onMade: (made: MemberInvited) => void }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<MemberRole>("researcher");
  const invite = async () => {
    onMade(await accountApi.invite(study, { name, role }));
    setName("");
  };
  return (
    <ActionForm action={invite} label={text.inviteDo}>
      <div class="fields">
        <Field
          label={text.inviteName}
          means={text.inviteNameMeans}
          value={name}
          onText={setName}
          autocomplete="off"
          required
          maxLength={100}
        />
        <Choice label={text.role} value={role} onText={(to) => setRole(to as MemberRole)}>
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {words.account.roles[one]}
            </option>
          ))}
        </Choice>
      </div>
      <p class="quiet">{words.account.may(words.account.roles[role], words.account.roleMeans[role])}</p>
    </ActionForm>
  );
}

interface InvitationsProps {
  invitations: Members["invitations"];
  working: boolean;
  onRevoke: (id: number) => void;
}

/** Invitations that were made; never the links themselves. */
const Invitations = ({ invitations, working, onRevoke }: InvitationsProps) => (
  <>
    <h3>{text.invitations}</h3>
    <ScrollTable label={text.invitations} headings={[text.for, text.role, text.by, text.state, text.act]}>
      {invitations.map(({ id, name, role, by, state }) => (
        <tr key={id}>
          <th scope="row">
            <bdi>{name}</bdi>
          </th>
          <td>{role === null ? text.setsPassword : words.account.roles[role]}</td>
          <td>
            <bdi>{by}</bdi>
          </td>
          <td>{text.states[state]}</td>
          <td>
            {state === "open" && (
              <button
                type="button"
                disabled={working}
                aria-label={text.revokeWhat(name)}
                onClick={() => onRevoke(id)}
              >
                {text.revoke}
              </button>
            )}
          </td>
        </tr>
      ))}
    </ScrollTable>
  </>
);

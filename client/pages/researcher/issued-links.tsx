import { useState } from "preact/hooks";
import type { IssuedLink } from "../../../server/contract/links.ts";
import { words } from "../../words/dashboard.ts";
import { Failure } from "./failure.tsx";
import { focusOnce } from "./focus-once.ts";
import { LinkTable } from "./link-table.tsx";
import { ownerApi } from "./owner-api.ts";
import { useAction } from "./use-action.ts";
import { useLoaded } from "./use-loaded.ts";

const text = words.links;
const EVERY_MS = 10_000;

interface Which {
  readonly study: string;
  /** The group whose links are listed; null: those to the results. */
  readonly group: string | null;
}

/** The links of a group or to the results, fetched when somebody looks: each can be revoked, and restored. */
export function IssuedLinks(which: Which) {
  const [open, setOpen] = useState(false);
  return (
    <details class="issued-links" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text.title}</summary>
      {open && <List {...which} />}
    </details>
  );
}

function List({ study, group }: Which) {
  const { value, refused: notFetched, again } = useLoaded(() => ownerApi.links(study), EVERY_MS);
  const [asked, setAsked] = useState<IssuedLink | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const { working, refused, run } = useAction();
  const change = (link: IssuedLink, to: Done["to"]) =>
    run(async () => {
      await (to === "revoked"
        ? ownerApi.revokeLink(study, link.name)
        : ownerApi.restoreLink(study, link.name));
      setAsked(null);
      setDone({ link, to });
      again();
    });
  const links = value?.links.filter((link) => link.group === group);
  return (
    <>
      <Failure refused={refused ?? notFetched} />
      {links?.length === 0 && <p>{text.none}</p>}
      {links !== undefined && links.length > 0 && (
        <LinkTable
          links={links}
          label={group === null ? text.of.results : text.of.people(group)}
          working={working}
          onRevoke={(link) => {
            setDone(null);
            setAsked(link);
          }}
          onRestore={(link) => change(link, "restored")}
        />
      )}
      {asked && (
        <Confirm
          link={asked}
          working={working}
          onConfirm={() => change(asked, "revoked")}
          onCancel={() => setAsked(null)}
        />
      )}
      <div role="status" class="row">
        {done && (
          <>
            <span>
              {done.to === "revoked" ? text.revoked(done.link.name) : text.restored(done.link.name)}
            </span>
            {done.to === "revoked" && (
              <button type="button" disabled={working} onClick={() => change(done.link, "restored")}>
                {text.undo}
              </button>
            )}
          </>
        )}
      </div>
    </>
  );
}

interface Done {
  readonly link: IssuedLink;
  readonly to: "revoked" | "restored";
}

interface ConfirmProps {
  link: IssuedLink;
  working: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Says what revoking means before it is done. */
function Confirm({ link, working, onConfirm, onCancel }: ConfirmProps) {
  return (
    <div class="confirm" role="group" aria-label={text.asks(link.name)}>
      <p>
        <strong>{text.asks(link.name)}</strong>
      </p>
      <p>{text.means[link.kind]}</p>
      <p class="buttons">
        <button type="button" class="primary" disabled={working} onClick={onConfirm} ref={focusOnce}>
          {working ? words.moves.working : text.revoke}
        </button>
        <button type="button" disabled={working} onClick={onCancel}>
          {text.notNow}
        </button>
      </p>
    </div>
  );
}

import { useState } from "preact/hooks";
import type { IssuedLink, LinkReplaced } from "../../../server/contract/links.ts";
import { words } from "../../words/dashboard.ts";
import { CopyButton } from "./copy-button.tsx";
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

/** The links of a group or to the results, fetched when somebody looks: each can be revoked, restored and replaced. */
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
  const [asked, setAsked] = useState<Asked | null>(null);
  const [made, setMade] = useState<LinkReplaced | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const { working, refused, run } = useAction();
  const change = (link: IssuedLink, to: "revoked" | "restored") =>
    run(async () => {
      await (to === "revoked"
        ? ownerApi.revokeLink(study, link.name)
        : ownerApi.restoreLink(study, link.name));
      setAsked(null);
      setDone(
        to === "revoked"
          ? { words: text.revoked(link.name), undo: () => change(link, "restored") }
          : { words: text.restored(link.name), undo: null },
      );
      again();
    });
  const limit = (link: IssuedLink, most: number | null) =>
    run(async () => {
      await ownerApi.limitLink(study, link.name, most);
      const before = link.most ?? null;
      setDone({ words: text.limited(link.name, most), undo: () => limit({ ...link, most }, before) });
      again();
    });
  const label = (link: IssuedLink, to: string | null) =>
    run(() => ownerApi.labelLink(study, link.name, to).then(again));
  const replace = (link: IssuedLink) =>
    run(async () => {
      setMade(await ownerApi.replaceLink(study, link.name));
      setAsked(null);
      again();
    });
  const ask = (asking: Asked) => {
    setDone(null);
    setMade(null);
    setAsked(asking);
  };
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
          onRevoke={(link) => ask({ link, to: "revoke" })}
          onRestore={(link) => change(link, "restored")}
          onReplace={(link) => ask({ link, to: "replace" })}
          onLimit={limit}
          onLabel={label}
        />
      )}
      {asked && (
        <Confirm
          {...asked}
          working={working}
          onConfirm={() => (asked.to === "revoke" ? change(asked.link, "revoked") : replace(asked.link))}
          onCancel={() => setAsked(null)}
        />
      )}
      {made && <MadeLink made={made} />}
      <WhatWasDone done={done} working={working} />
    </>
  );
}

const WhatWasDone = ({ done, working }: { done: Done | null; working: boolean }) => (
  <div role="status" class="row">
    {done && <span>{done.words}</span>}
    {done?.undo && (
      <button type="button" disabled={working} onClick={done.undo}>
        {text.undo}
      </button>
    )}
  </div>
);

/** A new link, shown once. */
const MadeLink = ({ made }: { made: LinkReplaced }) => (
  <div class="made" role="status">
    {made.warning && <p class="warning">{made.warning}</p>}
    <p>{text.replaced(made.name)}</p>
    <ul class="links">
      <li>
        <code dir="ltr">{made.url}</code>
        <CopyButton text={made.url} what={made.name} />
      </li>
    </ul>
  </div>
);

/** What was done, in words, and how it is taken back; null: by the button in its row. */
interface Done {
  readonly words: string;
  readonly undo: (() => void) | null;
}

/** What is to be done to a link once it is confirmed. */
interface Asked {
  readonly link: IssuedLink;
  readonly to: "revoke" | "replace";
}

interface ConfirmProps extends Asked {
  working: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Says what revoking or replacing means before it is done. */
function Confirm({ link, to, working, onConfirm, onCancel }: ConfirmProps) {
  const isEnd = to === "revoke";
  const asks = isEnd ? text.asks(link.name) : text.asksReplace(link.name);
  return (
    <div class="confirm" role="group" aria-label={asks}>
      <p>
        <strong>{asks}</strong>
      </p>
      <p>{isEnd ? text.means[link.kind] : text.replaceMeans[link.kind]}</p>
      <p class="buttons">
        <button type="button" class="primary" disabled={working} onClick={onConfirm} ref={focusOnce}>
          {working ? words.moves.working : isEnd ? text.revoke : text.replace}
        </button>
        <button type="button" disabled={working} onClick={onCancel}>
          {text.notNow}
        </button>
      </p>
    </div>
  );
}

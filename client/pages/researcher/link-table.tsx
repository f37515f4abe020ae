import { useState } from "preact/hooks";
import type { IssuedLink } from "../../../server/contract/links.ts";
import { words } from "../../words/dashboard.ts";
import { CountInput } from "./setup/count-input.tsx";
import { SavedInput } from "./setup/saved-input.tsx";
import { ScrollTable } from "./scroll-table.tsx";

const text = words.links;

/** Links that are shown before all are asked for. */
const SHOWN = 50;

interface LinkTableProps {
  links: readonly IssuedLink[];
  label: string;
  working: boolean;
  onRevoke: (link: IssuedLink) => void;
  onRestore: (link: IssuedLink) => void;
  onReplace: (link: IssuedLink) => void;
  onLimit: (link: IssuedLink, most: number | null) => void;
  onLabel: (link: IssuedLink, label: string | null) => void;
}

/** Links by name with their state, last use and progress; never the links themselves. */
export function LinkTable({ links, label, ...acts }: LinkTableProps) {
  const [all, setAll] = useState(false);
  const shown = all ? links : links.slice(0, SHOWN);
  const headings = [text.link, text.kind, text.state, text.used, text.progress, text.act];
  return (
    <>
      <p class="quiet">{text.hashes}</p>
      <ScrollTable label={label} headings={headings}>
        {shown.map((link) => (
          <LinkRow key={link.name} link={link} {...acts} />
        ))}
      </ScrollTable>
      {shown.length < links.length && (
        <button type="button" onClick={() => setAll(true)}>
          {text.showAll(links.length)}
        </button>
      )}
    </>
  );
}

function LinkRow({
  link,
  working,
  onRevoke,
  onRestore,
  onReplace,
  onLimit,
  onLabel,
}: { link: IssuedLink } & Omit<LinkTableProps, "links" | "label">) {
  const { name, kind, state, usedAt, judged, of, snapshot, sawResultsAt } = link;
  const isValid = state === "valid";
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
        <SavedInput
          type="text"
          class="label"
          value={link.label ?? ""}
          maxLength={200}
          placeholder={text.label}
          aria-label={text.labelWhat(name)}
          save={(label) => onLabel(link, label === "" ? null : label)}
        />
      </th>
      <td>{text.kinds[kind]}</td>
      <td>
        <span class={`state ${isValid ? "open" : ""}`}>{text.states[state]}</span>
      </td>
      <td>{usedAt === null ? text.never : <time dateTime={usedAt}>{words.time(usedAt)}</time>}</td>
      <td>
        {kind === "shared" && (
          <label class="row">
            {words.people.most}
            <CountInput
              label={text.mostWhat(name)}
              value={link.most ?? null}
              min={1}
              max={1_000_000}
              placeholder={words.people.mostDefault}
              canBeEmpty
              set={(most) => onLimit(link, most)}
            />
          </label>
        )}
        {kind === "results" ? text.shows(snapshot) : judged === null ? "" : text.judged(judged, of)}
        {sawResultsAt !== undefined && <span class="aside">{text.sawResults}</span>}
      </td>
      <td>
        <button
          type="button"
          disabled={working}
          aria-label={isValid ? text.revokeWhat(name) : text.restoreWhat(name)}
          onClick={() => (isValid ? onRevoke(link) : onRestore(link))}
        >
          {isValid ? text.revoke : text.restore}
        </button>{" "}
        <button
          type="button"
          disabled={working}
          aria-label={text.replaceWhat(name)}
          onClick={() => onReplace(link)}
        >
          {text.replace}
        </button>
      </td>
    </tr>
  );
}

import { useId, useState } from "preact/hooks";
import type { InviteReply, InviteRequest, StudyDetail } from "../../../server/contract/studies.ts";
import { words } from "../../words/dashboard.ts";
import { CopyButton } from "./copy-button.tsx";
import { Failure } from "./failure.tsx";
import { ownerApi } from "./owner-api.ts";
import { useAction } from "./use-action.ts";
import { useLoaded } from "./use-loaded.ts";

const text = words.people;
const LINKS_MAX = 500;
const PLATFORM_EVERY_MS = 30_000;

/** Makes links of one group and shows them, once: the server keeps only their hashes. */
export function InviteLinks({ study, group }: { study: string; group: StudyDetail["groups"][number] }) {
  const [made, setMade] = useState<InviteReply | null>(null);
  const { working, refused, run } = useAction();
  const make = (request: Omit<InviteRequest, "group">) =>
    run(async () => setMade(await ownerApi.invite(study, { group: group.name, ...request })));
  return (
    <>
      <div class="ways">
        <PersonalForm working={working} make={(count) => make({ count })} />
        {group.isOfPlatform ? (
          <PlatformAddress study={study} group={group.name} />
        ) : (
          <OpenForm
            isThere={group.openLink}
            working={working}
            make={(open) => make({ open: true, ...open })}
          />
        )}
      </div>
      <Failure refused={refused} />
      {made && <MadeLinks made={made} group={group.name} />}
    </>
  );
}

function PersonalForm({ working, make }: { working: boolean; make: (count: number) => void }) {
  const id = useId();
  const [count, setCount] = useState(1);
  const submit = (event: Event) => {
    event.preventDefault();
    make(count);
  };
  return (
    <form onSubmit={submit}>
      <h4>{text.personal}</h4>
      <p class="quiet">{text.personalMeans}</p>
      <p class="row">
        <label for={id}>{text.howMany}</label>
        <input
          id={id}
          type="number"
          min={1}
          max={LINKS_MAX}
          required
          value={count}
          onInput={(event) => setCount(event.currentTarget.valueAsNumber)}
        />
        <button type="submit" disabled={working}>
          {text.make}
        </button>
      </p>
    </form>
  );
}

/** In place of an open link, where people come by one in the address for a platform: that address. */
function PlatformAddress({ study, group }: { study: string; group: string }) {
  const { value, refused } = useLoaded(() => ownerApi.platforms(study), PLATFORM_EVERY_MS);
  const platform = value?.platforms.find((one) => one.group === group);
  return (
    <div>
      <h4>{words.platform.openLink}</h4>
      <Failure refused={refused} />
      {platform?.address && (
        <>
          <p class="quiet">{words.platform.openLinkMeans(platform.name)}</p>
          <div class="command">
            <code dir="ltr">{platform.address}</code>
            <CopyButton text={platform.address} what={words.platform.openLink} />
          </div>
        </>
      )}
    </div>
  );
}

interface OpenFormProps {
  isThere: boolean;
  working: boolean;
  make: (request: Pick<InviteRequest, "most" | "several">) => void;
}

/** One link for everyone: how many may join by it, and whether one browser may as several people. */
function OpenForm({ isThere, working, make }: OpenFormProps) {
  const id = useId();
  const [most, setMost] = useState("");
  const [several, setSeveral] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    make({ ...(most === "" ? {} : { most: Number(most) }), several });
  };
  return (
    <form onSubmit={submit}>
      <h4>{text.open}</h4>
      <p class="quiet">{isThere ? text.replaceMeans : text.openMeans}</p>
      <p class="row">
        <label for={id}>{text.most}</label>
        <input
          id={id}
          type="number"
          min={1}
          max={1_000_000}
          placeholder={text.mostDefault}
          value={most}
          onInput={(event) => setMost(event.currentTarget.value)}
        />
      </p>
      <label class="several">
        <input
          type="checkbox"
          checked={several}
          onChange={(event) => setSeveral(event.currentTarget.checked)}
        />
        {text.several}
      </label>
      <p>
        <button type="submit" disabled={working}>
          {isThere ? text.replaceOpen : text.makeOpen}
        </button>
      </p>
    </form>
  );
}

function MadeLinks({ made, group }: { made: InviteReply; group: string }) {
  const all = made.links.map((link) => link.url).join("\n");
  return (
    <div class="made" role="status">
      {made.warning && <p class="warning">{made.warning}</p>}
      <p>{text.once}</p>
      {made.links.length > 1 && <CopyButton text={all} what={group} label={text.copyAll} />}
      <ul class="links">
        {made.links.map((link) => (
          <li key={link.url}>
            {link.annotator && <span class="quiet">{link.annotator}</span>}
            <code dir="ltr">{link.url}</code>
            <CopyButton text={link.url} what={link.annotator ?? text.open} />
          </li>
        ))}
      </ul>
    </div>
  );
}

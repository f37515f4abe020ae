import type { AmendmentPlan } from "../../../server/contract/amendment-plan.ts";
import type { Amendment, Revision } from "../../../server/contract/amendments.ts";
import type { EntryShown } from "../../../server/contract/entry.ts";
import type { IssuedLinks, LinkReplaced, LinksChanged } from "../../../server/contract/links.ts";
import type { PlatformRequest, Platforms, PlatformShown } from "../../../server/contract/platforms.ts";
import type { ProtocolChange } from "../../../server/contract/protocol-change.ts";
import type { DecideRequest, Quality, SignsReply } from "../../../server/contract/quality.ts";
import type { StudyMessages } from "../../../server/contract/remarks.ts";
import type {
  InviteReply,
  InviteRequest,
  Preview,
  ShareReply,
  StudyDetail,
} from "../../../server/contract/studies.ts";
import type { Studies } from "../../../server/contract/study-list.ts";
import type { Outlook, StudyChange } from "../../../server/contract/study-names.ts";
import type { StudyPeople } from "../../../server/contract/study-people.ts";
import { type Call, request } from "../../api/request.ts";

/** Why a call came to nothing, in the server's own words; status 0: the server could not be reached. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The researcher's calls, on the session's cookie. Each throws Refused. */
export const ownerApi = {
  signIn: (token: string) => call<unknown>("POST", "/api/session", { token }),
  signOut: () => call<unknown>("DELETE", "/api/session"),
  studies: async () => (await whole<Pick<Studies, "studies">>("/api/studies", "studies")).studies,
  study: (name: string) => call<StudyDetail>("GET", at(name)),
  create: (name: string) => call<StudyDetail>("POST", "/api/studies", { name }),
  copy: (name: string, to: string) => call<StudyDetail>("POST", `${at(name)}/copy`, { name: to }),
  remove: (name: string, typed: string) => call<Studies>("DELETE", at(name), { name: typed }),
  change: (name: string, change: StudyChange) => call<StudyDetail>("PATCH", at(name), change),
  setProtocol: (name: string, change: ProtocolChange) =>
    call<StudyDetail>("PATCH", `${at(name)}/protocol`, change),
  setDisplayName: (name: string, system: string, displayName: string) =>
    call<StudyDetail>("PATCH", `${at(name)}/systems`, { system, displayName }),
  outlook: (name: string) => call<Outlook>("GET", `${at(name)}/outlook`),
  studyPeople: (name: string) => call<StudyPeople>("GET", `${at(name)}/people`),
  move: (name: string, state: "open" | "paused" | "closed") =>
    call<StudyDetail>("POST", `${at(name)}/state`, { state }),
  revisions: (name: string) => call<Revision[]>("GET", `${at(name)}/amendments`),
  planAmendment: (name: string, amendment: Amendment) =>
    call<AmendmentPlan>("POST", `${at(name)}/amendments`, { ...amendment, dryRun: true }),
  amend: (name: string, amendment: Amendment, said: { reason: string; confirm: string }) =>
    call<AmendmentPlan>("POST", `${at(name)}/amendments`, { ...amendment, ...said }),
  invite: (name: string, body: InviteRequest) => call<InviteReply>("POST", `${at(name)}/invite`, body),
  share: (name: string, frozen: boolean) => call<ShareReply>("POST", `${at(name)}/share`, { frozen }),
  entry: (name: string) => call<EntryShown>("GET", `${at(name)}/entry`),
  platforms: (name: string) => call<Platforms>("GET", `${at(name)}/platform`),
  setPlatform: (name: string, body: PlatformRequest) =>
    call<PlatformShown>("POST", `${at(name)}/platform`, body),
  removePlatform: (name: string, group: string) =>
    call<Platforms>("DELETE", `${at(name)}/platform?group=${encodeURIComponent(group)}`),
  quality: (name: string) => call<Quality>("GET", `${at(name)}/quality`),
  decide: (name: string, body: DecideRequest) => call<Quality>("POST", `${at(name)}/reviews`, body),
  signs: (name: string) => whole<SignsReply>(`${at(name)}/signs`, "annotators"),
  links: (name: string) => whole<IssuedLinks>(`${at(name)}/links`, "links"),
  revokeLink: (name: string, link: string) =>
    call<LinksChanged>("POST", `${at(name)}/links/revoke`, { names: [link] }),
  restoreLink: (name: string, link: string) =>
    call<LinksChanged>("POST", `${at(name)}/links/restore`, { names: [link] }),
  limitLink: (name: string, link: string, most: number | null) =>
    call<LinksChanged>("POST", `${at(name)}/links/limit`, { name: link, most }),
  labelLink: (name: string, link: string, label: string | null) =>
    call<LinksChanged>("POST", `${at(name)}/links/label`, { name: link, label }),
  replaceLink: (name: string, link: string) =>
    call<LinkReplaced>("POST", `${at(name)}/links/replace`, { name: link }),
  messages: (name: string) => whole<StudyMessages>(`${at(name)}/messages`, "messages"),
  answer: (name: string, annotator: string, text: string) =>
    call<StudyMessages>("POST", `${at(name)}/messages`, { annotator, text }),
  preview: (name: string, language = "en") =>
    call<Preview>("GET", `${at(name)}/preview?language=${encodeURIComponent(language)}`),
};

/** Where a study's routes begin. */
export const at = (name: string): string => `/api/studies/${encodeURIComponent(name)}`;

/** A reply whose list comes in pages, whole. @param name what the list is called in it @throws Refused */
async function whole<Reply>(path: string, name: keyof Reply & string): Promise<Reply> {
  const items: unknown[] = [];
  for (let after = ""; ;) {
    const page = await call<Record<string, unknown>>("GET", `${path}${after}`);
    items.push(...(page[name] as unknown[]));
    if (typeof page.next !== "string") return { ...page, [name]: items } as Reply;
    after = `?after=${encodeURIComponent(page.next)}`;
  }
}

/** One call on the session's cookie. @throws Refused */
export async function call<Reply>(method: Call["method"], path: string, body?: unknown): Promise<Reply> {
  const ending = await request<Reply>({ method, path, body });
  if (ending.kind === "ok") return ending.reply;
  throw ending.kind === "refused" ? new Refused(ending.status, ending.message) : new Refused(0, "");
}

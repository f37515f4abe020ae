import type { Page, Route } from "playwright-core";
import { FINISH_KINDS } from "../../server/contract/words.ts";
import { signalSchema } from "../../server/contract/quality.ts";

/** What of a reply of the server is replaced, or the refusal or the silence that comes instead. */
type Change = object | { refuse: readonly [status: number, error: string] } | "silence";

/** A state of the annotator's pages, whatever the language: how it is reached, and by what it is known. */
export interface PageState {
  readonly name: string;
  /** By the end of the path that is called. */
  readonly replies?: Readonly<Record<string, Change>>;
  readonly act?: (page: Page) => Promise<unknown>;
  /** A selector of what is there then. */
  readonly seen: string;
}

const PAIR = ".choice.tie:not([aria-disabled=true])";
const NOTICE = "main.notice h1";
const judged = { judged: 3, of: 3 };
/** No pair is handed out, for a reason. */
const without = (state: string, more: object = {}) => ({
  work: { state, buffer: [], assignments: [], progress: judged, askAgainSeconds: null, ...more },
});
const sheetWithout = { sheet: { guess: undefined } };
const panel = (name: string): PageState => ({
  ...{ name: `the panel “${name}”`, seen: `#panel-${name}:visible` },
  act: (page) => page.locator(`[aria-controls="panel-${name}"]`).click(),
});
/** In the dialog of leaving: opened, and the button of a way pressed. */
const leaving = (name: string, way?: number): PageState => ({
  ...{ name, seen: way === undefined ? "dialog .ways" : "dialog .actions .primary" },
  act: async (page) => {
    await page.locator("footer.leave button").click();
    if (way !== undefined) await page.locator("dialog .ways button").nth(way).click();
  },
});
/** On a phone the second answer may have to be scrolled to before anything can be chosen. */
const choose = async (page: Page) => {
  await page.locator(".choice.tie").waitFor();
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await page.locator(PAIR).click();
};

/** Those of a personal link. */
export const JUDGING_STATES: readonly PageState[] = [
  { name: "a pair", seen: PAIR },
  ...["reading", "guidelines", "cannot", "remarks", "messages"].map(panel),
  leaving("leaving"),
  leaving("withdrawing", 1),
  leaving("erasing", 2),
  { ...leaving("stopping for good", 0), replies: { leaving: { platform: "Prolific" } } },
  ...signalSchema.options.map((warning) => ({
    ...{ name: `the warning “${warning}”`, replies: { work: { warning } }, seen: ".work-warning h2" },
  })),
  { name: "the question about signs", replies: { sheet: { signs: "ask" } }, seen: ".tidings h2" },
  {
    ...{ name: "a pair answered twice", replies: { judgments: { standing: { choice: "right" } } } },
    ...{ act: choose, seen: ".work-warning dl" },
  },
  {
    ...{ name: "a pair answered elsewhere", replies: { judgments: { standing: { choice: "tie" } } } },
    ...{ act: choose, seen: ".tidings .warning" },
  },
  {
    ...{ name: "a pair taken over", replies: { judgments: { surplus: true } } },
    ...{ act: choose, seen: ".tidings .warning" },
  },
  {
    ...{ name: "an answer refused", replies: { judgments: { refuse: [409, "JudgmentFinal"] } } },
    ...{ act: choose, seen: ".tidings .failure" },
  },
  {
    ...{ name: "an earlier pair", seen: ".choice[aria-pressed=true]" },
    act: async (page) => {
      await choose(page);
      await page.locator(".go-back button").first().click();
    },
  },
  {
    ...{ name: "offline with answers", replies: { judgments: "silence" } },
    ...{ act: choose, seen: ".saved-state.waiting" },
  },
  { name: "offline at the start", replies: { work: "silence" }, seen: NOTICE },
  { name: "a busy server", replies: { work: { refuse: [503, "Busy"] } }, seen: NOTICE },
  { name: "a wrong link", replies: refusing(401, "LinkNotValid"), seen: NOTICE },
  { name: "a revoked link", replies: refusing(401, "LinkRevoked"), seen: NOTICE },
  { name: "a look by a person", replies: without("review"), seen: ".answer-box" },
  { name: "waiting", replies: without("wait", { askAgainSeconds: 30 }), seen: NOTICE },
  { name: "paused", replies: without("paused", { askAgainSeconds: 30 }), seen: NOTICE },
  { name: "closed", replies: { ...without("closed"), ...sheetWithout }, seen: NOTICE },
  { name: "done", replies: { ...without("done"), ...sheetWithout }, seen: NOTICE },
  { name: "the last question", replies: without("done"), seen: "form.guess, .guess" },
  {
    ...{ name: "nothing left", seen: NOTICE },
    replies: { ...without("done", { progress: { judged: 0, of: 0 } }), ...sheetWithout },
  },
  {
    name: "ended",
    replies: { ...without("ended", { mayAnswer: true }), ...sheetWithout },
    seen: ".answer-box",
  },
  { name: "withdrawn", replies: { ...without("ended"), sheet: { withdrawn: true } }, seen: NOTICE },
  ...FINISH_KINDS.map((finish) => ({
    name: `the finish “${finish}”`,
    replies: {
      ...without("done"),
      sheet: { guess: undefined, platform: "Prolific" },
      finish: {
        finish: { platform: "Prolific", finish, code: "ABC123", address: "https://example.org/back" },
      },
    },
    seen: ".notice code",
  })),
  { name: "stopped", replies: { leaving: { platform: null } }, seen: NOTICE, act: leaving("", 0).act },
];

/** Those of an open link. */
export const JOIN_STATES: readonly PageState[] = [
  { name: "an invitation", seen: ".start button" },
  {
    name: "an invitation from a platform",
    replies: { "join/sheet": { visitor: "new", platform: "Prolific" } },
    seen: ".start .plain",
  },
  { name: "a preview", replies: { "join/sheet": { visitor: "preview" } }, seen: ".invitation .warning" },
  ...["taken", "full", "crowded", "paused", "closed"].map((state) => ({
    ...{ name: `nothing to start: ${state}`, replies: { "join/sheet": { state } }, seen: NOTICE },
  })),
  ...["ParticipantMissing", "ParticipantWrong", "LinkRevoked", "LinkNotValid"].map((error) => ({
    ...{ name: `no invitation: ${error}`, seen: NOTICE },
    replies: { "join/sheet": { refuse: [error === "LinkNotValid" ? 401 : 400, error] as const } },
  })),
  { name: "no invitation: silence", replies: { "join/sheet": "silence" }, seen: NOTICE },
  { name: "one’s own link", act: (page) => page.locator(".start .primary").click(), seen: ".own-link" },
];

function refusing(status: number, error: string): PageState["replies"] {
  return { work: { refuse: [status, error] }, sheet: { refuse: [status, error] } };
}

/** Lets a page's calls be answered as a state wants it, of whatever state `current` is at the time. */
export async function answerAs(page: Page, current: () => PageState): Promise<void> {
  await page.route(/\/api\/(judge|join)/, async (route) => {
    const { pathname } = new URL(route.request().url());
    const changes = Object.entries(current().replies ?? {});
    const change = changes.find(([end]) => pathname.endsWith(`/${end}`))?.[1];
    await (change === undefined ? route.continue() : replyWith(route, change));
  });
}

async function replyWith(route: Route, change: Change): Promise<void> {
  if (change === "silence") return route.abort();
  if ("refuse" in change) {
    const [status, error] = change.refuse;
    return route.fulfill({ status, json: { error, detail: "…" } });
  }
  const response = await route.fetch();
  const reply = response.ok() ? ((await response.json()) as object) : {};
  return route.fulfill({ status: 200, json: { ...reply, ...change } });
}

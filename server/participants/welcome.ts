import type { Context } from "../context.ts";
import { TiebreakError } from "../contract/errors.ts";
import type { JoinSheet } from "../contract/judging.ts";
import type { Finish } from "../contract/platforms.ts";
import { LinkRevoked } from "../studies/errors.ts";
import { finishFor, platformOf, timeLimitOf } from "./settings.ts";
import { type Came, groupOfLink, PreviewOnly, stateFor, type Visit, visitOf } from "./visit.ts";

class NothingToDecline extends TiebreakError {
  constructor() {
    super("NothingToDecline", 409, "You have started already. Stop on the page where you judge.");
  }
}

/** What somebody at a shared link is to know before they start. */
type Welcome = Pick<JoinSheet, "state" | "visitor" | "several" | "finish" | "limit" | "platform"> & {
  readonly studyId: number;
  readonly group: string;
};

/**
 * Looks at who comes by a shared link, and what they would find; hands out nothing and keeps nothing.
 * @throws LinkNotValid, LinkRevoked for who has not joined yet, what visitorFrom throws
 */
export async function welcome(context: Context, came: Came): Promise<Welcome> {
  return context.database.read(async (reader) => {
    const group = await groupOfLink(reader, came.link);
    const visit = await visitOf(context, reader, { group, query: came.query, host: came.host });
    const visitor = visitorIn(visit);
    if (group.revokedAt !== null && visitor !== "known") throw new LinkRevoked();
    const state = await stateFor(context, reader, { group, visit });
    const { studyId, several } = group;
    const common = {
      ...{ studyId, group: group.name, state, visitor, several: several && visit.kind === "plain" },
      limit: visit.kind === "plain" ? null : timeLimitOf(visit.platform.settings),
    };
    if (visit.kind === "plain") return { ...common, finish: null };
    if (visit.isNew) return { ...common, finish: null }; // its codes are drawn when the first person joins
    const { settings } = visit.platform;
    const mayLeave = visitor === "new" && state !== "open" && visit.visitor.kind === "participant";
    const finish = mayLeave
      ? finishFor(settings, state === "took_part" ? "screened_out" : "no_work", visit.visitor.ids)
      : null;
    return { ...common, platform: platformOf(settings).name, finish };
  });
}

function visitorIn(visit: Visit): JoinSheet["visitor"] {
  if (visit.kind === "plain") return "plain";
  if (visit.visitor.kind === "preview") return "preview";
  return visit.known === null ? "new" : "known";
}

/**
 * Sends somebody from a platform back who does not want to take part: nothing of them is kept.
 * @throws LinkNotValid, PreviewOnly, NothingToDecline for who has started, what visitorFrom throws
 */
export async function decline(context: Context, came: Came): Promise<Finish> {
  return context.database.read(async (reader) => {
    const group = await groupOfLink(reader, came.link);
    const visit = await visitOf(context, reader, { group, query: came.query, host: came.host });
    if (visit.kind === "plain" || visit.isNew || visit.known !== null) throw new NothingToDecline();
    if (visit.visitor.kind === "preview") throw new PreviewOnly();
    return finishFor(visit.platform.settings, "no_consent", visit.visitor.ids);
  });
}

import type { Kysely } from "kysely";
import { up as first } from "./0001-first.ts";
import { up as judges } from "./0002-judges.ts";
import { up as toldCalls } from "./0003-told-calls.ts";
import { up as knownAnswers } from "./0004-known-answers.ts";
import { up as toldTimes } from "./0005-told-times.ts";
import { up as skips } from "./0006-skips.ts";
import { up as freedSlots } from "./0007-freed-slots.ts";
import { up as links } from "./0008-links.ts";
import { up as sentParameters } from "./0009-sent-parameters.ts";
import { up as participants } from "./0010-participants.ts";
import { up as entry } from "./0011-entry.ts";
import { up as quality } from "./0012-quality.ts";
import { up as leaving } from "./0013-leaving.ts";
import { up as remarks } from "./0014-remarks.ts";
import { up as ownLinks } from "./0015-own-links.ts";
import { up as knownPeople } from "./0016-known-people.ts";
import { up as unloading } from "./0017-unloading.ts";
import { up as uploads } from "./0018-uploads.ts";
import { up as blindingAudit } from "./0019-blinding-audit.ts";
import { up as accounts } from "./0020-accounts.ts";
import { up as amendments } from "./0021-amendments.ts";
import { up as readingRoom } from "./0022-reading-room.ts";
import { up as openId } from "./0023-openid.ts";
import { up as auditAlive } from "./0025-audit-alive.ts";
import { up as serverManners } from "./0026-server-manners.ts";
import { up as sentMessages } from "./0027-sent-messages.ts";
import { up as judgeMethods } from "./0028-judge-methods.ts";
import { up as judgeThinking } from "./0029-judge-thinking.ts";
import { up as partsAndLabels } from "./0030-parts-and-labels.ts";
import { up as promptSets } from "./0031-prompt-sets.ts";

export interface TiebreakMigration {
  readonly name: string;
  readonly up: (db: Kysely<unknown>, dialect: "sqlite" | "postgres") => Promise<void>;
}

/** Every migration, in order, listed by hand. One that has landed is never edited. */
export const MIGRATIONS: readonly TiebreakMigration[] = [
  { name: "0001-first", up: first },
  { name: "0002-judges", up: judges },
  { name: "0003-told-calls", up: toldCalls },
  { name: "0004-known-answers", up: knownAnswers },
  { name: "0005-told-times", up: toldTimes },
  { name: "0006-skips", up: skips },
  { name: "0007-freed-slots", up: freedSlots },
  { name: "0008-links", up: links },
  { name: "0009-sent-parameters", up: sentParameters },
  { name: "0010-participants", up: participants },
  { name: "0011-entry", up: entry },
  { name: "0012-quality", up: quality },
  { name: "0013-leaving", up: leaving },
  { name: "0014-remarks", up: remarks },
  { name: "0015-own-links", up: ownLinks },
  { name: "0016-known-people", up: knownPeople },
  { name: "0017-unloading", up: unloading },
  { name: "0018-uploads", up: uploads },
  { name: "0019-blinding-audit", up: blindingAudit },
  { name: "0020-accounts", up: accounts },
  { name: "0021-amendments", up: amendments },
  { name: "0022-reading-room", up: readingRoom },
  { name: "0023-openid", up: openId },
  { name: "0025-audit-alive", up: auditAlive },
  { name: "0026-server-manners", up: serverManners },
  { name: "0027-sent-messages", up: sentMessages },
  { name: "0028-judge-methods", up: judgeMethods },
  { name: "0029-judge-thinking", up: judgeThinking },
  { name: "0030-parts-and-labels", up: partsAndLabels },
  { name: "0031-prompt-sets", up: promptSets },
];

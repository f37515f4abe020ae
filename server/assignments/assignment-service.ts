import type { Context } from "../context.ts";
import type { Progress, Work } from "../contract/judging.ts";
import type { MinimumTime } from "../contract/quality.ts";
import type { Protocol } from "../contract/studies.ts";
import type { Transaction } from "../storage/database.ts";
import { LinkNotValid, LinkRevoked } from "../studies/errors.ts";
import { hashToken } from "../studies/keys.ts";
import { isUseOld } from "../studies/link-use.ts";
import { ProtocolCache } from "../studies/protocol-cache.ts";
import { answeredAmong } from "./answered.ts";
import { type AnnotatorAtWork, lockAnnotator, selectStay, selectUnread, setLinkUsed } from "./statements.ts";
import { type Held, topUp } from "./top-up.ts";
import { type AssignmentTexts, type RenderTurns, textsOf, viewOf } from "./view.ts";

/** What a reply to an annotator is made of once its transaction has been committed. */
export interface WorkParts {
  readonly held: Held;
  readonly texts: readonly AssignmentTexts[];
  readonly minimumTime: MinimumTime | undefined;
  /** Messages of the owner that the annotator has not opened. */
  readonly unread: number;
  /** Of the protocol in force. */
  readonly revision: number;
}

interface WorkServices {
  readonly render: RenderTurns;
  readonly rendererVersion: string;
}

/** The handing out of work: one for a server process, remembering the frozen protocols that it has read. */
export class AssignmentService {
  readonly #protocols = new ProtocolCache();

  constructor(
    readonly context: Context,
    readonly services: WorkServices,
  ) {}

  /** @throws LinkNotValid where no annotator has this token, LinkRevoked where it was taken back */
  async lock(tx: Transaction, token: string): Promise<AnnotatorAtWork> {
    const [annotator] = await tx.run(lockAnnotator, { tokenHash: hashToken(token) });
    if (!annotator) throw new LinkNotValid();
    const { id, joinedAt, linkUsedAt, linkRevokedAt } = annotator;
    if (linkRevokedAt !== null) throw new LinkRevoked();
    const moment = this.context.clock();
    if (isUseOld(linkUsedAt, moment))
      await tx.run(setLinkUsed, { annotatorId: id, at: moment.toISOString() });
    if (joinedAt === null || tx.dialect.oneWriter) return annotator;
    const [stay] = await tx.run(selectStay, { annotatorId: id }); // they may have stopped while this waited for the lock
    return { ...annotator, ...stay };
  }

  /** The protocol under which an annotator works. */
  async protocolOf(tx: Transaction, { protocolId }: AnnotatorAtWork): Promise<Protocol> {
    return (await this.#protocols.protocolOf(tx, protocolId)).protocol;
  }

  /** The revision of that protocol. */
  async revisionOf(tx: Transaction, { protocolId }: AnnotatorAtWork): Promise<number> {
    return (await this.#protocols.protocolOf(tx, protocolId)).revision;
  }

  /** Tops the annotator up, and reads the texts of what their browser does not hold yet. */
  async fill(tx: Transaction, annotator: AnnotatorAtWork, holding: readonly string[]): Promise<WorkParts> {
    const { protocol, revision } = await this.#protocols.protocolOf(tx, annotator.protocolId);
    const held = await topUp(this.context, tx, { annotator, protocol });
    const missing = held.live.filter((one) => !holding.includes(one.token)).map((one) => one.id);
    const [unread] = protocol.messages ? await tx.run(selectUnread, { annotatorId: annotator.id }) : [];
    const texts = await textsOf(tx, missing, this.services.rendererVersion);
    return { held, texts, minimumTime: protocol.minimumTime, unread: unread?.count ?? 0, revision };
  }

  /** One annotator's work, by their token: POST /api/judge/work. */
  async workFor(token: string, holding: readonly string[]): Promise<Work> {
    const { parts, answered } = await this.context.database.transactTogether(async (tx) => {
      const annotator = await this.lock(tx, token);
      const answered = await answeredAmong(tx, annotator.id, holding);
      return { parts: await this.fill(tx, annotator, holding), answered };
    });
    return { ...(await this.compose(parts)), ...(answered.length > 0 && { answered }) };
  }

  /** Makes the reply, rendering outside any transaction what no worker has rendered yet. */
  async compose({ held, texts, minimumTime, unread, revision }: WorkParts): Promise<Work> {
    const assignments = await Promise.all(texts.map((one) => viewOf(one, this.services.render, minimumTime)));
    const buffer = held.live.map((one) => one.token);
    const progress: Progress = held.work.progress;
    return {
      ...{ ...held.work, progress, buffer, assignments },
      ...(unread > 0 && { unread }),
      ...(revision > 1 && { revision }),
    };
  }
}

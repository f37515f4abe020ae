import { type Fields, restOf } from "../field-map.ts";
import type { FileOptions } from "../options.ts";
import { type LoadRecord, RowFault, type RowNote, UNNAMED } from "../records.ts";
import { nameIn, textIn } from "../values.ts";
import { judgmentFields } from "./judged.ts";
import { type Ranked, rankedRecords } from "./ranked.ts";
import type { Given } from "./verdict.ts";

const FIELDS = judgmentFields(["message_tree_id", "tree_state", "prompt"], { annotatorElse: UNNAMED });

/** What was said on the way to a message: the user's turns and the answers between them. */
interface Way {
  readonly user: readonly string[];
  readonly assistant: readonly string[];
}

/**
 * A tree of OpenAssistant: wherever people ranked the replies to a message, each two of them are a judgment of the merged
 * ranking. Replies have no systems; they are called after their rank among their siblings.
 */
export function readOasstTree(row: Fields, at: number, options: FileOptions): (LoadRecord | RowNote)[] {
  const { prompt } = row;
  if (typeof prompt !== "object" || prompt === null)
    throw new RowFault("FieldMissing", "prompt is not a message with its replies.", "prompt");
  const about = { message_tree_id: row.message_tree_id, tree_state: row.tree_state };
  return recordsFrom({ row: about, at, options }, prompt as Fields, { user: [], assistant: [] });
}

function recordsFrom(given: Given, asked: Fields, way: Way): (LoadRecord | RowNote)[] {
  const user = [...way.user, textIn(asked, "text")];
  const replies = repliesOf(asked);
  const ranked = replies.filter(({ rank }) => typeof rank === "number");
  const answers = ranked.map((reply): Ranked => {
    const place = (reply.rank as number) + 1;
    const turns = [...way.assistant, textIn(reply, "text")];
    return { system: `rank ${place}`, turns, rank: place, metadata: restOf(reply, READ) };
  });
  const own =
    answers.length > 1
      ? rankedRecords(given, FIELDS, {
          ...{ promptId: nameIn(asked, "message_id"), promptTurns: user, answers, hasTies: false },
        })
      : [];
  const below = replies.flatMap((reply) =>
    repliesOf(reply).flatMap((next) =>
      recordsFrom(given, next, { user, assistant: [...way.assistant, textIn(reply, "text")] }),
    ),
  );
  return [...own, ...below];
}

const repliesOf = ({ replies }: Fields): Fields[] => (Array.isArray(replies) ? (replies as Fields[]) : []);

/** What of a message has its place in the records. */
const READ: ReadonlySet<string> = new Set(["text", "role", "replies", "parent_id"]);

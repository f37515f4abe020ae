import { asWord } from "../report-document/as-word.ts";
import { ESTIMATOR_VERSION } from "../reports/estimator.ts";
import type { PackProtocol } from "./pack-protocol.ts";

const SKIPS =
  "\n| `skips.jsonl` | what annotators could not judge, and why: behind “Could not be judged” in the report |";
const GUESSES =
  "\n| `guesses.jsonl` | whether annotators could tell which system wrote which response, as they said at the end |";
const MESSAGES =
  "\n| `messages.jsonl` | what annotators and the owner of the study wrote to each other, as written |";
const NOTES =
  "\n| `notes.jsonl` | notes and adjudicated answers of those who read the judgments, as written; in no figure |";
const NOT_SKIPS =
  " What could not be judged (`skips.jsonl`) is not loaded: the report made there has none of it.";

/**
 * What a replication pack holds, and the commands that check it and load it again.
 * @param rows names of its files with any rows to load: of judgments whose texts were never loaded there are none
 * @param holds whether it has a file of what could not be judged, of what annotators guessed, of messages, and of notes
 */
export function readmeText(
  given: PackProtocol,
  rows: readonly string[],
  holds: { skips: boolean; guesses: boolean; messages: boolean; notes: boolean },
): string {
  const { study, publicTitle, note, seed, hash } = given;
  const again = asWord(`${study}-again`);
  return `# Replication pack of the study “${study}”

${publicTitle}${note === null ? "" : `\n\n${note}`}

| file | what it holds |
|---|---|
| \`report.md\`, \`report.json\` | the report, computed by the methods \`${ESTIMATOR_VERSION}\` |
| \`methods/README.md\` | every formula behind it, one page per question |
| \`judgments.jsonl\` | every judgment, also those that are in no figure; \`status\` says why |${holds.skips ? SKIPS : ""}${holds.guesses ? GUESSES : ""}${holds.messages ? MESSAGES : ""}${holds.notes ? NOTES : ""}
| \`prompts.jsonl\`, \`responses.jsonl\` | what was judged |
| \`instructions.md\` | what annotators read |
| \`protocol.json\` | what was laid down beforehand, the seed, systems and groups |
| \`recompute.mjs\` | computes the headline figures and their intervals anew, by itself |
| \`SHA256SUMS\` | the checksum of every file |

People have neutral names (\`a01\`, …), the same ones as in the report; judge models keep theirs. Ids of judgments are numbers of
their rows, and what a loaded file said of a judgment besides is left out. Rationales are as they were written.

## Check it

Whether the figures follow from the judgments (it needs Node.js and nothing else), and whether a file was changed:

\`\`\`sh
node recompute.mjs
sha256sum -c SHA256SUMS
\`\`\`

${
  hash === null
    ? "The study was never opened, so its protocol has no hash."
    : `\`protocol.json\` carries the hash that the protocol got when the study opened: the SHA-256 of \`protocol\` as JSON without\nspaces.`
}

## Load it again

\`\`\`sh
npx tiebreak-eval study create ${again} --protocol protocol.json --seed=${asWord(seed)}
npx tiebreak-eval load ${again} ${rows.join(" ")} --format plain
npx tiebreak-eval report ${again}
\`\`\`

The figures are the same.${holds.skips ? NOT_SKIPS : ""} A group in which nobody has judged does not come back, and the study is a draft: what it declared
beforehand, it declared where it was opened.
`;
}

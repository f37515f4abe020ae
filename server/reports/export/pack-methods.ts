import { ESTIMATOR_VERSION } from "../estimator.ts";

/** What the pack is, how to check it, and the methods behind the report, where they are at hand. */
export function methodsText(methods: string | null): string {
  return `${ABOUT}\n${methods ?? "Every formula is stated in docs/methods.md of the Tiebreak that wrote this pack."}`;
}

const ABOUT = `# Replication pack

The figures are in \`report.json\` and, to be read, in \`report.md\`. They were computed by the methods
\`${ESTIMATOR_VERSION}\`, which are stated below.

- \`node recompute.mjs\` reads \`judgments.jsonl\`, computes the headline figures anew and says whether they are those of
  \`report.json\`. It needs Node.js and nothing else.
- \`sha256sum -c SHA256SUMS\` says whether a file was changed.
- The whole study can be loaded again:
  \`npx tiebreak study create NAME --seed SEED --target … --baseline …\`, then
  \`npx tiebreak load NAME prompts.jsonl responses.jsonl judgments.jsonl --format plain\`.
  Seed, systems and everything else that was laid down beforehand are in \`protocol.json\`.

\`judgments.jsonl\` holds every judgment, also those that are in no figure; \`status\` says why. People have neutral names
(\`a01\`, …), the same ones as in the report; judge models keep theirs. Ids of judgments are numbers of their rows, and
what a loaded file said of a judgment besides is left out. Rationales are as they were written.

\`protocol.json\` carries the hash that the protocol got when the study opened: the SHA-256 of \`protocol\` as JSON
without spaces.
`;

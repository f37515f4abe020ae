/** What the code of a room may import of the others. */
export interface Room {
  readonly imports: readonly string[];
  /** Rooms of which it may import types, and nothing that is left when the program runs. */
  readonly types?: readonly string[];
  /** For pure rooms: the only packages, and modules of Node, that it may import. */
  readonly packages?: readonly string[];
}

/** Which rooms there are, and which of them writes to which table. */
export interface Rules {
  readonly rooms: Readonly<Record<string, Room>>;
  readonly writers: Readonly<Record<string, readonly string[]>>;
}

const GROUND = ["contract", "storage", "context"];
const FEATURE = [...GROUND, "statistics", "charts", "http", "rendering"];
const WORK = ["accounts", "studies", "assignments", "judgments"];
const FEATURES = [...WORK, "loading", "judges", "generation", "reports"];
const APP = [...FEATURE, ...FEATURES];

/**
 * The rooms: each folder and file below server/, and the folders `migrations` and `client`. Features import those before
 * them. What is not named here may be imported by nobody.
 */
const ROOMS = {
  contract: { imports: [], packages: ["zod"] },
  statistics: { imports: ["contract"], packages: [] },
  charts: { imports: ["contract"], packages: [] },
  rendering: {
    imports: ["contract"],
    packages: ["markdown-it", "katex", "lru-cache", "node:worker_threads", "tsx"],
  },
  migrations: { imports: [], packages: ["kysely"] },
  storage: { imports: ["contract", "migrations"] },
  context: { imports: ["storage", "contract"] },
  config: { imports: ["contract"] },
  http: { imports: GROUND },
  accounts: { imports: FEATURE },
  studies: { imports: [...FEATURE, "accounts"] },
  assignments: { imports: [...FEATURE, "accounts", "studies"] },
  judgments: { imports: [...FEATURE, "accounts", "studies", "assignments"] },
  loading: { imports: [...FEATURE, ...WORK] },
  judges: { imports: [...FEATURE, ...WORK, "loading"] },
  generation: { imports: [...FEATURE, "accounts", "studies", "loading", "judges"] },
  reports: { imports: [...FEATURE, ...WORK] },
  app: { imports: APP },
  commands: { imports: [...APP, "app", "config"] },
  main: { imports: ["contract", "commands"] },
  client: { imports: ["charts"], types: ["contract"] },
} satisfies Record<string, Room>;

/** Whoever writes a table keeps what its rows promise: no other room does. Everybody may read. */
const WRITERS = {
  owner_token: ["accounts"],
  session: ["accounts"],
  study: ["studies"],
  study_change: ["studies", "loading"],
  protocol: ["studies"],
  rendering: ["studies"],
  allotment: ["studies"],
  slot: ["studies", "assignments"],
  annotator_group: ["studies", "loading", "reports"],
  annotator: ["studies", "assignments", "loading", "judges", "reports"],
  exclusion: ["reports", "loading"],
  load: ["loading"],
  prompt: ["loading"],
  prompt_text: ["loading"],
  system: ["loading", "studies"],
  response: ["loading"],
  comparison: ["studies", "loading"],
  known_answer: ["loading"],
  told_calls: ["loading"],
  assignment: ["assignments", "judgments", "loading", "judges"],
  judgment: ["judgments", "loading"],
  skip: ["judgments"],
  judge_run: ["judges"],
  judge_call: ["judges"],
  unanswered_prompt: ["generation"],
  report_snapshot: ["reports"],
  share_link: ["reports"],
} as const;

export const RULES: Rules = { rooms: ROOMS, writers: WRITERS };

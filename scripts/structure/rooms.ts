/** What the code of a room may import of the others. */
export interface Room {
  readonly imports: readonly string[];
  /** Rooms of which it may import types, and nothing that is left when the program runs. */
  readonly types?: readonly string[];
  /** For pure rooms: the only packages, and modules of Node, that it may import. */
  readonly packages?: readonly string[];
  /** Packages that it may reach by no chain of imports. */
  readonly without?: readonly string[];
}

/** Which rooms there are, and which of them writes to which table. */
export interface Rules {
  readonly rooms: Readonly<Record<string, Room>>;
  readonly writers: Readonly<Record<string, readonly string[]>>;
}

const GROUND = ["contract", "storage", "context"];
const FEATURE = [...GROUND, "statistics", "charts", "report-document", "http", "rendering"];
const WORK = [
  "accounts",
  "studies",
  "assignments",
  "participants",
  "entry",
  "quality",
  "judgments",
  "leaving",
];
const MODELS = ["model-servers", "judges", "generation"];
const REPORTS = ["analysis", "typesetting", "reports", "drill-down", "export", "watching"];
const APP = [
  ...FEATURE,
  "report-document",
  ...WORK,
  "blinding-audit",
  "loading",
  "prompt-sets",
  "curation",
  "uploads",
  ...MODELS,
  "links",
  "messages",
  "planning",
  "methods",
  ...REPORTS,
];

/**
 * The rooms: each folder and file below server/, and the folders `migrations`, `sqlite-driver` and `client`. Features import those before
 * them. What is not named here may be imported by nobody; a folder within a room that is named here has a rule of its own.
 */
const ROOMS = {
  contract: { imports: [], packages: ["zod"] },
  statistics: { imports: ["contract"], packages: [] },
  charts: { imports: ["contract"], packages: [] },
  "report-document": { imports: ["contract", "charts"], packages: [] },
  typesetting: {
    imports: ["contract", "charts", "in-project"],
    packages: ["pdfkit", "fontkit", "bidi-js", "@resvg/resvg-wasm", "node:fs", "node:path", "node:zlib"],
  },
  rendering: {
    imports: ["contract"],
    packages: ["markdown-it", "katex", "lru-cache", "node:worker_threads", "tsx"],
  },
  "sqlite-driver": { imports: [], packages: ["better-sqlite3", "node:path"] },
  migrations: { imports: [], packages: ["kysely"] },
  storage: { imports: ["contract", "migrations", "sqlite-driver"] },
  context: { imports: ["contract", "storage"] },
  config: { imports: ["contract"] },
  "in-project": { imports: [] },
  http: { imports: [...GROUND, "in-project", "rendering"] },
  accounts: { imports: FEATURE },
  studies: { imports: [...FEATURE, "accounts"] },
  assignments: { imports: [...FEATURE, "accounts", "studies"] },
  participants: { imports: [...FEATURE, "accounts", "studies", "assignments"] },
  entry: { imports: [...FEATURE, "accounts", "studies", "assignments", "participants"] },
  quality: { imports: [...FEATURE, "accounts", "studies", "assignments", "participants", "entry"] },
  judgments: {
    imports: [...FEATURE, "accounts", "studies", "assignments", "participants", "entry", "quality"],
  },
  leaving: { imports: [...FEATURE, "accounts", "studies", "assignments", "participants"] },
  messages: { imports: [...FEATURE, "studies", "assignments"] },
  "blinding-audit": { imports: [...FEATURE, "studies"] },
  "blinding-audit/signs": { imports: ["contract"], packages: [] },
  loading: { imports: [...FEATURE, ...WORK, "blinding-audit/signs"] },
  "loading/reading": { imports: ["contract", "in-project"] },
  "prompt-sets": { imports: ["contract", "in-project", "loading/reading"] },
  "model-servers": { imports: GROUND },
  judges: { imports: [...FEATURE, ...WORK, "loading", "model-servers"] },
  generation: { imports: [...FEATURE, "accounts", "studies", "loading", "model-servers"] },
  links: { imports: [...FEATURE, "studies", "assignments"] },
  planning: { imports: FEATURE },
  "planning/words": { imports: ["contract"], packages: [] },
  methods: { imports: [...FEATURE, "in-project"] },
  analysis: { imports: [...FEATURE, "report-document", "studies", "blinding-audit"] },
  reports: {
    imports: [
      ...FEATURE,
      "report-document",
      "accounts",
      "studies",
      "blinding-audit",
      "analysis",
      "typesetting",
      "in-project",
    ],
  },
  "drill-down": { imports: [...FEATURE, "studies", "analysis", "reports"] },
  export: {
    imports: [...FEATURE, "report-document", "studies", "analysis", "reports", "methods", "in-project"],
  },
  watching: { imports: [...FEATURE, ...WORK, "blinding-audit", "analysis", "reports"] },
  "quick-study": { imports: [...FEATURE, "studies", "loading"] },
  curation: {
    imports: [...FEATURE, "accounts", "studies", "loading", "prompt-sets"],
  },
  uploads: { imports: [...FEATURE, "studies", "loading"] },
  "study-file": { imports: [...FEATURE, "studies", "loading", "curation"] },
  demo: { imports: [...FEATURE, "studies", "loading", "prompt-sets", "curation", "in-project"] },
  app: { imports: APP },
  commands: { imports: [...APP, "app", "config", "quick-study", "study-file", "demo", "in-project"] },
  "command-line": { imports: ["contract", "commands", "in-project"] },
  main: { imports: ["command-line"] },
  client: {
    imports: ["charts", "report-document", "planning/words"],
    types: ["contract"],
    without: ["zod"], // larger than a page
  },
} satisfies Record<string, Room>;

/** Whoever writes a table keeps what its rows promise: no other room does. Everybody may read. */
const WRITERS = {
  "*": ["storage"],
  owner_token: ["accounts"],
  session: ["accounts"],
  account: ["accounts"],
  membership: ["accounts"],
  invitation: ["accounts"],
  api_token: ["accounts"],
  sign_in_failure: ["accounts"],
  openid_identity: ["accounts"],
  openid_flow: ["accounts"],
  audit_event: ["accounts"],
  results_reader: ["studies"],
  study: ["studies"],
  study_change: ["studies", "loading", "leaving"],
  protocol: ["studies"],
  rendering: ["studies"],
  allotment: ["studies"],
  slot: ["studies", "assignments", "loading", "blinding-audit"],
  annotator_group: ["studies", "participants", "loading", "links"],
  annotator: ["studies", "assignments", "loading", "judges", "links", "leaving"],
  exclusion: ["assignments", "loading", "leaving"],
  platform: ["participants"],
  participation: ["participants", "leaving"],
  participant: ["participants", "leaving"],
  entry_passage: ["entry", "leaving"],
  entry_judgment: ["entry", "leaving"],
  personal_answer: ["entry", "leaving"],
  work_tally: ["quality", "leaving"],
  work_signs: ["quality", "leaving"],
  rule_trigger: ["quality", "leaving", "loading"],
  review: ["quality", "leaving", "loading"],
  departure: ["leaving", "loading"],
  retention: ["studies", "leaving"],
  load: ["loading", "leaving"],
  prompt: ["loading"],
  prompt_text: ["loading"],
  system: ["studies", "loading"],
  response: ["studies", "loading", "blinding-audit"],
  corrected_response: ["studies"],
  comparison: ["studies", "loading"],
  known_answer: ["loading"],
  told_calls: ["loading"],
  assignment: ["studies", "assignments", "judgments", "loading", "judges", "leaving"],
  judgment: ["judgments", "loading", "leaving"],
  skip: ["judgments", "leaving"],
  flag: ["judgments", "leaving"],
  message: ["messages", "leaving"],
  guess: ["messages", "leaving"],
  judge_run: ["judges"],
  judge_call: ["judges"],
  server_manner: ["model-servers"],
  unanswered_prompt: ["generation", "loading"],
  report_snapshot: ["reports", "leaving"],
  share_link: ["reports", "links"],
  upload: ["uploads"],
  upload_part: ["uploads"],
  prompt_set: ["curation"],
  prompt_set_version: ["curation"],
  prompt_set_text: ["curation"],
  prompt_set_item: ["curation"],
  prompt_set_decision: ["curation"],
  blinding_audit: ["blinding-audit"],
  found_sign: ["blinding-audit"],
  blinding_decision: ["blinding-audit", "loading"],
  masked_response: ["blinding-audit"],
  left_out_response: ["blinding-audit", "loading"],
  comparison_note: ["drill-down", "loading"],
  adjudication: ["drill-down", "loading"],
} as const;

export const RULES: Rules = { rooms: ROOMS, writers: WRITERS };

import type { AuditEventTable, OwnerTokenTable, SessionTable, ShareLinkTable } from "./access.ts";
import type { JudgeCallTable, JudgeRunTable, ToldCallsTable } from "./judges.ts";
import type {
  GuessTable,
  MessageTable,
  ParticipantTable,
  ParticipationTable,
  PlatformTable,
} from "./participants.ts";
import type {
  AnnotatorGroupTable,
  LoadTable,
  PromptTable,
  PromptTextTable,
  ProtocolTable,
  RenderingTable,
  ReportSnapshotTable,
  ResponseTable,
  StudyChangeTable,
  StudyTable,
  SystemTable,
  UnansweredPromptTable,
} from "./study.ts";
import type {
  AllotmentTable,
  AnnotatorTable,
  AssignmentTable,
  ComparisonTable,
  CountedJudgmentView,
  ExclusionTable,
  FlagTable,
  JudgmentTable,
  KnownAnswerTable,
  SkipTable,
  SlotTable,
} from "./work.ts";

/** Every table and view of the database by its name. */
export interface Tables {
  allotment: AllotmentTable;
  annotator: AnnotatorTable;
  annotator_group: AnnotatorGroupTable;
  assignment: AssignmentTable;
  audit_event: AuditEventTable;
  comparison: ComparisonTable;
  counted_judgment: CountedJudgmentView;
  exclusion: ExclusionTable;
  flag: FlagTable;
  guess: GuessTable;
  judge_call: JudgeCallTable;
  judge_run: JudgeRunTable;
  judgment: JudgmentTable;
  known_answer: KnownAnswerTable;
  load: LoadTable;
  message: MessageTable;
  owner_token: OwnerTokenTable;
  participant: ParticipantTable;
  participation: ParticipationTable;
  placed_judgment: CountedJudgmentView;
  platform: PlatformTable;
  prompt: PromptTable;
  prompt_text: PromptTextTable;
  protocol: ProtocolTable;
  rendering: RenderingTable;
  report_snapshot: ReportSnapshotTable;
  response: ResponseTable;
  session: SessionTable;
  share_link: ShareLinkTable;
  skip: SkipTable;
  slot: SlotTable;
  study: StudyTable;
  study_change: StudyChangeTable;
  system: SystemTable;
  told_calls: ToldCallsTable;
  unanswered_prompt: UnansweredPromptTable;
}

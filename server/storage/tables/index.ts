import type { AllotmentTable } from "./allotment.ts";
import type { AnnotatorTable } from "./annotator.ts";
import type { AnnotatorGroupTable } from "./annotator-group.ts";
import type { AssignmentTable } from "./assignment.ts";
import type { AuditEventTable } from "./audit-event.ts";
import type { ComparisonTable } from "./comparison.ts";
import type { CountedJudgmentView } from "./counted-judgment.ts";
import type { ExclusionTable } from "./exclusion.ts";
import type { JudgmentTable } from "./judgment.ts";
import type { LoadTable } from "./load.ts";
import type { OwnerTokenTable } from "./owner-token.ts";
import type { PromptTable } from "./prompt.ts";
import type { PromptTextTable } from "./prompt-text.ts";
import type { ProtocolTable } from "./protocol.ts";
import type { RenderingTable } from "./rendering.ts";
import type { ResponseTable } from "./response.ts";
import type { SessionTable } from "./session.ts";
import type { ShareLinkTable } from "./share-link.ts";
import type { SlotTable } from "./slot.ts";
import type { StudyTable } from "./study.ts";
import type { StudyChangeTable } from "./study-change.ts";
import type { SystemTable } from "./system.ts";

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
  judgment: JudgmentTable;
  load: LoadTable;
  owner_token: OwnerTokenTable;
  placed_judgment: CountedJudgmentView;
  prompt: PromptTable;
  prompt_text: PromptTextTable;
  protocol: ProtocolTable;
  rendering: RenderingTable;
  response: ResponseTable;
  session: SessionTable;
  share_link: ShareLinkTable;
  slot: SlotTable;
  study: StudyTable;
  study_change: StudyChangeTable;
  system: SystemTable;
}

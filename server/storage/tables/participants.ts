import type { Generated } from "kysely";
import type { CouldTell } from "../../contract/remarks.ts";
import type { FinishKind } from "../../contract/words.ts";

/* People who came by a shared link, from a platform or by themselves. */

/** How a platform leads people to a group. */
export interface PlatformTable {
  group_id: number;
  /** participants/settings.ts, as JSON. */
  settings: string;
  /** From which the personal links of its participants are derived. */
  secret: string;
  /** The shared link in the address that is given to the platform: not secret, as everybody there has it. */
  link: string | null;
  set_at: string;
}

/** The part of an annotator who came by a shared link; holds nothing that identifies them. */
export interface ParticipationTable {
  annotator_id: number;
  joined_at: string;
  /** The end of the time that the platform gives; null: no limit. */
  leave_by: string | null;
  /** When they stopped by their own choice. */
  stopped_at: string | null;
  /** How their part ended, the first time that they were sent back. */
  finish: FinishKind | null;
  finished_at: string | null;
}

/** A person as a platform knows them. Read for coming back and for paying, and nowhere else. */
export interface ParticipantTable {
  annotator_id: number;
  study_id: number;
  platform: string;
  external_id: string;
  session_id: string | null;
  platform_study_id: string | null;
  /** How their submission stands at the platform, as its own list had it; null: no list was read. */
  platform_status: Generated<string | null>;
}

/** What an annotator wrote to the owner, or the owner to them. `read_at`: when the annotator saw what the owner wrote. */
export interface MessageTable {
  id: Generated<number>;
  annotator_id: number;
  from_owner: number;
  text: string;
  /** Of what an annotator sent: the same for every retry. */
  request_key: string | null;
  sent_at: string;
  read_at: string | null;
}

/** Whether somebody could tell which system wrote which response, as they said at the end; or that they declined to answer. */
export interface GuessTable {
  annotator_id: number;
  could_tell: CouldTell | "declined";
  text: string | null;
  given_at: string;
}

/** What a careful annotator says of a comparison: which system is better, or, with null, neither. */
export interface KnownAnswerTable {
  comparison_id: number;
  study_id: number;
  better_system_id: number | null;
  load_id: number;
}

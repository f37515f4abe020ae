import { z } from "zod";
import { protocolSchema, studyDetailSchema, studyProgressSchema, studySummarySchema } from "./studies.ts";

/** One study as who cares for its annotators sees it: nothing that names a system, so they can still judge. */
export const studyPeopleSchema = studySummarySchema.extend({
  protocol: protocolSchema.pick({
    groups: true,
    messages: true,
    guess: true,
    rules: true,
    signs: true,
    repeats: true,
    minimumTime: true,
  }),
  groups: studyDetailSchema.shape.groups,
  progress: z.array(studyProgressSchema.pick({ group: true, wanted: true, judged: true })),
});
export type StudyPeople = z.infer<typeof studyPeopleSchema>;

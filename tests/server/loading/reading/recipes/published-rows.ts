import { chat, type Published } from "./published.ts";

/** Rows of ours in the shape of published files, odd ones included, and what they are read as. */
export const PUBLISHED: readonly Published[] = [
  {
    recipe: "shp",
    rows: [
      { post_id: "a", history: "Which fish?\n\n“Any”", human_ref_A: "Cod.", human_ref_B: "", labels: 1 },
      {
        post_id: "a",
        history: "Which fish?\n\n“Any”",
        human_ref_A: "Hake.",
        human_ref_B: "Cod.",
        labels: "0",
      },
      { post_id: "b", history: null, human_ref_A: "Hake.", human_ref_B: "Cod.", labels: 0 },
    ],
    records: [
      { choice: "left", leftTurns: ["Cod."], rightTurns: [""], annotator: null, sideKnown: false },
      { choice: "right", leftSystem: "human_ref_A", leftTurns: ["Hake."], metadata: { post_id: "a" } },
      { choice: "right", promptTurns: null },
    ],
    remark: "not whose they are, nor who voted",
  },
  {
    recipe: "pandalm",
    rows: [
      {
        ...{ idx: 0, cmp_key: "opt-7b_pythia-6.9b", instruction: "Name it.", input: "", motivation_app: "X" },
        ...{ response1: "Bee.", response2: "Fly.", annotator1: 1, annotator2: 2, annotator3: "" },
      },
      {
        ...{ idx: 1, cmp_key: "opt_7b_x", instruction: "Name it.", input: "It buzzes." },
        ...{ response1: "Bee.", response2: "Fly.", annotator1: 0, annotator2: 0, annotator3: 0 },
      },
    ],
    records: [
      { leftSystem: "opt-7b", rightSystem: "pythia-6.9b", annotator: "annotator1", choice: "left", row: 1 },
      {
        promptId: "0",
        promptTurns: ["Name it."],
        annotator: "annotator2",
        choice: "right",
        metadata: { motivation_app: "X" },
      },
    ],
    faults: ["2 FieldMissing"],
    remark: "so that each row is a prompt of its own, by its idx",
  },
  {
    recipe: "rewardbench",
    rows: [
      {
        id: 4,
        prompt: "Q?",
        chosen: "Bee.",
        chosen_model: "a",
        rejected: "Fly.",
        rejected_model: "b",
        subset: "s",
      },
      { id: 5, prompt: "R?", chosen: "x", chosen_model: "human", rejected: "y", rejected_model: "human" },
    ],
    records: [
      { leftSystem: "a", rightSystem: "b", choice: "left", leftTurns: ["Bee."], metadata: { id: 4 } },
    ],
    remark: "not by whom",
  },
  {
    recipe: "rewardbench-2",
    rows: [
      {
        id: "1",
        prompt: "Q?",
        chosen: ["Bee."],
        rejected: ["Fly.", "Ant."],
        num_correct: 1,
        models: ["a", "b", "c"],
      },
      { id: "2", prompt: "R?", chosen: ["Bee.", "Wasp."], rejected: [], num_correct: 2, models: ["a", "b"] },
    ],
    records: [
      { leftSystem: "chosen", leftTurns: ["Bee."], rightTurns: ["Fly."], choice: "left" },
      { leftTurns: ["Bee."], rightTurns: null },
    ],
    remark: "the others are not loaded",
  },
  {
    recipe: "trl-texts",
    rows: [
      { prompt: "Q?", rejected: "Fly.", chosen: "Bee." },
      { prompt: "[1, 2] or {3}?", rejected: "2", chosen: "[1]", score_chosen: 3.5 },
    ],
    records: [
      { promptTurns: ["Q?"], leftSystem: "chosen", rightSystem: "rejected", choice: "left" },
      {
        promptTurns: ["[1, 2] or {3}?"],
        leftTurns: ["[1]"],
        rightTurns: ["2"],
        metadata: { score_chosen: 3.5 },
      },
    ],
  },
  {
    recipe: "trl-messages",
    rows: [
      {
        prompt: chat(["system", "Be brief."], ["user", "Q?"]),
        chosen: chat(["assistant", "Bee."]),
        rejected: chat(["assistant", "Fly."]),
      },
      {
        prompt: chat(["user", "Q?"], ["assistant", "Yes."], ["user", "Why?"]),
        chosen: chat(["assistant", "So."]),
        rejected: chat(["assistant", "No."]),
      },
    ],
    records: [
      {
        promptTurns: ["Q?"],
        leftTurns: ["Bee."],
        rightTurns: ["Fly."],
        metadata: { system_message: ["Be brief."] },
      },
      { promptTurns: ["Q?", "Why?"], leftTurns: ["Yes.", "So."], rightTurns: ["Yes.", "No."] },
    ],
  },
  {
    recipe: "llmbar",
    rows: [
      { input: "Q?", output_1: "Bee.", output_2: "Fly.", label: 2 },
      { input: "Q?", output_1: "Bee.", output_2: "Ant.", label: 1 },
    ],
    records: [
      { promptTurns: ["Q?"], leftSystem: "output_1", choice: "right", sideKnown: false },
      { rightTurns: ["Ant."], choice: "left" },
    ],
  },
  {
    recipe: "lfqa",
    rows: [
      {
        ...{ q_id: "q", question_text: "Q?", answer1: "Bee.", answer2: "Fly.", BetterAnswer: "Answer B" },
        ...{
          comments: "So.",
          annotator: 7,
          annotation_id: 3,
          created_at: "2023-01-05T10:00:00.000Z",
          lead_time: 3.2,
        },
      },
      {
        question_text: "Q?",
        answer1: "Bee.",
        answer2: "Ant.",
        BetterAnswer: "Answer A",
        comments: "",
        annotator: 8,
      },
    ],
    records: [
      {
        ...{ choice: "right", rationale: "So.", annotator: "7", judgmentId: "3" },
        ...{ createdAt: "2023-01-05T10:00:00.000Z", metadata: { q_id: "q", lead_time: 3.2 } },
      },
      { choice: "left", rationale: null, annotator: "8" },
    ],
  },
  {
    recipe: "lfqa-processed",
    rows: [
      {
        ...{
          question: "Q?",
          answer_a: "Bee.",
          answer_b: "Fly.",
          answer_a_type: "human",
          answer_b_type: "gpt3",
        },
        ...{ overall_preference: 0, justification: "Same." },
      },
      {
        ...{
          question: "Q?",
          answer_a: "Bee.",
          answer_b: "Ant.",
          answer_a_type: "human",
          answer_b_type: "human",
        },
        ...{ overall_preference: 1, justification: "" },
      },
    ],
    records: [{ leftSystem: "human", rightSystem: "gpt3", choice: "tie", rationale: "Same." }],
    remark: "1 row is left out",
  },
  {
    recipe: "auto-j",
    rows: [
      { scenario: "s", label: 0, prompt: "Q?", "response 1": "Bee.", "response 2": "Fly." },
      { scenario: "s", label: 2, prompt: "Q?", "response 1": "Bee.", "response 2": "Ant." },
    ],
    records: [{ choice: "left", leftTurns: ["Bee."], metadata: { scenario: "s" } }, { choice: "tie" }],
  },
  {
    recipe: "alpacafarm-pairs",
    rows: [{ instruction: "Name it.", input: "It buzzes.", output_1: "Bee.", output_2: "Fly." }],
    records: [
      { kind: "response", promptTurns: ["Name it.\n\nIt buzzes."], system: "output_1", turns: ["Bee."] },
      { kind: "response", system: "output_2", turns: ["Fly."] },
    ],
    remark: "no verdict",
  },
  {
    recipe: "generated-text",
    rows: [
      { prompt: "Q?", generated_text: "Bee." },
      { prompt: "R?", generated_text: "", finish_reason: "length" },
    ],
    records: [
      { kind: "response", promptTurns: ["Q?"], system: "published", turns: ["Bee."] },
      { kind: "response", turns: [""], metadata: { finish_reason: "length" } },
    ],
  },
];

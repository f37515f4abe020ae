import { chat, type Published } from "./published.ts";

/** Preferences that say which of two responses is better, and comparisons by score or by worker. */
export const PREFERENCES: readonly Published[] = [
  {
    recipe: "llama-factory-chats",
    rows: [
      {
        conversations: [
          { from: "system", value: "Be brief." },
          { from: "human", value: "Fish?" },
          { from: "gpt", value: "Cod." },
          { from: "human", value: "Another?" },
        ],
        chosen: { from: "gpt", value: "Hake." },
        rejected: { from: "gpt", value: "Bees." },
      },
      {
        conversations: [{ from: "human", value: "Fish?" }],
        chosen: { from: "gpt", value: "Cod." },
        rejected: { from: "gpt", value: null },
      },
    ],
    records: [
      {
        ...{
          promptTurns: ["Fish?", "Another?"],
          leftTurns: ["Cod.", "Hake."],
          rightTurns: ["Cod.", "Bees."],
        },
        ...{ choice: "left", sideKnown: false, annotator: null, metadata: { system_message: ["Be brief."] } },
      },
      { leftTurns: ["Cod."], rightTurns: [""] },
    ],
    remark: "not by whom, nor whose they are",
  },
  {
    recipe: "llama-factory-texts",
    rows: [
      {
        instruction: "Name it.",
        input: "It is flat.",
        chosen: "Plaice.",
        rejected: "Bees.",
        chosen_reward: 2,
      },
      { instruction: "Name it.", input: "", chosen: "Cod.", rejected: 7 },
    ],
    records: [
      {
        ...{ promptTurns: ["Name it.\n\nIt is flat."], leftTurns: ["Plaice."], rightTurns: ["Bees."] },
        ...{ choice: "left", leftSystem: "chosen", metadata: { chosen_reward: 2 } },
      },
    ],
    faults: ["2 TextNotText"],
  },
  {
    recipe: "arena-votes",
    rows: [
      [0, 1, 0],
      ["0.0", "False", "1"],
      [1, 1, 0],
    ].map(([winner_model_a, winner_model_b, winner_tie], i) => ({
      ...{ id: i + 7, model_a: "arena1", model_b: "arena2", prompt: '["Hi.", "Fish?"]' },
      ...{ response_a: '["Ho.", null]', response_b: "Cod.", winner_model_a, winner_model_b, winner_tie },
    })),
    records: [
      {
        ...{ promptId: "7", judgmentId: "7", promptTurns: ["Hi.", "Fish?"], leftTurns: ["Ho.", ""] },
        ...{ rightTurns: ["Cod."], choice: "right", annotator: null, sideKnown: true, metadata: {} },
      },
      { choice: "tie", leftSystem: "arena1" },
    ],
    faults: ["3 ChoiceUnknown"],
    remark: "shown left",
  },
  {
    recipe: "ultrafeedback-binarized",
    rows: (
      [
        ["Cods.", "Bees.", 8, 3],
        ["Cods.", "Hake.", 8, 8],
        ["Cods.", "Cods.", 8, 8],
      ] as const
    ).map(([better, worse, score_chosen, score_rejected]) => {
      const [chosen, rejected] = [better, worse].map((said) => chat(["user", "Fish?"], ["assistant", said]));
      return {
        prompt: "Fish?",
        prompt_id: `u-${worse}`,
        chosen,
        rejected,
        messages: chosen,
        score_chosen,
        score_rejected,
      };
    }),
    records: [
      {
        ...{
          promptId: "u-Bees.",
          promptTurns: ["Fish?"],
          leftTurns: ["Cods."],
          choice: "left",
          annotator: "gpt-4",
        },
        ...{ group: { name: "gpt-4", kind: "model" }, metadata: { score_rejected: 3 }, sideKnown: false },
      },
      { choice: "tie" },
    ],
    remark: "1 row is left out: chosen and rejected are the same.",
  },
  {
    recipe: "summary-comparisons",
    rows: (
      [
        [0, "theirs", { post: "I lost it." }],
        [1, "theirs", { article: "A story.", title: null }],
        [1, "ours", { post: "I lost it." }],
      ] as const
    ).map(([choice, policy, info]) => ({
      ...{ info: { id: "t1", title: "Where?", ...info }, split: "train", choice, worker: "w1" },
      summaries: ["ours", policy].map((name, i) => ({ text: ` Lost ${i}.`, policy: name, note: "good" })),
      extra: { confidence: 8 },
    })),
    records: [
      {
        ...{
          promptTurns: ["Where?\n\nI lost it."],
          leftTurns: [" Lost 0."],
          choice: "left",
          annotator: "w1",
        },
        ...{ leftSystem: "ours", rightSystem: "theirs", sideKnown: false },
        metadata: { source_id: "t1", split: "train", extra: { confidence: 8 }, notes: ["good", "good"] },
      },
      { promptTurns: ["A story."], choice: "right" },
    ],
    remark: "summaries[0].policy and summaries[1].policy are the same",
  },
  {
    recipe: "webgpt-comparisons",
    rows: [
      [0.5, -0.5],
      [0, 0],
      ["-1", "1"],
      [null, 1],
    ].map(([score_0, score_1]) => ({
      ...{
        question: { dataset: "mine", id: "q1", full_text: "Fish?" },
        answer_0: "Cod [1].",
        answer_1: "Hake.",
      },
      ...{ score_0, score_1, quotes_0: { title: ["Fish"], extract: ["Cod"] } },
    })),
    records: [
      {
        ...{
          promptTurns: ["Fish?"],
          leftSystem: "answer_0",
          choice: "left",
          annotator: null,
          sideKnown: false,
        },
        metadata: { question_id: "q1", dataset: "mine", score_1: -0.5 },
      },
      { choice: "tie" },
      { choice: "right" },
    ],
    faults: ["4 FieldMissing"],
    remark: "nor whose the two answers are",
  },
];

/** Five small files in the shape of a benchmark's outputs as they were published: questions, answers of FastChat, generations with two texts. */
export function benchmarkFiles(prompts: number): { name: string; text: string }[] {
  const topics = ["time management", "stress", "Python", "sleep", "travel", "music", "trust", "rain"];
  const question = (i: number) => `How would you explain ${topics[i % topics.length]!}, part ${i}?`;
  const lines = (row: (i: number) => object) =>
    Array.from({ length: prompts }, (_, i) => `${JSON.stringify(row(i))}\n`).join("");
  const answers = (model: string) =>
    lines((i) => ({
      answer_id: `${model}-${i}`,
      model_id: `${model}:20230327`,
      question_id: i + 1,
      text: `An answer by the first kind of assistant, number ${i}, in ${model.length} words.`,
    }));
  const generations = (size: string) =>
    lines((i) => ({
      question_id: i + 1,
      text: question(i),
      category: "generic",
      prompt: `A chat between a human and an assistant. ### Human: ${question(i)} ### Assistant:`,
      generation: `A longer answer of the ${size} kind, number ${i}. It goes on for a while. ### Human: more`,
      generation_truncated: `A longer answer of the ${size} kind, number ${i}. It goes on for a while.`,
    }));
  return [
    {
      name: "outputs/questions.jsonl",
      text: lines((i) => ({ question_id: i + 1, text: question(i), category: "generic" })),
    },
    { name: "outputs/answer_alpha.jsonl", text: answers("alpha") },
    { name: "outputs/answer_beta.jsonl", text: answers("beta-one") },
    { name: "outputs/7b-generations.jsonl", text: generations("7b") },
    { name: "outputs/13b-generations.jsonl", text: generations("13b") },
    { name: "outputs/LICENSE", text: "MIT License\n\nCopyright (c) the authors of these files\n" },
  ];
}

import { expect, test } from "vitest";
import { promptRecipeText } from "../../../server/prompt-sets/recipes/named.ts";
import { parsePromptRecipe } from "../../../server/prompt-sets/recipes/parse.ts";

const source = (more: string) =>
  `sources:\n  - name: ours\n    kind: prompts\n    draw: { into: { test: 3 } }\n    ${more}`;

test.each([
  ["nonsense: [", /The recipe r is not YAML/],
  ["{}", /sources: is missing \(a list\)/],
  [source("colour: red"), /ours: “colour” is not known here/],
  [source("steps: [shorten]"), /ours, step 1: there is no step “shorten”. The steps are score,/],
  [source("steps: [{ length: { min: -1 } }]"), /ours, step 1, length, min: /],
  [source("steps: [{ length: { low: 1 } }]"), /ours, step 1, length: “low” is not known here/],
  [
    source("steps: [{ open: {}, answered: {} }]"),
    /ours, step 1: a step is one name with its parameters, not 2/,
  ],
  [source("steps: [{ groups: {} }]"), /must have either “only” or “except”/],
  [source("steps: [toString]"), /there is no step “toString”/],
  [
    source("terms: { training: forbidden }").replace("test: 3", "train: 3"),
    /ours, draw: its terms forbid training/,
  ],
  [
    `${source("files: [a.jsonl]")}\n  - { name: ours, kind: prompts, draw: { into: { dev: 1 } } }`,
    /two sources are called ours/,
  ],
  [source("").replace("test: 3", "test: 0"), /ours, draw, into: asks for no prompts/],
  [source("subreddits: [AskReddit]"), /ours, subreddits: only sources of the kind reddit have it/],
])("refuses %j with its place", (text, message) => {
  expect(() => parsePromptRecipe(text, "r")).toThrow(message);
});

// PROTOCOL of the paper: 1,000 for training of 200 + 200 + 200 + 150 + 50 + 200, 50 for development, 70 + 230 for testing.
test("LIMA's recipe asks for the paper's numbers", () => {
  const { sources } = parsePromptRecipe(promptRecipeText("lima"), "lima");
  const wanted = (split: "train" | "dev" | "test") =>
    sources.flatMap(({ name, draw }) => (draw.into[split] > 0 ? [[name, draw.into[split]]] : []));
  expect(wanted("train")).toEqual([
    ...[
      ["stem", 200],
      ["other", 200],
      ["wikihow", 200],
      ["writing-prompts", 150],
    ],
    ...[
      ["natural-instructions", 50],
      ["authors-a", 200],
    ],
  ]);
  expect(wanted("dev")).toEqual([["authors-a", 50]]);
  expect(wanted("test")).toEqual([
    ["ask-reddit", 70],
    ["authors-b", 230],
  ]);
});

/** The words of the routes of prompt sets, as in route-words.ts. */
export const PROMPT_SET_ROUTES = {
  "GET /api/prompt-sets": ["listPromptSets", "List the prompt sets with their latest versions."],
  "GET /api/prompt-sets/:set": [
    "getPromptSet",
    "Read a prompt set: versions, what one holds, decisions, and studies that use it.",
  ],
  "POST /api/prompt-sets/:set/versions": [
    "keepPromptSetVersion",
    "Keep prompts as the next version of a set, which is made if there is none.",
  ],
  "POST /api/prompt-sets/:set/drop": [
    "dropPrompts",
    "Keep a version without some prompts of the latest, with the reason.",
  ],
  "GET /api/prompt-sets/:set/diff": ["comparePromptSetVersions", "Compare two versions of a set."],
  "GET /api/prompt-sets/:set/draw": ["drawPrompts", "Draw some prompts of a version by chance."],
  "GET /api/prompt-sets/:set/export": ["exportPromptSet", "Write a version of a set as a file."],
  "DELETE /api/prompt-sets/:set": [
    "deletePromptSet",
    "Delete a set with all its versions; the body repeats its name.",
  ],
} as const;

/**
 * Whether a name is called as models and the judges made of them are: by a maker's or a family's name, a size, or as the
 * annotators of AlpacaEval and MT-Bench are. People can be called so too: whoever asks lets the researcher say.
 */
export const looksLikeModel = (name: string): boolean =>
  MAKERS.test(name) || FAMILIES.test(name) || JUDGES.test(name) || SIZE.test(name);

const MAKERS =
  /(^|[^\p{L}])(chatgpt|gpt|claude|gemini|openai|anthropic|deepseek|qwen\p{N}*|mistral|mixtral|llama\p{N}*|llm|vicuna|alpaca|cohere|command-?r|palm-?\p{N}|davinci|grok|kimi|wizardlm|nemotron|dbrx|jamba|internlm|baichuan|chatglm\p{N}*|glm-?\p{N}|olmo|tulu|skywork|zephyr|starling|guanaco|stablelm|ernie|doubao|moonshot|hunyuan|mistralai|meta-llama)(?![\p{L}])/iu;
const FAMILIES =
  /(^|[^\p{L}\p{N}])(gemma|phi|yi|nova|bard|falcon|opt)[-_ ]?\p{N}|(^|\/)o\p{N}-(mini|preview|pro)/iu;
const JUDGES =
  /^(model|llm|ai|autorater)$|^(weighted_|alpaca_eval|alpaca_farm|pandalm|prometheus|judgelm|auto-?j\b)|gpt-?_?\p{N}|_pair$|_single$|(^|[-_ ])(llm|model|reward)[-_ ]?(judge|annotator|model)/iu;
const SIZE = /[-_ ]\p{N}+(\.\p{N}+)?b($|[-_ ])/iu;

/** Columns that only a run of a model leaves beside a verdict: what it said, and what that cost. */
const TRACES = ["raw_completion", "price_per_example", "prompt_tokens", "completion_tokens"];

/** Whether a row of judgments holds what only a model's run leaves behind. */
export const hasTraceOfModel = (row: Readonly<Record<string, unknown>>): boolean =>
  TRACES.some((name) => row[name] !== undefined && row[name] !== null && row[name] !== "");

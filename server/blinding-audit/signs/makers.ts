/* Models and makers as texts name them, and the sentences in which a model names itself. */

const MODELS =
  "ChatGPT|GPT(?:-[\\w.]+)?|Claude(?: \\d[\\w.]*)?|Gemini(?: \\d[\\w.]*)?|Bard|L[Ll]a[Mm][Aa](?:[- ]?\\d[\\w.]*)?|Alpaca|Vicuna|Mi[sx]tral|Qwen[\\w.]*|Gemma|Grok|DeepSeek[-\\w.]*|PaLM|LaMDA|Koala|Dolly|Guanaco|WizardLM|Zephyr|Tulu|OLMo|InternLM|Baichuan|ChatGLM[\\w.]*|Kimi|Copilot|Bing Chat|Open ?Assistant|Pi|Assistant|ERNIE Bot|文心一言|通义千问|豆包|讯飞星火|百川|智谱清言";
const MAKERS =
  "Open ?AI|Anthropic|Google(?: DeepMind| AI| Research)?|DeepMind|Meta(?: AI)?|Facebook|Microsoft|Mistral(?: AI)?|Alibaba(?: Cloud)?|Cohere|xAI|DeepSeek(?: AI)?|Baidu|Zhipu(?: AI)?|Moonshot(?: AI)?|Hugging ?Face|Stanford(?: University)?|LMSYS|Large Model Systems Organization|Databricks|Technology Innovation Institute|TII|01\\.AI|Tencent|ByteDance|N[Vv][Ii][Dd][Ii][Aa]|IBM|Amazon|Allen Institute|AI2|EleutherAI|LAION|Stability AI|Inflection(?: AI)?";
const MADE = "(?:developed|trained|created|made|built|designed|fine-tuned|provided|powered) by";
const SOMEBODY = "(?:the )?[A-Z][\\w&.-]*[\\w](?: (?:and |of )?[A-Z][\\w&-]*){0,4}";
const AI = "(?:[Aa]n? )?(?:AI|artificial intelligence|(?:large )?language model|chatbot|virtual assistant)";

/** Each with what gives it away as its first group. */
const SELF = [
  `\\b(?:I am|I['’]m|[Mm]y name is|[Yy]ou can call me|I am called|[Aa]s) (${MODELS})(?![\\w-])`,
  `\\b(?:[Aa]s|I am|I['’]m) ${AI}[^.!?\\n]{0,60}? ${MADE} (${SOMEBODY})`,
  `\\b(?:I am|I['’]m|I was|I have been|my)\\b[^.!?\\n]{0,80}? ${MADE} (?:the )?(${MAKERS})(?!\\w)`,
  `\\b[Mm]y (?:creators?|developers?|makers?)(?: at|,| is| are) (?:the )?(${MAKERS})(?!\\w)`,
  `我(?:是|叫|的名字是)(${MODELS})`,
  `我是[^。！？\\n]{0,20}?由?(百度|阿里(?:巴巴|云)?|腾讯|智谱|字节跳动|百川智能|谷歌|深度求索|月之暗面|科大讯飞|华为|${MAKERS})[^。！？\\n]{0,10}(?:开发|训练|研发|创建|推出)`,
];
const PATTERNS = SELF.map((pattern) => new RegExp(pattern, "u"));
const EVERYWHERE = SELF.map((pattern) => new RegExp(pattern, "gu"));

/** The maker or model that a text claims to be from, as it stands there; null: none. */
export function makerIn(text: string): string | null {
  if (!/\b(?:I|[Mm]y|[Aa]s|[Yy]ou)\b|我/.test(text)) return null; // most texts, quickly
  for (const pattern of PATTERNS) {
    const named = pattern.exec(text)?.[1];
    if (named !== undefined) return named;
  }
  return null;
}

/** A text whose sentences about itself name nobody. @param mask stands for each name */
export const withoutMakers = (text: string, mask: string): string =>
  EVERYWHERE.reduce(
    (rest, pattern) =>
      rest.replace(pattern, (whole: string, named: string) => {
        const at = whole.lastIndexOf(named);
        return whole.slice(0, at) + mask + whole.slice(at + named.length);
      }),
    text,
  );

import type { Plan } from "../../../server/contract/plan.ts";
import type { Dictionary } from "../index.ts";

const number = (count: number): string => count.toLocaleString("zh-CN");
const rounded = (value: number): string =>
  value.toLocaleString("zh-CN", { maximumFractionDigits: value < 10 ? 1 : 0 });
const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;
const TESTS: Record<Plan["target"], string> = {
  "annotators like these": "t 检验，双侧 5%",
  "these annotators": "置换检验，双侧 5%",
};

/** The words of the planning page in Chinese. */
export const plan: Dictionary["plan"] = {
  language: "zh-Hans",
  tabTitle: "规划研究 – Tiebreak",
  title: "需要多少评判？",
  intro: "请填写您的预期。",
  fields: {
    rate: {
      label: "要发现的胜率（平局计 ½）",
      help: "0.5 表示没有差异；留空则计算现有提示能发现多大的差异。",
    },
    prompts: { label: "现有提示数", help: "留空则计算需要多少。" },
    judgments: { label: "每个提示的评判数", help: "由不同的标注者做出。" },
    annotators: { label: "分担评判的标注者人数", help: "留空按 20 人计；人越少，需要的提示越多。" },
    ties: { label: "预期的平局比例", help: "LIMA 研究中约为 0.22。" },
    correlation: {
      label: "同一提示的两次评判之间的相关",
      help: "0：相互独立；1：总是相同；众包中约 0.3，意见很一致时约 0.6。",
    },
    power: { label: "检验功效", help: "差异存在时发现它的概率；通常取 0.8。" },
    annotatorCorrelation: {
      label: "同一标注者的两次评判之间的相关",
      help: "对不同的提示；0：标注者之间没有差异；可由预研究得出，常为 0 到 0.06。",
    },
    words: { label: "每次评判的阅读字数", help: "提示和两个回答；留空则不计时间和费用。" },
    readingSpeed: { label: "每分钟阅读字数", help: "英语约为 240。" },
    pay: { label: "时薪", help: "任意货币；留空则不计费用。" },
  },
  about: {
    label: "结论针对谁",
    help: "与这些标注者相似的标注者，或仅这些标注者。",
    choices: { "like-these": "与这些标注者相似的标注者", these: "这些标注者" },
  },
  pilot: {
    label: "预研究",
    help: "您的一个已经评判过的研究：其平局比例和相关会填入上面。只有其所有者可以这样做。",
    take: "使用其数值",
    taken: (study, { judgments, annotators }) =>
      `来自 ${study}：${number(annotators)} 位标注者的 ${number(judgments)} 条评判${annotators < 10 ? "；人数太少，难以看出标注者之间的差异" : ""}。`,
  },
  answer: {
    size: (given) =>
      `${number(given.prompts)} 个提示 × ${given.judgmentsPerPrompt} = 每个基线 ${number(given.judgments)} 条评判。`,
    detects: ({ rate, smallestRate, power }) => {
      const what =
        smallestRate === undefined
          ? String(rate)
          : `不低于 ${smallestRate.toFixed(4)} 或不高于 ${(1 - smallestRate).toFixed(4)}`;
      return `能以 ${percent(power)} 的功效发现 ${what} 的胜率（平局计 ½）。`;
    },
    takes: ({ hours, cost }) =>
      hours === undefined
        ? ""
        : `阅读共需 ${rounded(hours)} 小时${cost === undefined ? "" : `，按此时薪费用为 ${rounded(cost)}`}。`,
    assumptions: (given) => [
      `假设：平局占 ${percent(given.ties)}；${TESTS[given.target]}。`,
      ...(given.judgmentsPerPrompt > 1
        ? [
            `假设：同一提示的两次评判相关为 ${given.correlation}，因此 ${number(given.judgments)} 条评判相当于 ${number(Math.round(given.effectiveJudgments))} 条相互独立的评判。`,
          ]
        : []),
      ...(given.annotators === undefined
        ? ["结论仅针对这些标注者：可以是其他提示，但不能是其他标注者。"]
        : [
            `结论针对与这些标注者相似的标注者，由其中 ${number(given.annotators)} 人分担评判。`,
            given.annotatorCorrelation === 0
              ? "假设标注者之间没有差异；如果有，需要更多的提示和标注者。"
              : `假设：同一标注者对不同提示的两次评判相关为 ${given.annotatorCorrelation}。`,
          ]),
      ...(given.prompts < 15
        ? ["提示不足 15 个时，实际功效更低：在 8 个提示的模拟中低 5 到 27 个百分点。"]
        : []),
    ],
  },
  empty: "请填写胜率、提示数，或两者。",
  unreachable: "无法连接服务器。请重试。",
  atTerminal: "在命令行中做同样的事：",
};

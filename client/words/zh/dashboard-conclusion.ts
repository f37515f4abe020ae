import { decimal, percent } from "../../../server/report-document/numbers.ts";
import type { Dictionary } from "../index.ts";

/** The words about what a study concludes, and how, in Chinese. */
export const conclusion: Dictionary["dashboard"]["conclusion"] = {
  title: "结论",
  change: "更改所要得出的结论",
  tests: {
    tTest:
      "结论针对与这些标注者相似的标注者，用 t 检验；如果是模型，或只有一两位标注者，则针对这些标注者，用置换检验。",
    permutationTest: "结论只针对这些标注者，用置换检验。",
    signTest: "结论只针对这些标注者，对提示用符号检验。",
  },
  noMargin: "没有界值：只检验差异。",
  withMargin: (margin) =>
    `胜率（平局计 ½）在 ${decimal(0.5 - margin)} 到 ${decimal(0.5 + margin)} 之间视为相当：检验非劣效和等效。`,
  noLooks: "结束前不做期中分析：在此之前报告没有 p 值，也没有结论。",
  withLooks: ({ at, spending }) =>
    `在计划评判数的 ${at.map((share) => percent(share)).join("、")} 和结束时各分析一次；错误率的分配：${
      {
        obrienFleming: "开始时很少（O’Brien–Fleming 型）",
        pocock: "大致均匀（Pocock 型）",
      }[spending]
    }。`,
  about: "结论针对",
  abouts: {
    tTest: "与这些标注者相似的标注者（t 检验）",
    permutationTest: "这些标注者（置换检验）",
    signTest: "这些标注者（符号检验）",
  },
  margin: "界值",
  marginMeans:
    "胜率与 .5 相差多少以内仍视为相当，例如 0.05；报告会检验目标系统是否不会差出更多，以及两者是否相当。留空：无。",
  looks: "结束前的分析时点（%）",
  looksMeans:
    "可以提前进行一两次检验的时点，以计划评判数的百分比表示，例如 50 或 33, 67；总体在 5% 的研究中出错。留空：无。",
  looksForm: "一个或两个小于 100 的数，例如 50 或 33, 67",
  spending: "各次分析的错误率",
  spendings: {
    obrienFleming: "开始时很少（O’Brien–Fleming）",
    pocock: "大致均匀（Pocock）",
  },
  save: "保存",
  saved: "结论已更改。",
};

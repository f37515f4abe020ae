import { ALL_PEOPLE } from "../../../server/report-document/words.ts";
import type { Dictionary } from "../index.ts";
import { counted } from "./counted.ts";

/** The words about the protocol, in Chinese. */
export const protocol: Dictionary["dashboard"]["protocol"] = {
  frozen: "研究开放时已冻结。",
  rest: "措辞、分配和结论",
  draft: "草稿：在研究开放之前可以更改。",
  hash: "哈希值",
  pairs: "比较对象",
  allPairs: "每一对系统",
  against: "对",
  question: "问题",
  options: "选项",
  title: "标题",
  guidelines: "评判说明",
  language: (code) => new Intl.DisplayNames("zh-CN", { type: "language" }).of(code) ?? code,
  contact: "联系方式",
  erased: "已删除者的评判",
  erasedJudgments: {
    excluded: "不计入任何数字。",
    kept: "仍计入数字，但与本人不再有关联。",
  },
  groups: "组",
  group: "组",
  kind: "身份",
  kinds: { crowd: "众包人员", author: "作者", model: "模型" },
  each: "每个比较的评判数",
  eachShared: "共同集中",
  perAnnotator: "每位标注者上限",
  headline: `计入“${ALL_PEOPLE}”`,
  unlimited: "无上限",
  yes: "是",
  no: "否",
  allotment: "分配",
  shared: (count) =>
    count === 0 ? "没有共同集。" : `有一个 ${counted(count, "prompt")}的共同集，每个组都先评判。`,
  checks: (every) =>
    every === null ? "没有检查对（答案已知的对）。" : `每 ${every} 对有一个检查对（答案已知的对）。`,
  repeats: {
    avoid: "只有在没有新提示时，标注者才会再次得到同一个提示。",
    forbid: "标注者绝不会两次得到同一个提示。",
    allow: "标注者可能多次得到同一个提示。",
  },
  turns: {
    last: "在对话中，评判最后一轮。",
    each: "在对话中，逐轮评判。",
  },
  identical: {
    true: "回答相同的对也会显示。",
    false: "回答相同的对不分配。",
  },
  lease: (minutes) => `标注者离开页面 ${counted(minutes, "minute")}后，这一对会重新分配。`,
  seed: "随机种子",
};

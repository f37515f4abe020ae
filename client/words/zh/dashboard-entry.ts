import type { EntryStage } from "../../../server/contract/words.ts";
import { asWord } from "../../../server/report-document/as-word.ts";
import type { Dictionary } from "../index.ts";
import { counted } from "./counted.ts";

/** The words about what comes before the first pair, on the dashboard, in Chinese. */
export const entry: Dictionary["dashboard"]["entry"] = {
  title: "第一对之前",
  none: "第一对之前没有任何内容。要先征求同意、练习或测试资格：",
  never: "第一对之前没有任何内容。",
  again: "要更改，请编辑文件并再次运行此命令：",
  print: "要打印全部设置：",
  command: (study) => `npx tiebreak entry set ${asWord(study)} entry.yaml`,
  show: (study) => `npx tiebreak entry show ${asWord(study)}`,
  arrived: (count) => `${counted(count, "annotator")}打开了链接。`,
  version: (version) => `有效的知情同意：版本 ${version}。`,
  table: "各阶段及通过人数",
  stage: "阶段",
  passed: "通过",
  out: "在此结束",
  stages: {
    information: "研究说明",
    consent: "知情同意",
    questions: "个人问题",
    practice: "练习",
    qualification: "资格测试",
  } satisfies Record<EntryStage, string>,
};

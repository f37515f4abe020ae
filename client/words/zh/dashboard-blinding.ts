import type { AuditChoice, FindingKind } from "../../../server/contract/findings.ts";
import { asWord } from "../../../server/report-document/as-word.ts";
import { isUndecided, whatText } from "../../../server/report-document/blinding-words.ts";
import { pText, shareText } from "../../../server/report-document/numbers.ts";
import type { Dictionary } from "../index.ts";
import { counted } from "./counted.ts";

const SIGNS: Record<FindingKind, string> = {
  "own-name": "说出自己系统的名称",
  "other-name": "说出研究中另一个系统的名称",
  maker: "说出是哪个模型或哪家公司",
  opening: "开头只有该系统才有",
  format: "格式只有该系统才用",
  thinking: "显示思考过程",
  token: "含有特殊标记",
  cut: "看起来被截断",
  failure: "看起来是错误消息",
  misread: "字符按错误的编码读取",
  identical: "与另一个系统的回答相同",
};
const CHOSEN: Record<AuditChoice, string> = { keep: "保持原样", mask: "已遮盖", "leave out": "不使用" };
/** As in the report. */
const LEVEL = 0.05;

/** The words about the blinding audit, in Chinese. */
export const blinding: Dictionary["dashboard"]["blinding"] = {
  means: "标注者看不到哪个回答来自哪个系统，但文本可能泄露这一点。请检查文本，最好在研究开放之前。",
  start: "检查文本",
  again: "重新检查",
  command: (study) => `npx tiebreak blinding ${asWord(study)}`,
  running: (done, of) =>
    of === 0
      ? "正在检查…"
      : done >= of
        ? "正在比较文风…"
        : `正在检查：共 ${counted(of, "prompt")}，已完成 ${done.toLocaleString("zh-CN")} 个…`,
  found: ({ responses, prompts, findings }) => {
    const of = `对 ${counted(prompts, "prompt")}的 ${counted(responses, "response")}`;
    if (findings.length === 0) return `在${of}中没有发现会泄露系统的内容，也没有发现损坏。`;
    const undecided = findings.filter(isUndecided).length;
    return `在${of}中有 ${findings.length} 项发现。${undecided === 0 ? "都已作出决定。" : `${undecided} 项尚未决定。`}`;
  },
  stale: "检查之后，文本、名称或比较的对有变动：请重新检查。",
  made: (time) => `检查时间：${time}。`,
  sign: (kind) => SIGNS[kind],
  what: whatText,
  decided: ({ decision, sinceDecided }) =>
    decision === null
      ? "尚未决定"
      : `${CHOSEN[decision.choice]}：${decision.reason}${sinceDecided === undefined ? "" : `；决定之后新增 ${sinceDecided} 个`}`,
  extent: (responses, of, label) =>
    `${label} 的 ${counted(of, "response")}中有 ${responses.toLocaleString("zh-CN")} 个`,
  examples: "例子",
  decide: "决定",
  decideOn: (finding) => `就此决定：${finding}`,
  choice: "如何处理",
  choices: {
    keep: "文本保持原样",
    mask: "遮盖所发现的内容",
    "leave out": "不使用这些比较",
  },
  choiceMeans: {
    keep: "什么都不变；报告会显示这一发现。",
    mask: "名称变为“[…]”；思考过程和特殊标记被删除。研究开放前可以这样做。",
    "leave out": "不再分配它们，对它们的评判不计入任何数字。以后可以改变决定，恢复它们。",
  },
  reason: "理由（会显示在报告中）",
  save: "保存决定",
  notNow: "暂不",
  style: "仅凭文风能否区分系统",
  toldApart: ({ system, against, prompts, accuracy, corrected }) => {
    if (!("value" in accuracy))
      return `文风能否区分 ${system} 和 ${against} 尚不清楚：${accuracy.notEstimable}`;
    const share = `在 ${counted(prompts, "prompt")}中判断正确的比例为 ${shareText(accuracy)}（随机水平：50%；${pText(corrected)}）`;
    return corrected !== null && corrected <= LEVEL
      ? `仅凭文风就能区分 ${system} 和 ${against}：一个简单的分类器${share}。`
      : `一个简单的分类器未能凭文风区分 ${system} 和 ${against}：${share}。人仍有可能做到。`;
  },
  styleMeans:
    "分类器只看形式：长度、列表、标点、常用词、开头。熟悉这些系统的人可能看出更多，其他人可能更少。",
  lengths: "长度",
  system: "系统",
  responses: "回答",
  median: "字符数中位数",
  unknown: "未知",
};

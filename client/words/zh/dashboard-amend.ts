import type { AmendmentChange } from "../../../server/contract/amendment-plan.ts";
import { asWord } from "../../../server/report-document/as-word.ts";
import type { Dictionary } from "../index.ts";
import { counted } from "./counted.ts";

const number = (count: number): string => count.toLocaleString("zh-CN");

type Wanted = Extract<AmendmentChange, { kind: "group" }>["wanted"];

function wantedOf({ judgments, sharedJudgments, judgmentsPerAnnotator }: Wanted): string {
  const shared = sharedJudgments === judgments ? "" : `（共同集中 ${sharedJudgments} 条）`;
  const each = judgmentsPerAnnotator === null ? "" : `，每位标注者最多 ${judgmentsPerAnnotator} 条`;
  return `每个比较 ${counted(judgments, "judgment")}${shared}${each}`;
}

function changeOf(change: AmendmentChange): string {
  switch (change.kind) {
    case "baselines":
      return `新基线：${change.systems.join("、")}`;
    case "group":
      return `新组 ${change.group}：${wantedOf(change.wanted)}`;
    case "judgments":
      return `组 ${change.group}：${wantedOf(change.to)}，原为${wantedOf(change.from)}`;
    case "wording":
      return `新措辞：${change.languages.join("、")}`;
    case "settings":
      return `更改设置：${change.names.join("、")}`;
    case "responses":
      return `更正 ${change.system} 的 ${counted(change.prompts.length, "response")}`;
    case "material":
      return `${change.prompts > 0 ? `新增 ${counted(change.prompts, "prompt")}，` : ""}新增 ${counted(change.comparisons, "comparison")}`;
    case "shared": {
      const { from, to, joining, leaving } = change;
      const moved = joining.length > 0 ? `加入：${joining.join("、")}` : `移出：${leaving.join("、")}`;
      return `共同集 ${counted(to, "prompt")}，原为 ${number(from)} 个${joining.length + leaving.length > 0 ? `（${moved}）` : ""}`;
    }
    case "reopened":
      return "重新开放";
  }
}

/** Amending a study that was opened, in Chinese. */
export const amend: Dictionary["dashboard"]["amend"] = {
  means: "每次修订都有编号和理由，报告会显示。之前的评判保留。修订之前会列出后果。",
  closed: "研究已关闭：任何修订都会重新开放它。",
  revisions: "修订",
  title: "修订研究",
  what: "更改什么",
  kinds: {
    judgments: "更多评判",
    baseline: "增加一个基线",
    group: "增加一个组",
    shared: "共同集",
    wording: "更清楚的问题",
    response: "更正一个回答",
    reopen: "什么都不改",
  },
  group: "组",
  judgments: "每个比较的评判数",
  shared: "每个组最先评判的提示数",
  newGroup: "组名",
  baseline: "基线",
  noBaseline: "已载入的系统都已参与比较。请先载入另一个系统的回答。",
  question: "问题",
  prompt: "提示编号",
  system: "系统",
  output: "更正后的回答",
  show: "显示后果",
  reason: "理由",
  confirm: (name) => `输入研究名称 ${name} 以修订`,
  act: "修订",
  planned: (revision) => `修订 ${revision}`,
  change: changeOf,
  follows: ({ added, dropped, askedAgain, nobodyLeft, checks, kept, marked, held, ended }, study) =>
    [
      added.judgments > 0 &&
        `新增：要求 ${counted(added.judgments, "judgment")}${added.comparisons > 0 ? `，其中有 ${counted(added.comparisons, "new comparison")}` : "，比较不变"}。`,
      dropped > 0 && `取消：${counted(dropped, "judgment")}不再要求，这些比较还没有分配给任何人。`,
      askedAgain > 0 &&
        `重新评判：对更正文本的 ${counted(askedAgain, "judgment")}退出所有数字，由其他人和原来的模型重新评判。`,
      nobodyLeft > 0 &&
        `其中 ${number(nobodyLeft)} 条，组里每个人都已看过这一对：请邀请更多人（npx tiebreak invite ${asWord(study)}）。`,
      checks > 0 &&
        `检查：${counted(checks, "pair")}已知答案的比较显示更正后的文本。答案不变；如果它不再正确，请撤回带来它的文件（npx tiebreak unload ${asWord(study)}），再载入正确的答案。`,
      kept > 0 && `保留：${counted(kept, "judgment")}照旧计入。`,
      marked > 0 &&
        `标记：其中${marked === kept ? "全部" : ` ${number(marked)} 条`}回答的是之前的措辞；报告按修订显示。`,
      held - ended > 0 && `屏幕上：${counted(held - ended, "pair")}正显示给标注者，按显示时的修订接受。`,
      ended > 0 && `结束：${counted(ended, "pair")}显示的是更正之前的文本，对它们的回答会保存但不计入。`,
    ].filter((line) => line !== false),
  revision: ({ revision, at, judgments, changes, reason }) => {
    const what = changes.length > 0 ? changes.map(changeOf).join("；") : revision === 1 ? "开放" : "修订";
    return `修订 ${revision}，${at.slice(0, 10)}：${what}${reason === null ? "" : `（${reason}）`}。${counted(judgments, "judgment")}。`;
  },
};

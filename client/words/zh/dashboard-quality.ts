import type { Consequence, Rule, Signal } from "../../../server/contract/quality.ts";
import { perCentOfBar } from "../../../server/report-document/numbers.ts";
import type { Dictionary } from "../index.ts";
import { counted } from "./counted.ts";

const number = (count: number): string => count.toLocaleString("zh-CN");
const percent = (share: number): string => `${perCentOfBar(share)}%`;

const CONSEQUENCES: Readonly<Record<Consequence, string>> = {
  note: "记录",
  warn: "警告标注者一次",
  pause: "暂停，直到有人查看",
  end: "暂停，并建议结束",
};

function ruleOf({ signal, threshold, after }: Rule): string {
  const below = `低于 ${percent(threshold)}`;
  const rules: Record<Signal, string> = {
    gold: `检查对的预期回答率${below}，从 ${number(after)} 对起`,
    attention: `注意力检查的正确率${below}，从 ${number(after)} 次起`,
    repeats: `重复对的前后一致率${below}，从 ${number(after)} 对起`,
    speed: `一半的对评判速度超过每分钟 ${number(threshold)} 词，从 ${number(after)} 对起`,
    straight: `连续 ${number(threshold)} 次相同选择，从 ${number(after)} 对起`,
  };
  return rules[signal];
}

/** The words about rules and reviews, in Chinese. */
export const quality: Dictionary["dashboard"]["quality"] = {
  rules: "规则",
  rule: ruleOf,
  then: ({ then, cap }) =>
    cap === undefined ? CONSEQUENCES[then] : `${CONSEQUENCES[then]}（最多 ${number(cap)} 人）`,
  repeats: ({ every }) => `每 ${every} 对中有一对是之前评判过的`,
  minimumTime: ({ seconds, per100Words }) =>
    `一对显示满 ${[
      ...(seconds > 0 ? [`${number(seconds)} 秒`] : []),
      ...(per100Words > 0 ? [`每 100 词 ${number(per100Words)} 秒`] : []),
    ].join("加")}后才能评判`,
  waiting: (people) =>
    people === 0
      ? "没有人在等待您的决定。"
      : `${counted(people, "annotator")}正在等待您的决定，在此期间不会得到新的对。`,
  reviewOf: (annotator) => `关于 ${annotator} 的决定`,
  because: {
    gold: "检查对",
    attention: "注意力检查",
    repeats: "重复对",
    speed: "速度",
    straight: "连续相同的选择",
  },
  asksEnd: "该规则建议结束其参与。",
  wrote: "对方写道：",
  since: (time) => `自 ${time} 起`,
  goOn: "让其继续",
  end: "结束其参与",
  reason: "理由（与决定一起保存）",
  endMeans: "对方不再得到新的对，已分配的对转给他人。已做的评判仍计入数字，并照付报酬。您可以撤销。",
  endNow: "现在结束",
  notNow: "暂不",
  decided: "已决定",
  decision: { end: "已结束", "go on": "继续" },
  undo: "撤销：让其继续",
  found: "规则发现的情况",
  nothingFound: "目前没有。",
  annotator: "标注者",
  what: "发现了什么",
  followed: "后果",
  when: "时间",
  took: {
    note: "已记录",
    warn: "已警告",
    pause: "已暂停",
    end: "已暂停，建议结束",
  } satisfies Record<Consequence, string>,
  read: "已读",
  seen: ({ signal, threshold }, { value, of }) => {
    const share = `共 ${number(of)} 对，其中 ${percent(value)}`;
    const seen: Record<Signal, string> = {
      gold: `${share} 检查对的回答符合预期`,
      attention: `${share} 注意力检查按要求回答`,
      repeats: `${share} 重复对的评判与之前相同`,
      speed: `${share} 评判速度超过每分钟 ${number(threshold)} 词`,
      straight: `${number(of)} 对中有 ${number(value)} 次连续相同的选择`,
    };
    return seen[signal];
  },
  signs: {
    title: "使用聊天机器人的迹象",
    set: "对同意的标注者记录使用聊天机器人的迹象",
    means: "只记录同意记录的标注者。这些迹象都不能证明什么，也不会自动产生后果：请先与对方沟通再作决定。",
    none: "还没有人同意。",
    left: "离开过页面",
    copied: "复制过文本",
    agreement: "与某个模型的一致程度",
    of: (pairs, of) => `${counted(of, "pair")}中的 ${pairs.toLocaleString("zh-CN")} 对`,
    unknown: "尚无法判断",
    agrees: ({ model, agreement, expected, pairs, standsOut }) =>
      `与 ${model} 在 ${number(pairs)} 对中一致 ${percent(agreement)}，其他人为 ${percent(expected)}${standsOut ? "：明显不同" : ""}`,
  },
  capped: "已暂停的人数达到上限：从现在起只作记录。",
};

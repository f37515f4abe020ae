import type { DepartureKind } from "../../../server/contract/words.ts";
import type { Duty } from "../../../server/contract/leaving.ts";
import { asWord } from "../../../server/report-document/as-word.ts";
import type { Dictionary } from "../index.ts";
import { counted } from "./counted.ts";

/** The words about annotators who left, and how long ids are kept, in Chinese. */
export const leaving: Dictionary["dashboard"]["leaving"] = {
  title: "谁退出了，编号保存多久",
  none: "没有人退出或被删除。",
  table: "已退出的标注者",
  annotator: "标注者",
  what: "情况",
  when: "时间",
  by: "提出者",
  toDo: "待办",
  nothing: "无",
  kinds: { withdrawn: "已退出", erased: "已删除" } satisfies Record<DepartureKind, string>,
  asked: "要求退出",
  people: { annotator: "标注者", owner: "您" },
  duties: {
    decide: "请决定：研究已关闭。如同意，请在下面让其退出。",
    pay: "请按平台自己的名单付款：付款导出只有金额，没有编号。",
    copies: "请删除之前的备份和导出文件。",
  } satisfies Record<Duty, string>,
  isDone: "完成",
  markDone: (duty, name) => `完成：${duty}，${name}`,
  undo: "撤销",
  takeBack: (duty, name) => `撤销：${duty}，${name}`,
  wasDone: {
    decide: (day) => `已于 ${day} 决定。`,
    pay: (day) => `已于 ${day} 付款。`,
    copies: (day) => `已于 ${day} 删除副本。`,
  } satisfies Record<Duty, (day: string) => string>,
  name: "研究中的名称，或平台上的编号",
  nameTitle: "有人写信给您",
  withdraw: "退出",
  erase: "删除",
  asks: { withdraw: (name) => `让 ${name} 退出？`, erase: (name) => `删除 ${name}？` },
  means: {
    withdraw: "其评判不计入任何数字，由他人评判这些对。其报酬不变。此操作无法撤销。",
    erase:
      "其链接、编号、姓名和文字将被永久删除，已保存的报告中也一样。此操作无法撤销。请删除之前的备份和导出文件。",
  },
  done: {
    withdraw: (name) => `${name} 已退出。`,
    erase: (name) => `已删除。留下的部分名为 ${name}。`,
  },
  notNow: "暂不",
  working: "正在处理…",
  retention: "平台编号",
  days: "关闭后多少天删除编号",
  names: "载入文件中的姓名也删除",
  set: "设置",
  typeName: (study) => `输入“${study}”`,
  erasesNow: "关闭后的天数已过：编号将立即删除，无法撤销。",
  notSet: "编号会一直保存，直到您删除。",
  kept: (days) => `研究关闭 ${counted(days, "day")}后删除编号。`,
  due: (day) => `将于 ${day} 删除。请在此之前付款。`,
  toPay: (people) =>
    `据此处所知，可能还要向 ${counted(people, "participant")}付款。没有编号就无法付款。请先保存名单：`,
  payments: (study) =>
    `npx tiebreak export ${asWord(study)} --as payments --out ${asWord(`${study}-payments`)}`,
  erased: (day) => `已于 ${day} 删除。`,
};

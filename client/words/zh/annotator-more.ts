import type { CouldTell } from "../../../server/contract/remarks.ts";
import type { Dictionary } from "../index.ts";

/** The words of what the annotator's page has in some studies, in Chinese. */
export const more: Dictionary["more"] = {
  remarks: {
    both: "评论或标记",
    comment: "评论",
    flag: "标记",
    noted: "已注明",
    title: "您在此注明的内容会与您的选择一起发送。",
    why: "请说明您选择的理由：",
    flags: "标记",
    of: { left: "回答 A", right: "回答 B", prompt: "提示" },
    known: {
      broken: "损坏或无法阅读",
      harmful: "有害",
      names_maker: "说出了制作者",
    },
    record: "记录我的选择",
    back: "返回选项",
  },

  copy: { copy: "复制", copied: "已复制", selected: "已选中，请自行复制" },

  messages: {
    title: "消息",
    close: "关闭",
    unread: (count) => `${String(count)} 条新消息`,
    means: "您可以在此写信给研究者。如果不想让对方知道您是谁，请不要写明身份。",
    you: "您",
    researcher: "研究者",
    write: "您的消息",
    send: "发送",
    notSent: "无法连接服务器，消息没有发出，仍保留在这里：请稍后再试。",
    unreachable: "无法连接服务器，暂时不能显示消息。",
  },
  guess: {
    question: "最后一个问题：您能看出哪个回答出自哪个 AI 系统吗？",
    answers: { yes: "大多能", some: "有时能", no: "不能" } satisfies Record<CouldTell, string>,
    which: "您认为是哪些系统？您是怎么看出来的？（可不填）",
    send: "发送",
    leaveOut: "不回答",
    notSent: "无法连接服务器。请稍后再试。",
  },
  running: {
    label: "您的评判目前的结果",
    soon: (every) => `每评判 ${String(every)} 对，这里会显示您的评判目前的结果。`,
    counts: (of) =>
      `共 ${String(of.wins + of.ties + of.losses)} 对。更好的次数：${of.system} ${String(of.wins)}，${of.against} ${String(of.losses)}；平局 ${String(of.ties)}。`,
    rate: (system, { rate, low, high }) =>
      `${system} 的胜率（平局算 ½）：${rate}；95 % 区间 ${low} 至 ${high}，无论您查看多少次都有效。`,
  },
};

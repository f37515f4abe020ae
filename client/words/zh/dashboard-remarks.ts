import type { Dictionary } from "../index.ts";
import { counted } from "./counted.ts";

type Dashboard = Dictionary["dashboard"];

/** Of the dashboard: what annotators say besides a choice, in Chinese. */
export const remarks: Pick<Dashboard, "messages" | "remarks"> = {
  messages: {
    title: "标注者的消息",
    extent: (messages, waiting) =>
      messages === 0
        ? "还没有人写信给您。"
        : `${counted(messages, "message")}。${waiting === 0 ? "都已回复。" : `${counted(waiting, "annotator")}尚未得到回复。`}`,
    isWaiting: "尚未回复",
    you: "您",
    answerTo: (annotator) => `您给 ${annotator} 的回复`,
    send: "发送回复",
    guesses: (count) => `能否分辨系统？${counted(count, "annotator")}作了回答`,
    couldTell: { yes: "大多能", some: "有时能", no: "不能" },
  },

  remarks: {
    title: "选择之外",
    comments: {
      optional: "每个回答都可以附评论。",
      required: "每个选择都需要附评论。",
    },
    commentsFor: (choices) => `以下选择需要附评论：${choices.join("、")}。`,
    flags: (names) => `可以标记的情况：${names.join("、")}。`,
    messages: "标注者可以在其页面上写信给您。",
    breaks: (breaks) =>
      `每${
        "everyPairs" in breaks
          ? `评判 ${counted(breaks.everyPairs, "pair")}`
          : `评判 ${counted(breaks.everyMinutes, "minute")}`
      }，提议标注者休息一次。`,
    copyButtons: "每个回答都有一个复制按钮。",
    guess: "结束时会问标注者能否分辨哪个回答来自哪个系统。",
  },
};

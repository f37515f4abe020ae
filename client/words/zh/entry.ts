import type { EntryStage } from "../../../server/contract/words.ts";
import type { Dictionary } from "../index.ts";

const number = (count: number): string => count.toLocaleString("zh-CN");

/** What comes before the first pair, in Chinese. */
export const entry: Dictionary["entry"] = {
  steps: "开始之前",
  stages: {
    information: "关于本研究",
    consent: "知情同意",
    questions: "关于您",
    practice: "练习",
    qualification: "测试",
  } satisfies Record<EntryStage, string>,
  continue: "继续",
  sending: "正在发送…",

  information: {
    howMuch: "数量与时间",
    asked: (pairs) => `请您评判 ${number(pairs)} 对回答。`,
    atMost: (pairs) => `最多有 ${number(pairs)} 对回答。您愿意评多少都可以。`,
    measured: (minutes) => `按其他人的速度，总共大约需要 ${number(minutes)} 分钟。`,
    fromLength: (minutes) => `根据文本长度估计，总共大约需要 ${number(minutes)} 分钟。`,
    pay: "报酬",
    warning: "请注意",
    stored: "会保存什么",
    storedAlways:
      "我们保存您的选择、选择的时间、阅读时长、语言、页面布局和设备类型，只对应一个编号，不对应您的姓名。",
    stop: "停止",
    stopDefault: "您可以随时停止：请使用页面底部的“退出本研究”。您已做出的回答都有效。",
    contact: "谁在进行本研究",
  },

  consent: {
    isNew: "自您同意以来，文本已有改动。请在评判下一对之前重新阅读。",
    statements: "请逐条勾选",
    agree: "我同意",
    refuse: "我不同意",
    missing: "要表示同意，请勾选每一条。",
    readAgain: "重新阅读",
    version: (version) => `版本 ${version}`,
  },

  questions: {
    why: "您的回答与您的选择分开保存，不会出现在任何报告中。",
    required: "必填",
    decline: "不愿回答",
    severalHint: "可以选择多项。",
    range: (min, max) =>
      min === undefined
        ? max === undefined
          ? "一个数字"
          : `不大于 ${max} 的数字`
        : max === undefined
          ? `不小于 ${min} 的数字`
          : `${min} 到 ${max} 之间的数字`,
    send: "保存并继续",
    missing: "请回答每个标为必填的问题。",
  },

  practice: {
    number: (at, of) => `练习第 ${at} 对，共 ${of} 对`,
    why: "您在这里的回答不计入结果：每次之后您会看到预期的回答和理由。",
    again: "在您再次参加测试之前，练习重新开始。",
    right: "与预期一致",
    wrong: "预期的是另一个回答",
    chosen: (choice) => `您的选择：${choice}`,
    expected: (choices) => `预期：${choices.join("，或：")}`,
    next: "下一对",
    done: "继续",
  },

  qualification: {
    number: (at, of) => `测试第 ${at} 对，共 ${of} 对`,
    mark: (pass, of) => `共 ${of} 对，至少有 ${pass} 对与预期一致才能继续。`,
    tries: (attempt, tries) => `第 ${attempt} 次，共 ${tries} 次。`,
    again: "您没有通过测试，可以再试一次。",
  },

  begin: {
    title: "现在正式开始",
    passed: (right, of) => `您通过了测试：共 ${of} 对，有 ${right} 对与预期一致。`,
    counts: "从现在起，您的回答计入结果；请只按您自己的看法回答。",
    button: "开始评判",
  },
};

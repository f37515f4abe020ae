import { decimal, dollars } from "../../../server/report-document/numbers.ts";
import type { judged as english } from "../en/dashboard-judged.ts";
import { counted } from "./counted.ts";

/** The words about what models judged, on the dashboard. */
export const judged: typeof english = {
  title: "指标与结论",
  means:
    "先是每个模型的结论有多可靠，然后是每次调用及其发送的消息。这些是结果：显示过结果的浏览器若再用于评判本研究，会被标记。区间为 95 %。",
  none: "还没有模型给出结论。运行有了结论后，这里会显示交换左右后结论是否不变、受什么影响，以及费用。",
  again: "刷新",
  madeElsewhere: "这些结论是从文件载入的，因此没有调用可显示。",

  consistency: "两种顺序下结论相同",
  ofComparisons: (count) => `（共 ${counted(count, "comparison")}）`,
  position: "偏好先显示的回答",
  length: "偏好较长的回答",
  ofDecisions: (count) => `（共 ${counted(count, "decision")}）`,
  flagged: "标记：超出偶然",
  constant: "标记：结论总是相同",
  ownSystem: "自家系统",
  noOwnSystem: "没有与其同名的系统。",
  rates: (own, people) =>
    people === null ? `半平局率 ${own}；没有人评判过` : `半平局率 ${own}，人的评判为 ${people}`,
  unknown: (reason) => `未知：${reason}`,
  failures: "失败的调用",
  noFailure: "没有。",
  cost: "费用",
  noPrice: "未知：没有给出价格。",
  spent: (total, each, atMost) =>
    [
      `${atMost > 0 ? "最多 " : ""}${dollars(total)}`,
      ...(each === null ? [] : [`每条评判 ${dollars(each)}`]),
    ].join("，"),
  versions: "实际应答的模型",
  versionsMean: (models) =>
    `${models.map((model) => model ?? "未报告名称").join("、")}：服务器更换了模型，各项指标混合了它们。`,

  show: "调用",
  states: { all: "全部", answered: "有结论", failed: "没有结论" },
  noCalls: "没有调用。",
  more: "更多调用",
  pair: (prompt, turn) => (turn > 1 ? `${prompt}，第 ${turn} 轮` : prompt),
  first: (preferred, other) => `${preferred}（先显示）优于 ${other}`,
  second: (preferred, other) => `${preferred}（后显示）优于 ${other}`,
  tie: (left, right) => `${left} 与 ${right} 平局`,
  waiting: "还没有结果",
  withoutVerdict: (kind) => `没有结论（${kind}）`,

  asSent: "发送的消息",
  whyNot: {
    "no hash": "无法再次显示：本版本会保存所发送内容的哈希值，而这次调用没有。",
    "no texts": "无法再次显示：回答已被撤回。",
    changed: "无法再次显示：研究有过的内容都与其哈希值不符，说明文本或模板已更改。",
  },
  hash: "消息的 SHA-256",
  parameters: "发送的参数：",
  notKept: "没有保存发送的参数。",
  form: (form) => `要求的回复形式 ${form}`,
  refusedParameter: (name, value) => `${name}：服务器默认值（${value} 被拒绝）`,
  answeredAs: (asked, reported) =>
    reported === null ? `${asked}，服务器没有报告模型` : `${asked}，应答模型 ${reported}`,
  took: (sent, received, ms) =>
    [
      `发送 ${sent ?? "?"} 个 token，接收 ${received ?? "?"} 个`,
      ...(ms === null ? [] : [`${(ms / 1000).toFixed(1)} 秒`]),
    ].join("，"),
  signs: "有回答对评判者说话。",
  made: ({ grade, preference, sample }) =>
    [
      ...(grade === null ? [] : [`等级 ${grade}`]),
      ...(preference === null ? [] : [`对先显示的回答的偏好 ${decimal(preference)}`]),
      ...(sample === null
        ? []
        : [
            sample.number === null
              ? `不在任何结论中（一个结论需要 ${sample.of} 个样本）`
              : `样本 ${sample.number}（共 ${sample.of} 个得出一个结论）`,
          ]),
    ].join("，"),
  reply: "回复",
  noReply: "没有保存回复。",
};

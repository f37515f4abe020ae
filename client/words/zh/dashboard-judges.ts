import { dollars } from "../../../server/report-document/numbers.ts";
import type { Dictionary } from "../index.ts";
import { counted } from "./counted.ts";
import { judged } from "./dashboard-judged.ts";

const number = (count: number): string => count.toLocaleString("zh-CN");

/** The words about models that judge, in Chinese. */
export const judges: Dictionary["dashboard"]["judges"] = {
  means: "由模型评判人所评判的同样的对：不显示系统名称，问题也相同。模型的评判自成一组，绝不计入人的评判。",
  notOpen: {
    draft: "研究开放后，模型才能评判。",
    paused: "研究已暂停，不再分配新的对。要让模型评判，请重新开放。",
    closed: "研究已关闭，不再分配新的对。",
  },

  server: "模型服务器",
  withKey: (url) => `${url}（有密钥）`,
  otherServer: "其他地址",
  address: "地址",
  addressMeans: "使用 https 的公开地址。不会向它发送密钥。",
  operator: "需要密钥或位于您内部网络的服务器，由本服务器的运营者配置：serve --judge-servers FILE",
  adapter: "接口",
  adapters: {
    openai: "OpenAI chat completions",
    responses: "OpenAI responses",
    anthropic: "Anthropic messages",
  },
  model: "模型",
  modelMeans: "它在服务器上的名称。",
  group: "组",
  groupMeans: "同一组中的多个模型组成评审团。",
  groupFirst: "models",
  orders: "顺序",
  order: {
    one: "一种顺序，与人看到的相同",
    both: "两种顺序：每一对再以左右互换的方式评判一次，调用次数加倍",
  },

  more: "更多设置",
  annotator: "报告中的名称",
  annotatorMeans: "留空则使用模型名称。",
  repeats: "每一对的重复次数",
  temperature: "温度",
  temperatureMeans: "留空则使用服务器的默认值。",
  seed: "随机种子",
  seedMeans: "如果服务器支持。",
  maxTokens: "每次回复的最大 token 数",
  language: "指令的语言",
  structured: "如果服务器支持，要求以 JSON 回复，而不是最后一行给出结论",
  keepThinking: "把模型的思考过程与每个判断一起保存，与其理由分开",
  limits: "上限",
  noLimit: "留空表示不设上限。",
  calls: "调用次数",
  dollars: "美元",
  dollarsMeans: "需要知道模型的价格。",
  minutes: "分钟",
  concurrency: "同时调用数",
  attempts: "每一对的尝试次数",

  estimate: "估算",
  start: "开始",
  estimated: (calls, sent, received) =>
    `约 ${counted(calls, "call")}，发送 ${number(sent)} 个 token，接收 ${number(received)} 个 token。`,
  costs: (value) => (value === null ? "费用未知：没有配置价格。" : `约 ${dollars(value)}。`),
  nothingSent: "没有发送任何内容。token 数根据文本长度估算。",
  started: "已开始运行。您可以离开本页。",

  runs: "运行",
  noRuns: "本研究中还没有启动过运行。",
  inGroup: "组：",
  at: (model, host, again) =>
    [
      `${model}（${host}）`,
      ...(again.orders === "both" ? ["两种顺序"] : []),
      ...(again.repeats > 0 ? [counted(again.repeats, "repeat")] : []),
    ].join("，"),
  states: {
    running: "运行中",
    stopping: "正在停止",
    waiting: "等待批处理",
    done: "已完成",
    "calls spent": "达到调用上限",
    "budget spent": "达到费用上限",
    "time spent": "达到时间上限",
    "quota spent": "服务器的每日配额已用完",
    stopped: "已停止",
    "gave up": "多次失败后放弃",
    "given up": "已放弃",
    died: "中断",
  },
  elsewhere: "在别处启动；请在那里停止。",
  batchMeans: "请在命令行中导入或放弃批处理结果。",
  stoppingMeans: "正在等待进行中的调用。",
  diedMeans: "其进程已结束。重新启动即可继续：已完成的调用不会重复。",
  bar: (annotator) => `${annotator} 的评判`,
  judgedOf: (judged, of) => `共 ${counted(of, "judgment")}，已完成 ${number(judged)} 条`,
  until: (iso) => `预计到 ${new Intl.DateTimeFormat("zh-CN", { timeStyle: "short" }).format(new Date(iso))}`,
  called: (calls, answered) => `${counted(calls, "call")}，${counted(answered, "verdict")}`,
  failed: (kind, count) => `${kind}：${number(count)}`,
  without: "没有结论",
  tokens: (sent, received) => `发送 ${number(sent)} 个 token，接收 ${number(received)} 个`,
  spent: dollars,
  stop: "停止",
  stopWhat: (annotator) => `停止 ${annotator}`,

  instructions: "给模型的指令",
  instructionsMeans:
    "每一对发送一条消息，两个回答的左右与人看到的一样。分隔码由研究和提示决定，不出现在任何文本中，因此任何回答都无法冒充模板的结尾。",
  version: (version) => `模板版本 ${version}`,
  hash: "使用此措辞的哈希值",
  judged,
};

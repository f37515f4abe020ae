const MEASURE: Readonly<Record<string, string>> = {
  prompt: "个提示",
  system: "个系统",
  judgment: "条评判",
  annotator: "位标注者",
  model: "个模型",
  pair: "对",
  time: "次",
  file: "个文件",
  day: "天",
  column: "列",
  "new prompt": "个新提示",
  "new output": "个新回答",
  "new judgment": "条新评判",
  output: "个回答",
  response: "个回答",
  "new comparison": "个新比较",
  check: "个检查对",
  submission: "份提交",
  finding: "项发现",
  "faulty row": "个有误的行",
  comparison: "个比较",
  minute: "分钟",
  hour: "小时",
  call: "次调用",
  repeat: "次重复",
  verdict: "个结论",
  decision: "个决定",
  message: "条消息",
  row: "行",
  error: "个错误",
  warning: "个警告",
  participant: "位参与者",
};

const numbers = new Intl.NumberFormat("zh-CN");

/** `1 个提示`, `1,200 条评判`; a noun that has no measure word here stays as it is. */
export const counted = (count: number, noun: string): string =>
  `${numbers.format(count)} ${MEASURE[noun] ?? noun}`;

import type { Dictionary } from "../index.ts";

const number = (count: number): string => count.toLocaleString("zh-CN");

/** The words about issued links, in Chinese. */
export const links: Dictionary["dashboard"]["links"] = {
  title: "已发出的链接",
  of: { people: (group) => `${group} 的链接`, results: "结果链接" },
  none: "还没有。",
  link: "链接",
  label: "备注",
  labelWhat: (name) => `${name} 的备注，通过链接进入的人看不到`,
  kind: "种类",
  kinds: { personal: "个人", shared: "公开链接", results: "结果" },
  state: "状态",
  states: { valid: "有效", revoked: "已撤销" },
  used: "上次使用",
  never: "从未",
  progress: "进度",
  judged: (judged, of) =>
    of === null ? `已评 ${number(judged)}` : `已评 ${number(judged)}，最多 ${number(of)}`,
  sawResults: "看过结果之后参与了评判",
  shows: (snapshot) => (snapshot === null ? "实时" : `快照 ${String(snapshot)}`),
  act: "操作",
  showAll: (count) => `显示全部 ${number(count)} 个`,
  hashes: "链接本身无法再次显示：只保存了它们的哈希值。要再次发送，请创建新链接取代它。",
  replace: "新链接",
  replaceWhat: (name) => `创建新链接取代 ${name}`,
  asksReplace: (name) => `创建新链接取代 ${name}？`,
  replaceMeans: {
    personal:
      "旧链接失效。打开新链接的人从该人停下的地方继续。如果对方此刻正用旧链接评判，请等待：其浏览器尚未发送的回答会丢失。",
    shared: "旧链接失效，新链接的设置相同。已经开始的人用自己的链接继续。",
    results: "旧链接失效。新链接显示的内容相同。",
  },
  replaced: (name) => `${name} 的新链接。请立即复制：它只显示一次。`,
  mostWhat: (name) => `${name} 最多可加入人数`,
  limited: (name, most) =>
    most === null
      ? `${name}：最多可加入所需人数的三倍，且不少于 50 人。`
      : `${name}：最多可加入 ${number(most)} 人。`,
  revoke: "撤销",
  revokeWhat: (name) => `撤销 ${name}`,
  restore: "恢复",
  restoreWhat: (name) => `恢复 ${name}`,
  asks: (name) => `撤销 ${name}？`,
  means: {
    personal:
      "对方会看到友好的提示，说明链接已失效。其评判保留并计入，分配给他的对转给他人。您可以恢复此链接。",
    shared: "此链接不能再用于开始。已经开始的人用自己的链接继续。您可以恢复它。",
    results: "打开此链接的人会看到它已失效。您可以恢复它。",
  },
  revoked: (name) => `${name} 已撤销。`,
  restored: (name) => `${name} 重新有效。`,
  undo: "撤销操作",
  notNow: "暂不",
};

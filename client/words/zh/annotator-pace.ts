import type { Dictionary } from "../index.ts";

const lasting = (minutes: number): string =>
  minutes <= 90 ? `${String(minutes)} 分钟` : `${String(minutes / 60)} 小时`;

/** The words about the time that the work takes, in Chinese. */
export const pace: Dictionary["pace"] = {
  left: (minutes) => `约剩 ${lasting(minutes)}`,

  break: {
    title: "要休息一下吗？",
    text: "如果愿意，可以休息。不会有任何损失。",
    take: "休息一下",
    later: "暂时不用",
  },
  rest: {
    title: "休息中",
    text: "准备好后请继续。休息的时间不计入任何一对；只要本页开着，眼前这一对就为您保留。",
    limit: "时限仍在计时。",
    resume: "继续评判",
  },
  limit: {
    title: "时限",
    near: (minutes, platform) => `${platform} 的时间只剩不到 ${String(minutes)} 分钟。`,
    over: (platform) => `${platform} 的时间已到。`,
    fixed: "在此无法延长。您已评判的内容都已保存。",
    more: "我需要更多时间",
    failed: "操作未成功。请稍后再试。",
  },
};

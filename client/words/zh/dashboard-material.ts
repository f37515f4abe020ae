import { asWord } from "../../../server/report-document/as-word.ts";
import type { Dictionary } from "../index.ts";
import { counted } from "./counted.ts";

const number = (count: number): string => count.toLocaleString("zh-CN");

/** The words about what is loaded, in Chinese. */
export const material: Dictionary["dashboard"]["material"] = {
  has: (prompts, systems, loaded) =>
    `${counted(prompts, "prompt")}和 ${counted(systems, "system")}` +
    (loaded > 0 ? `，以及 ${counted(loaded, "judgment")}（在别处做出）。` : "。"),
  system: "系统",
  role: "角色",
  responses: "回答",
  roles: { target: "目标", baseline: "基线", contender: "参与比较" },
  missing: (count) => `${counted(count, "prompt")}没有回答`,
  empty: "还没有载入任何内容。",
  loads: "载入记录",
  allLoaded: (count) => `已载入 ${counted(count, "file")}`,
  earlierLoads: (count) => `更早的载入记录：${number(count)} 条`,
  loadStates: { running: "进行中", published: "已载入", failed: "已拒绝", unloaded: "已撤回" },
  loadedBy: (load, who) => `载入 ${load}，由 ${who}。`,
  takeBack: "要撤回它带来的内容：",
  unload: (study, load) => `npx tiebreak unload ${asWord(study)} ${load}`,
  noReport: "还没有载入报告。",
  refused: "此文件没有任何内容被载入。请改正所列问题后重新载入。",
  read: "读取",
  fresh: "新增",
  unchanged: "未变",
  kinds: { prompts: "提示", responses: "回答", judgments: "评判" },
  rows: (rows) => counted(rows, "row"),
  format: (format) => `按 ${format} 读取`,
  repeats: (count) => counted(count, "repeat"),
  leftOut: (count) => `略过 ${counted(count, "row")}`,
  kept: (columns) => `作为元数据保存：${columns.join("、")}`,
  chosen: ({ won, others, tie, both_bad: bad, inconsistent }) =>
    `选择：${[
      ...won.map(({ system, judgments }) => `${system} ${number(judgments)}`),
      ...(others > 0 ? [`其他 ${number(others)}`] : []),
      `平局 ${number(tie)}${inconsistent > 0 ? `（其中 ${number(inconsistent)} 条前后不一致）` : ""}`,
      `两个都差 ${number(bad)}`,
    ].join("，")}`,
  sides: ({ left, right, tie, both_bad: bad, sidesUnknown }) =>
    sidesUnknown === left + right + tie + bad
      ? "没有记录左右：这些评判不进入与位置有关的数字"
      : `左 ${number(left)}，右 ${number(right)}` +
        (sidesUnknown > 0 ? `；${number(sidesUnknown)} 条左右不明` : ""),
  sameRows: (rows) => `${number(rows)} 行，前几行：`,
  errors: (count) => counted(count, "error"),
  warnings: (count) => counted(count, "warning"),
  showAll: (remarks) => `显示全部 ${remarks}`,
  more: (count) => `以及另外 ${number(count)} 个`,
  line: (line) => `第 ${String(line)} 行（文件行）`,
  row: (row) => `第 ${String(row)} 行`,
  wholeFile: "整个文件",
};

import type { AnnotatorRule } from "../../../server/contract/report-annotators.ts";
import type { WatchedAnnotator } from "../../../server/contract/watching.ts";
import { decimal, estimateText } from "../../../server/report-document/numbers.ts";
import { FINDING_SECTIONS, reportedOf, shareOf } from "../../../server/report-document/watching-words.ts";
import type { Dictionary } from "../index.ts";
import { counted } from "./counted.ts";

type Watching = Dictionary["dashboard"]["watching"];

const number = (count: number): string => count.toLocaleString("zh-CN");
const percent = (share: number): string => `${Math.round(share * 100)}%`;
const secondsOf = (value: number | null): string =>
  value === null ? "–" : `${value.toLocaleString("zh-CN", { maximumFractionDigits: 1 })} 秒`;

const AGREEMENT = {
  better: "好于随机水平",
  "not shown": "未显示好于随机水平",
  below: "远低于其他人",
};

const LOOKS: Watching["looks"] = {
  review: () => "被规则暂停，等待您的决定",
  message: () => "写信给您，尚未得到回复",
  chance: ({ agreement }) =>
    agreement === null
      ? "一致程度未显示好于随机水平"
      : `一致程度 ${decimal(agreement.rate)}，${AGREEMENT[agreement.found === "below" ? "below" : "not shown"]}（随机水平 ${decimal(agreement.chance)}）`,
  speed: ({ fast }) => `${shareOf(fast)} 的评判不到 2 秒`,
  side: ({ left }) => `有倾向的评判中 ${shareOf(left)} 选左侧`,
  answer: () => "某一回答的次数远多于其他人",
  checks: ({ checks }) => `${counted(checks.of, "check")}中通过 ${checks.count} 个`,
  results: () => "看过结果之后参与了评判",
};

const bySide = (one: WatchedAnnotator, rules: readonly AnnotatorRule[]): string =>
  rules.map((rule) => LOOKS[rule](one)).join("；");

/** Of the dashboard: how annotators work, and what is wrong, in Chinese. */
export const watching: Watching = {
  empty: "还没有人评判或受邀。",
  extent: (total, looks) =>
    `${counted(total, "annotator")}，${looks === 0 ? "无人需要查看" : `${number(looks)} 位需要查看`}。`,
  means: "按报告的规则表现异常的、写信给您的、或等待您决定的标注者排在前面。不会因此排除任何人。",
  needLook: "需要查看",
  looks: LOOKS,
  table: "标注者及其工作",
  columns: {
    annotator: "标注者",
    judged: "已评",
    seen: "上次出现",
    median: "中位用时",
    fast: "不到 2 秒",
    left: "选左侧",
    ties: "平局",
    checks: "检查",
    agreement: "一致程度",
    more: "其他",
  },
  share: shareOf,
  median: secondsOf,
  agreement: (agreement) => {
    if (agreement === null) return "–";
    const { rate, found, power } = agreement;
    return found === "cannot tell"
      ? `${decimal(rate)}，尚无法判断（功效 ${percent(power)}）`
      : `${decimal(rate)}，${AGREEMENT[found]}`;
  },
  open: (pairs) => `${counted(pairs, "pair")}待评`,
  never: "从未",
  checks: (passed, of) => (of === 0 ? "–" : `${String(passed)} / ${String(of)} 通过`),
  besides: ({ skipped, flagged }) =>
    [
      ...(skipped > 0 ? [`跳过 ${String(skipped)}`] : []),
      ...(flagged > 0 ? [`标记 ${String(flagged)}`] : []),
    ].join("，"),
  excluded: (rule) => `已排除：${rule}`,
  ended: "参与已结束",
  answer: "阅读并回复",
  decide: "决定",
  more: (shown, total) => `显示更多（已显示 ${String(shown)} / ${String(total)}）`,

  exclude: {
    title: "按规则排除",
    means: "在排除任何人之前，您会看到规则涉及谁以及后果。什么都不会删除，排除可以撤销。",
    rule: "规则",
    kinds: {
      checks: "未通过检查",
      speed: "过快",
      side: "总选一侧",
      report: "被报告指出",
    },
    failed: "未通过的检查数（至少）",
    of: "检查总数（至少，可选）",
    seconds: "中位用时低于（秒）",
    percent: "选同一侧的百分比（至少）",
    show: "显示涉及谁",
    nobody: "规则不涉及任何评判计入数字的人。",
    meets: (annotators) => `规则涉及 ${counted(annotators, "annotator")}。`,
    met: (rule, one) => {
      switch (rule.kind) {
        case "checks":
          return `${counted(one.checks.of, "check")}中未通过 ${one.checks.of - one.checks.count} 个`;
        case "speed":
          return `中位用时 ${secondsOf(one.medianSeconds)}`;
        case "side":
          return LOOKS.side(one);
        case "report":
          return bySide(one, reportedOf(one));
      }
    },
    effect: ({ judgments, freed, held, state }) =>
      `${counted(judgments, "judgment")}将不再计入任何数字。${
        state === "closed"
          ? "研究已关闭，因此不会重新分配。"
          : `将重新需要 ${counted(freed, "judgment")}，${counted(held, "pair")}可分配给他人。`
      }`,
    headline: "现在的主要结果，以及不含他们的结果",
    pair: "胜率（平局计 ½），对提示取平均",
    now: "现在",
    without: "不含他们",
    figure: (figures) =>
      `${estimateText(figures.halfTieRateByPrompt)}（${counted(figures.judgments, "judgment")}）`,
    reason: "理由",
    reasonMeans: "会记录下来，报告会显示理由和排除的影响。",
    exclude: (annotators) => `排除 ${counted(annotators, "annotator")}`,
    done: (annotators) => `已排除 ${counted(annotators, "annotator")}。`,
    undo: "撤销",
  },

  today: {
    title: "今日",
    nothing: "今天没有问题。",
    findings: {
      disk: {
        says: ({ count }) => `数据库所在处的剩余空间不足 ${count + 1} GB。`,
        next: "请腾出空间，或移动数据库。",
      },
      stuck: {
        says: ({ count, group }) =>
          `${String(group)} 组已有一天或更久无人评判，还剩 ${counted(count, "judgment")}。`,
        next: "请邀请更多人，或提醒有链接的人。",
      },
      nobody: {
        says: ({ count, group }) =>
          `${String(group)} 组还剩 ${counted(count, "judgment")}，无法分配给任何受邀者。`,
        next: "请邀请更多人。",
      },
      full: {
        says: ({ group }) => `${String(group)} 组的加入人数已达上限，其他人被拒绝。`,
        next: "请允许更多人加入，或等待已加入的人。",
      },
      review: {
        says: ({ count }) => `${counted(count, "annotator")}等待您的决定。`,
        next: "请查看其工作并作决定。",
      },
      message: {
        says: ({ count }) => `${counted(count, "annotator")}等待回复。`,
        next: "请阅读并回复。",
      },
      departure: {
        says: ({ count }) => `${counted(count, "annotator")}退出了，还有事情要处理。`,
        next: "请查看待办事项。",
      },
      payment: {
        says: ({ count }) => `${counted(count, "submission")}在平台上等待批准。`,
        next: "请导出付款名单，在平台自动批准之前批准。",
      },
      check: {
        says: ({ count }) => `大多数标注者没有通过 ${counted(count, "check")}。`,
        next: "请核对已知答案是否正确。",
      },
      skipped: {
        says: ({ count }) => `有 ${counted(count, "pair")}，两位或更多标注者无法评判。`,
        next: "请查看其文本。",
      },
      annotator: {
        says: ({ count }) => `${counted(count, "annotator")}的工作表现异常。`,
        next: "请查看；不会因此排除任何人。",
      },
      run: {
        says: ({ group, count }) => `${String(group)} 组的 ${String(count)} 个模型在评完之前停止了。`,
        next: "请查看原因并重新启动。",
      },
      blinding: {
        says: ({ count }) => `盲法检查有 ${counted(count, "finding")}尚未决定。`,
        next: "请决定保留、遮盖或不使用所发现的内容。",
      },
    },
    sections: FINDING_SECTIONS,
    since: (time) => `自 ${time} 起`,
  },

  pace: {
    title: "速度与预计完成时间",
    columns: { group: "组", left: "剩余", perDay: "每天", end: "预计完成" },
    means: "按最近 7 天的速度（第一条评判不足 7 天时按其以来的时间），附 90% 区间。夜晚和周末照实计入。",
    why: {
      done: "已完成",
      few: "无法预计：最近 7 天不足 20 条评判",
      short: "无法预计：工作时间不足一小时",
      "not open": "研究未开放",
    },
    end: ({ low, value, high }) =>
      high === null
        ? `${day(value)}，最早 ${day(low)}`
        : `${day(value)}，在 ${day(low)} 与 ${day(high)} 之间`,
  },
};

const day = (iso: string): string =>
  new Intl.DateTimeFormat("zh-CN", { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));

import { asWord } from "../../../server/report-document/as-word.ts";
import { ALL_PEOPLE } from "../../../server/report-document/words.ts";
import type { Dictionary } from "../index.ts";
import { counted } from "./counted.ts";
import { account } from "./dashboard-account.ts";
import { amend } from "./dashboard-amend.ts";
import { blinding } from "./dashboard-blinding.ts";
import { conclusion } from "./dashboard-conclusion.ts";
import { entry } from "./dashboard-entry.ts";
import { judges } from "./dashboard-judges.ts";
import { leaving } from "./dashboard-leaving.ts";
import { links } from "./dashboard-links.ts";
import { material } from "./dashboard-material.ts";
import { openId } from "./dashboard-openid.ts";
import { platform } from "./dashboard-platform.ts";
import { protocol } from "./dashboard-protocol.ts";
import { quality } from "./dashboard-quality.ts";
import { remarks } from "./dashboard-remarks.ts";
import { setup } from "./dashboard-setup.ts";
import { watching } from "./dashboard-watching.ts";

const number = (count: number): string => count.toLocaleString("zh-CN");

/** The words of the dashboard in Chinese, in simplified characters. */
export const dashboard: Dictionary["dashboard"] = {
  language: "zh-Hans",
  brand: "Tiebreak",
  tabTitle: "研究 – Tiebreak",
  studyTabTitle: (name) => `${name} – Tiebreak`,
  toStudies: "所有研究",
  signOut: "退出登录",
  loading: "正在载入…",
  unreachable: "无法连接服务器。您看到的是最后收到的数据。",
  failed: "操作没有成功。",
  number,
  time: (iso) =>
    new Intl.DateTimeFormat("zh-CN", { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso)),

  signIn: {
    title: "登录",
    how: "没有账户时，请用所有者链接打开管理页面。在服务器所在的机器上创建链接：",
    command: "npx tiebreak owner-link",
    then: "在此浏览器中打开打印出的链接。有效期为一天。",
    working: "正在登录…",
    linkNotValid: "此所有者链接已失效。请在服务器所在的机器上创建新链接：",
  },

  studies: "研究",
  noStudyForYou: "还没有研究对您开放。请向所有者索取某个研究的邀请。",
  noStudies: {
    commands: [
      "npx tiebreak study create haiku --target ours --baseline theirs",
      "npx tiebreak load haiku prompts.jsonl ours.jsonl theirs.jsonl",
    ],
    example: '{"prompt_id": "p1", "prompt": "写一首关于雨的俳句。", "output": "细雨落屋檐……"}',
  },
  account,
  openId,
  states: { draft: "草稿", open: "进行中", paused: "已暂停", closed: "已关闭" },
  has: (prompts, systems) => `${counted(prompts, "prompt")}，${counted(systems, "system")}`,
  judgedOf: (judged, wanted) => `共 ${counted(wanted, "judgment")}，已完成 ${number(judged)} 条`,
  neverJudged: (count) => `${number(count)} 个从未评判`,
  loadedJudgments: (count) => `已载入 ${counted(count, "judgment")}`,
  nothingWanted: "尚未分配任何内容",

  sections: {
    material: "材料",
    files: setup.steps.files,
    systems: setup.steps.systems,
    judgments: setup.steps.judgments,
    opening: setup.steps.open,
    protocol: "方案",
    amend: "修订",
    blinding: "盲法",
    people: "人员",
    annotators: "标注者",
    judges: "模型标注者",
    progress: "进度",
    quality: "质量",
    preview: "预览",
    results: "结果",
    team: "团队",
  },
  sectionsOf: "本研究各部分",

  moves: {
    notNow: "暂不",
    working: "请稍候…",
    open: {
      label: "开放研究",
      asks: "开放本研究？",
      means:
        "方案会以哈希值冻结；以后的更改都是有编号和理由的修订。计划的评判就此确定，有链接的标注者可以开始。",
    },
    reopen: {
      label: "重新开放",
      asks: "重新开放本研究？",
      means: "恢复分配，人员和方案不变。",
    },
    allot: {
      label: "分配新载入的提示",
      asks: "分配研究开放后载入的内容？",
      means: "新的比较可以按已冻结的方案分配。已分配的对不变。",
    },
    pause: {
      label: "暂停",
      asks: "暂停本研究？",
      means: "不再分配新的对，标注者会看到研究已暂停。屏幕上正在显示的对仍可评判并计入。您可以随时重新开放。",
    },
    close: {
      label: "关闭",
      asks: "关闭本研究？",
      means:
        "不再分配新的对，标注者会看到研究已结束。已分配的对的评判仍计入；之前的回答不能再改。结果保留。可以在“修订”中作为一次修订重新开放。",
    },
  },

  material,

  setup,

  protocol,
  amend,
  conclusion,

  people: {
    afterOpening: "研究开放后才能创建邀请链接。",
    groupsThen: "本研究将有以下组：",
    closed: "研究已关闭，不能再邀请标注者。",
    nothingWanted: "方案没有要求本组评判，因此不能邀请任何人加入。",
    summary: ({ kind, annotators, judged, unnamed }) =>
      `${counted(annotators, kind === "model" ? "model" : "annotator")}，${counted(judged, "judgment")}${unnamed ? `，其中 ${number(unnamed)} 条没有姓名` : ""}`,
    outside: `不计入“${ALL_PEOPLE}”`,
    model: "链接是给人用的。模型通过运行来评判；在别处做出的评判从文件载入。",
    loadedOnly: "方案中没有本组：其评判是载入的，不会向它分配对。",
    personal: "个人链接",
    personalMeans: "每人一个链接。在任何设备上都从该人停下的地方继续。",
    howMany: "数量",
    make: "创建链接",
    open: "公开链接",
    openMeans: "所有人共用一个链接。每个从此链接开始的人都成为有个人链接的标注者。",
    most: "最多可加入人数",
    mostDefault: "自动",
    several: "一个浏览器可以多人加入",
    makeOpen: "创建公开链接",
    replaceOpen: "创建新的公开链接",
    replaceMeans: "已有一个公开链接。新链接会取代它，旧链接失效。",
    once: "请立即复制：出于安全考虑，链接不会保存，也无法再次显示。",
    copyAll: "全部复制",
  },

  blinding,
  judges,
  leaving,
  links,
  platform,
  entry,
  quality,

  copy: "复制",
  copied: "已复制",
  copyFailed: "请手动选择并复制",

  progress: {
    empty: "研究开放后，每组计划的评判会显示在这里。",
    all: "合计",
    pair: "比较对象",
    judged: "已评",
    bar: (group, pair) => `${group}，${pair}`,
    against: (system, other) => `${system} 对 ${other}`,
    of: (judged, wanted) => `共 ${number(wanted)}，已评 ${number(judged)}`,
  },

  ...remarks,
  watching,

  skips: {
    title: "跳过的对",
    extent: (skipped, comparisons, reasons) =>
      `标注者跳过了无法评判的 ${counted(comparisons, "pair")}，` +
      `共 ${counted(skipped, "time")}（${reasons.join("；")}）。这些对已分配给他人。`,
    nobodyLeft: (judgments) =>
      `其中 ${counted(judgments, "judgment")}无法由目前受邀的任何人完成：组里每个人都已看过这一对。` +
      "请邀请更多标注者，或在没有这些评判的情况下关闭研究。",
    reasons: {
      language: "看不懂语言",
      unreadable: "无法辨读",
      missing: "内容缺失",
      offensive: "令人反感",
      other: "其他",
    },
    show: "显示这些对",
    prompt: "提示",
    pair: "比较对象",
    group: "组",
    why: "原因",
    and: "和",
    turn: (turn) => `（第 ${String(turn)} 轮）`,
    reason: (count, reason) => `${number(count)} × ${reason}`,
    first: (shown, of) => `显示 ${number(of)} 中的 ${number(shown)}；报告统计全部。`,
  },

  preview: {
    means: "标注者将看到的样子，使用本研究的前几对。不会记录任何内容。",
    show: "显示预览",
    empty: "载入提示和两个系统的回答后，可以看到预览。",
    previous: "上一对",
    next: "下一对",
    position: (at, of) => `第 ${String(at)} 对，共 ${String(of)} 对`,
    sides: "哪个系统在左侧，对每位标注者和每一对都是随机的。",
  },

  results: {
    means: "根据目前的评判，每个系统胜、平、负各多少次。",
    show: "打开结果",
    share: "创建分享链接",
    shareLink: "分享链接",
    shareMeans: "有分享链接的人只能看到本研究的结果：",
    shareLive: "实时：每次打开链接时的结果",
    shareFrozen: "快照：现在的结果",
    sharedLive: "此链接显示实时结果。请立即复制：它无法再次显示。",
    sharedFrozen: (snapshot) => `此链接显示结果的快照 ${snapshot}。请立即复制：它无法再次显示。`,
    command: (study) => `npx tiebreak report ${asWord(study)}`,
    or: "或在命令行中：",
    besideOther: "另一个研究，并排比较：",
    chooseOther: "选择研究",
    beside: "比较",
  },
};

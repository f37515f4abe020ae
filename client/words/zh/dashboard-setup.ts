import type { TakenFor } from "../../../server/contract/loading.ts";
import type { ColumnUse } from "../../../server/contract/uploads.ts";
import type { Dictionary } from "../index.ts";
import { counted } from "./counted.ts";

const number = (count: number): string => count.toLocaleString("zh-CN");

const USES: Record<ColumnUse, string> = {
  prompt: "提示",
  prompt_id: "提示编号",
  output: "回答",
  system: "写出回答的系统",
  source: "提示来源",
  system_a: "第一个系统",
  system_b: "第二个系统",
  winner: "胜者（a、b 或 tie）",
  left_system: "左侧系统",
  right_system: "右侧系统",
  choice: "选择（left、right 或 tie）",
  output_a: "第一个系统的回答",
  output_b: "第二个系统的回答",
  annotator: "标注者",
  rationale: "选择的理由",
  metadata: "作为元数据保存",
  "left out": "不使用",
};

const TAKEN: Record<TakenFor, string> = {
  prompt: USES.prompt,
  prompt_id: USES.prompt_id,
  output: USES.output,
  system: "系统",
  conversation: "对话",
  verdict: "结论",
  annotator: USES.annotator,
  rationale: USES.rationale,
  metadata: USES.metadata,
  "left out": USES["left out"],
  read: "由此格式使用",
};

/** The words about making a study, in Chinese. */
export const setup: Dictionary["dashboard"]["setup"] = {
  newStudy: "新研究",
  plainName: "study",
  steps: { files: "文件", systems: "系统", judgments: "评判", open: "开放与邀请" },
  begin: {
    title: "把文件拖到这里开始",
    how: "提示，以及两个或更多系统的回答；也可以有在别处做出的评判。文件夹、压缩包或任意多个文件都可以。",
    another: "把文件或文件夹拖到这里，新建另一个研究",
    without: "不用文件，直接开始",
    example: "文件可以是什么样子",
    exampleMeans:
      "每个回答一行；系统以文件命名。CSV、Excel、Parquet，以及各种基准和评测工具的文件都能直接识别。",
    terminal: "在命令行中做同样的事",
  },
  loaded: (files) => `已载入 ${counted(files, "file")}`,
  saving: "正在保存…",
  saved: "已保存",

  drop: {
    here: "把文件或文件夹拖到这里",
    more: "载入更多文件",
    files: "选择文件",
    folder: "选择文件夹",
    limits: (bytes, days) => `每个文件最大 ${bytes}。未载入的文件在 ${counted(days, "day")}后删除。`,
    leaving:
      "请保持本页打开，直到全部上传完毕；之后的检查和载入无需本页。若中途关闭，请再次拖入相同的文件：已上传的部分不会重传。",
  },
  sending: {
    title: (done, of) => `共 ${counted(of, "file")}，已上传 ${number(done)} 个`,
    again: "重新上传",
    there: (files) =>
      `${counted(files, "file")}名称和大小相同，已在这里，未再上传。要替换文件，请先将其移除。`,
    replaces: (name) => `${name} 替换了这里的同名文件。要两个都载入，请改名，或拖入它们所在的文件夹。`,
    cutOff: (name, arrived, of) => `${name}：已上传 ${arrived}，共 ${of}。请再次拖入该文件以上传其余部分。`,
    unreachable: "无法连接服务器。",
  },
  bytes: (bytes) => {
    const units = ["B", "kB", "MB", "GB"];
    const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
    const value = bytes / 1000 ** power;
    return `${value.toLocaleString("zh-CN", { maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 })} ${units[power] ?? ""}`;
  },

  waiting: {
    title: "已上传，尚未载入",
    use: "载入",
    useFile: (name) => `载入 ${name}`,
    file: "文件",
    system: "系统",
    systemOf: (name) => `${name} 的系统`,
    holds: "内容",
    kinds: { prompts: "提示", outputs: "回答", judgments: "评判" },
    counts: { prompts: "prompt", responses: "output", judgments: "judgment" },
    count: counted,
    nothing: "暂无",
    remove: "移除",
    removeFile: (name) => `移除 ${name}`,
    leftOut: (files) => `${counted(files, "file")}没有数据行，不载入`,
    judgedBy: "评判者",
    judgedKinds: { "": "按文件中的名称", crowd: "众包人员", author: "作者", model: "模型" },
    unclear: "此文件各列的含义不明确。请在下面选择。",
    unclearOfSeveral: (files) => `这 ${number(files)} 个文件各列的含义不明确。请在下面为它们一起选择。`,
    readAs: (format) => `按 ${format} 读取`,
    unknown: "未知格式",
    others: (names) => names.join("、"),
    more: (count) => `以及另外 ${number(count)} 个`,
  },

  readAs: {
    title: "如何读取这些文件",
    readAs: "读取方式",
    byContent: "按内容判断",
    formats: "格式",
    wide: "wide：一列提示，每个系统一列",
    recipes: "配方",
    recipe: (name, title) => `${name}：${title}`,
    encoding: "编码",
    utf8: "UTF-8，或按文件开头的标记",
    instead: (name) => `“读取方式”中的“${name}”`,
    choose: (name) => `请在“编码”中选择“${name}”`,
    another: "请在“编码”中选择另一个。",
  },

  columns: {
    title: (columns) => `${counted(columns, "column")}：各列的含义`,
    ofSeveral: (columns, files) => `这 ${number(files)} 个文件的 ${counted(columns, "column")}：各列的含义`,
    column: "列",
    samples: "前几个值",
    takenFor: "含义",
    takenForOf: (name) => `${name} 的含义`,
    automatic: (taken) => TAKEN[taken],
    open: "尚不明确",
    uses: USES,
    groups: { texts: "提示和回答", judgments: "评判", rest: "都不是" },
    looksLike: (what) => `看起来像${what}`,
  },

  check: {
    running: "正在检查所有文件…",
    loading: "正在载入所有文件…",
    at: (file, rows) => `${file}，第 ${number(rows)} 行`,
    title: "将要载入的内容",
    would: (prompts, outputs, judgments) =>
      [
        ...(prompts > 0 ? [counted(prompts, "new prompt")] : []),
        ...(outputs > 0 ? [counted(outputs, "new output")] : []),
        ...(judgments > 0 ? [counted(judgments, "new judgment")] : []),
      ].join("，") || "没有新内容。",
    refused: "这些文件目前无法载入；在可以载入之前，什么也不会载入。",
    load: (files) => `载入 ${counted(files, "file")}`,
    alike: (what, files) => `${what}与此相同${files > 1 ? `，在 ${counted(files, "file")}中` : ""}`,
    skipBad: (rows) => `略过 ${counted(rows, "faulty row")}，载入其余各行`,
    again: "重新检查",
    failed: "检查未能完成。",
    loadRefused: "什么也没有载入。",
    shown: "标注者将看到的样子（有删节）",
    noPrompt: "此提示还没有文本。",
    kept: (columns) => `作为元数据保存，不进入任何数字：${columns.join("、")}`,
    nothing: "这些文件都没有数据行。",
  },

  systems: {
    none: "载入回答后，系统会显示在这里。",
    target: "目标系统",
    targetMeans: "研究所关注的系统。每位标注者都把它的回答与某个基线系统的回答相比较。",
    all: "无：比较每一对系统",
    change: "更改报告中的名称",
    name: "报告中的名称",
    nameOf: (system) => `${system} 在报告中的名称`,
    inFiles: "文件中的名称",
    role: "角色",
    outputs: "回答",
    baseline: "基线",
    isBaseline: (system) => `${system} 是基线`,
    isTarget: "目标",
    order: "顺序",
    up: (system) => `上移 ${system}`,
    compared: (pairs) => `将比较 ${number(pairs)} 对系统。`,
    oneLeft: "目标系统至少需要一个基线。",
  },

  judgments: {
    means: "由谁评判，每个比较评判几次。在研究开放之前都可以更改。",
    group: "组",
    groupName: "组名",
    kind: "身份",
    kinds: { crowd: "众包人员", author: "作者", model: "模型" },
    each: "每个比较的评判数",
    most: "每位标注者上限",
    noLimit: "无上限",
    shared: "共同提示",
    sharedMeans: "每个组都先评判；0：无。",
    checks: "每多少对插入一个检查对",
    checksMeans: "答案已知的对，从文件载入；留空：无。",
    add: "添加组",
    remove: "移除",
    removeGroup: (name) => `移除 ${name}`,
  },
  outlook: {
    title: "所需工作量",
    pay: "时薪",
    payMeans: "任意货币。",
    nothing: "载入提示和两个系统的回答后，可以看到研究的工作量。",
    comparisons: (comparisons, prompts) =>
      `${counted(comparisons, "comparison")}，涉及 ${counted(prompts, "prompt")}`,
    judgments: (judgments) => counted(judgments, "judgment"),
    hours: (hours) =>
      hours < 1
        ? `约 ${counted(Math.max(1, Math.round(hours * 60)), "minute")}阅读时间`
        : `约 ${counted(Math.round(hours), "hour")}阅读时间`,
    cost: (cost) => `报酬约 ${cost.toLocaleString("zh-CN", { maximumFractionDigits: 0 })}`,
    annotators: (annotators) => `至少 ${counted(annotators, "annotator")}`,
    detects: (rate, annotators) =>
      `能发现 ${rate.toFixed(2)} 及以上的胜率（平局计 ½；检验功效 80%${annotators === undefined ? "" : `，${counted(annotators, "annotator")}`}）`,
    cannot: "无法计算能发现多大的差异：",
  },

  wording: {
    title: "更改措辞",
    guidelines: "评判说明（Markdown）",
    choices: {
      left: "选择左侧回答的选项",
      tie: "都不选的选项",
      both_bad: "两个都差的选项",
      right: "选择右侧回答的选项",
    },
  },

  open: {
    undecided: (findings) => `盲法检查有 ${counted(findings, "finding")}尚未决定。`,
    means: "开放会冻结方案。然后您可以创建邀请链接，标注者即可开始。",
    notYet: "请先载入提示和两个系统的回答。",
  },

  names: {
    edit: "重命名",
    name: "研究名称",
    nameMeans: "用于地址和命令；标注者看不到。",
    title: "标题",
    titleMeans: "标注者会看到。",
    save: "保存",
    cancel: "取消",
    copy: "以本研究为模板新建研究",
    copyMeans: "沿用问题、组和设置；不含文本和评判。",
    copyName: (name) => `${name}-copy`,
    remove: "删除此草稿",
    removeMeans: "其文件和文本将被删除，无法撤销。",
    type: (name) => `输入 ${name} 以删除`,
    removeNow: "删除",
  },
};

import type { FinishKind, SkipReason } from "../../../server/contract/words.ts";
import type { Dictionary } from "../index.ts";

const number = (count: number): string => count.toLocaleString("zh-CN");

/** The annotator's page in Chinese, in simplified characters. */
export const annotator: Dictionary["annotator"] = {
  language: "zh-Hans",
  brand: "Tiebreak",
  tabTitle: (title) => `${title} – Tiebreak`,

  progress: (judged, of) => `${number(judged)} / ${number(of)}`,
  progressLabel: (judged, of) => `共 ${number(of)} 对，已评 ${number(judged)} 对`,
  waiting: {
    saved: "✓ 已保存",
    saving: "正在保存…",
    offline: (count) => `离线：${number(count)} 条未发送`,
    offlineNone: "离线",
    serverAway: (count) => `${number(count)} 条未发送，正在重试`,
    serverAwayNone: "正在重试",
    onlyHere: "此浏览器无法离线保存。请保持本页打开，直到显示“已保存”。",
  },
  takenOver: "这一对在此期间已分配给他人。您的回答仍已保存。",
  refused: (message) => `有一条回答未被接受，不计入结果。${message}`,
  refusedChange: (message) => `对之前回答的修改未被接受。${message}`,
  understood: "知道了",

  reading: "文字与显示",
  readingShort: "Aa",
  textSize: "文字大小",
  smaller: "缩小",
  larger: "放大",
  sizePercent: (percent) => `${number(percent)}%`,
  face: "字体",
  serif: "衬线体",
  sans: "无衬线体",
  theme: "浅色或深色",
  themes: { device: "跟随设备", light: "浅色", dark: "深色" },
  longLines: "代码与表格",
  wrapLines: "长行自动换行",
  keysTitle: "键盘",
  keysSwitch: "用 1、2、3 或 A、N、B 选择，用 ⌫ 返回上一对",
  questionLanguage: "问题的语言",
  guidelines: "评判说明",
  close: "关闭",

  prompt: "提示",
  turn: (turn) => `提示，第 ${number(turn)} 轮`,
  lastTurn: (turn) => `提示，第 ${number(turn)} 轮：请评判对这一轮的回答`,
  ofTurn: (turn) => `，第 ${number(turn)} 轮`,
  earlierTurns: (count) => (count === 1 ? "前一轮对话" : `前 ${number(count)} 轮对话`),
  showWholePrompt: "显示全部",
  foldPrompt: "收起",
  left: "回答 A",
  right: "回答 B",
  jumpToLeft: "到回答 A ↑",
  jumpToRight: "到回答 B ↓",
  emptyAnswer: "这个回答是空的。",
  nextPair: (judged, of) => `新的一对。共 ${number(of)} 对，已评 ${number(judged)} 对。`,
  earlierPair: (choice) => `之前的一对。您的选择：${choice}`,
  earlierSkipped: (reason) => `之前的一对。您当时无法评判：${reason}`,

  choices: "您的选择",
  keySigns: { left: "1", tie: "2", right: "3", both_bad: "0" },
  keyShortcuts: { left: "1 A ArrowLeft", tie: "2 N", right: "3 B ArrowRight", both_bad: "0" },
  keys: { left: "按键：1、A 或 ←", tie: "按键：2 或 N", right: "按键：3、B 或 →", both_bad: "按键：0" },
  asleep: {
    both: "请先看完两个回答。",
    left: "请先看回答 A。",
    right: "请先看回答 B。",
    reading: "请先关闭“文字与显示”。",
    guidelines: "请先关闭评判说明。",
    cannot: "请给出原因，或返回选项。",
    time: "稍候片刻即可选择。",
    remarks: "请先返回选项。",
    messages: "请先关闭消息。",
  },
  cannot: {
    button: "我无法评判这一对",
    why: "您为什么无法评判这一对？",
    reasons: {
      language: "我不懂这种语言",
      unreadable: "内容损坏或无法阅读",
      missing: "缺少图片或附件",
      offensive: "内容令人反感",
      other: "其他原因",
    } satisfies Record<SkipReason, string>,
    back: "返回选项",
  },
  chosen: "您的选择",
  goBack: "上一对",
  goBackKey: "按键：⌫",
  goForward: "下一对",
  noEarlier: "这是第一对。",
  earlierNeedsNetwork: "暂时无法载入之前的内容。",
  noMoreChanges: "之前的回答已不能修改。",
  changeOrLeave: "这是之前的一对。您可以重新选择来修改回答，或前往下一对。",

  states: {
    fetching: "正在载入…",
    wait: {
      title: "暂时没有可评的内容",
      text: "其他人正在评判剩下的内容，其中一些之后可能会分给您。",
      next: "请保持本页打开，或稍后用您的链接再来。",
    },
    done: {
      title: "全部完成，谢谢您",
      text: "没有更多内容需要您评判了。",
      next: "您可以关闭本页。研究结束之前，您可以返回修改回答。",
    },
    noneLeft: {
      title: "没有可评的内容了",
      text: "没有更多内容需要您评判了。",
      next: "您可以关闭本页。",
    },
    paused: {
      title: "研究已暂停",
      text: "目前没有可评的内容。",
      next: "请保持本页打开，或稍后用您的链接再来。",
    },
    closed: {
      title: "研究已结束",
      text: "不再需要更多回答。谢谢您的参与。",
      next: "您可以关闭本页。",
    },
    ended: {
      title: "您在本研究中的部分已结束",
      text: "您不会再收到新的内容。您的回答已保存。谢谢您的时间。",
      next: "您可以关闭本页。如有疑问，请联系给您发送链接的人。",
    },
    withdrawn: {
      title: "您已撤回",
      text: "您的评判都不会被使用。谢谢您的时间。",
      next: "您可以关闭本页。",
    },
    youJudged: (count) => `您评判了 ${number(count)} 对。`,
    allSaved: "全部内容已保存。",
    asksAgain: (every) => `本页每 ${number(every)} 秒自动检查一次。`,
    stillWaiting: (count) => `还有 ${number(count)} 条回答正在发送。请保持本页打开，直到显示“已保存”。`,
    offline: {
      title: "您已评完目前载入的内容",
      text: "无法连接服务器。恢复连接后会载入更多内容。",
    },
    offlineAtStart: {
      title: "无法连接服务器",
      text: "请检查网络。本页会自动重试。",
    },
    away: {
      title: "服务器繁忙",
      text: "服务器没有正常响应。本页会自动重试。",
    },
    linkNotValid: {
      title: "此链接无效",
      text: "请检查链接是否复制完整。如果完整，请向发送者索取新的链接。",
    },
    linkGone: {
      title: "此链接已失效",
      text: "无法再用它保存回答。请向发送者索取新的链接。",
    },
    linkRevoked: {
      title: "您的链接已停用，谢谢您",
      text: "给您链接的人已将其撤销。您已保存的回答会保留，您无需再做什么。如果您认为这是误操作，请联系对方：对方可以恢复此链接。",
    },
    unsaved: (count) => `有 ${number(count)} 条回答无法保存，仍保留在此浏览器中。`,
    noLink: {
      title: "请用您自己的链接打开本页",
      text: "您收到的链接以一长串字母和数字结尾。请打开完整的链接。",
    },
    tryAgain: "立即重试",
  },

  join: {
    how: (choices) =>
      `每次您会看到一个提示和两个回答（A 和 B），请从${choices === 4 ? "四" : "三"}项中选择一项：`,
    storedTitle: "会保存什么",
    stored:
      "我们保存您的选择、选择的时间和阅读时长，只对应一个编号，不对应您的姓名。此浏览器会保存题目和您的回答，以免丢失；不使用 Cookie。",
    start: "开始",
    starting: "正在开始…",
    full: {
      title: "没有可评的内容了",
      text: "本研究的所有内容都已评完。谢谢您的到来。",
    },
    taken: {
      title: "暂时没有可评的内容",
      text: "其他人正在评判剩下的内容，其中一些之后可能会分给您：请稍后用同一链接再来。",
    },
    paused: {
      title: "研究已暂停",
      text: "目前没有可评的内容。请稍后用同一链接再来。",
    },
    closed: {
      title: "研究已结束",
      text: "不再需要更多回答。谢谢您的到来。",
    },
    crowded: {
      title: "参与人数已满",
      text: "目前不能再有人加入。情况可能会变化：请稍后用同一链接再来。",
    },
    noParticipant: {
      title: "请从平台打开本研究",
      text: "本研究面向来自众包平台或参与者库的人，而此地址中没有您的参与者编号。请回到平台上本研究的页面，重新打开。没有保存任何内容。",
    },
    wrongParticipant: {
      title: "地址不完整",
      text: "地址中应包含您的参与者编号，但其中一部分缺失、重复或被改动。请回到平台上本研究的页面，重新打开。如果仍看到本页，请通过平台联系研究者。没有保存任何内容。",
    },
    preview: "这是预览：地址的一部分仍是占位符，因此无法开始，也不会保存任何内容。",
    storedOfParticipant:
      "平台放在您链接中的编号也会保存，并与您的回答分开，以便您在任何设备上继续并获得报酬。它们不会出现在结果中。",
    decline: (platform) => `我不想参加：返回 ${platform}`,
    declined: { title: "您没有开始", text: "没有保存任何内容。" },
    failed: (message) => `操作未成功。${message}`,
    offline: "无法连接服务器。请稍后再试。",
    yourLink: "您自己的链接",
    yourLinkText: "请保存此链接：它可以让您在任何设备上回到原来的位置。任何拿到它的人都可以代您作答。",
    copy: "复制链接",
    copied: "已复制",
    copyByHand: "链接已选中。请用键盘或菜单复制。",
    goOn: "继续，开始第一对",
    ended: {
      title: "此邀请已结束",
      text: "不能再用此链接开始。如果您之前已开始，请用您自己的链接继续。",
    },
    wasHere: "您之前在此浏览器中开始过。",
    comeBack: "从上次的位置继续",
    startAnew: "以另一人的身份开始",
  },

  leave: "退出本研究",

  wayBack: {
    goesBack: (platform) => `几秒后将带您返回 ${platform}。`,
    withoutWaiting: "如果您不想等待：",
    whenReady: (platform) => `准备好后请返回 ${platform}。`,
    goNow: (platform) => `返回 ${platform}`,
    stay: "留在本页",
    codeToEnter: (platform) => `请在 ${platform} 输入此代码：`,
    codeIfNeeded: (platform) => `如果 ${platform} 要求代码，请输入：`,
    copy: "复制代码",
    selected: "代码已选中。请用键盘或菜单复制。",
  },

  finishes: {
    completed: { title: "全部完成，谢谢您", text: "您已完成所有要求的内容。" },
    no_consent: { title: "您没有同意", text: "您不会收到要评判的内容。谢谢您的时间。" },
    screened_out: { title: "本研究不适合您", text: "本研究需要其他回答的人。谢谢您的时间。" },
    failed_qualification: { title: "您没有通过测试", text: "您不会收到要评判的内容。谢谢您的时间。" },
    stopped: { title: "您已在此停止，谢谢您", text: "您不会再收到新的内容。" },
    ended: {
      title: "您在本研究中的部分已结束",
      text: "您不会再收到新的内容。谢谢您的时间。如有疑问，请联系研究者。",
    },
    no_work: { title: "没有可评的内容了", text: "没有更多内容需要您评判了。谢谢您的时间。" },
    timed_out: { title: "本研究的时间已到", text: "平台的时间限制已过。谢谢您的时间。" },
  } satisfies Record<FinishKind, { title: string; text: string }>,
};

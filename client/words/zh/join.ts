import type { Dictionary } from "../index.ts";

const number = (count: number): string => count.toLocaleString("zh-CN");

/** The words of the page that an open link leads to, in Chinese. */
export const join: Dictionary["join"] = {
  how: (choices) =>
    `每次您会看到一个提示和两个回答（A 和 B），请从${choices === 4 ? "四" : "三"}项中选择一项：`,
  storedTitle: "会保存什么",
  stored:
    "我们保存您的选择、选择的时间、阅读时长、语言、页面布局和设备类型，只对应一个编号，不对应您的姓名。此浏览器会保存题目和您的回答，以免丢失；不使用 Cookie。",
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
  took_part: {
    title: "您以前参加过",
    text: "本研究只面向没有参加过某些先前研究的人，而您参加过其中之一。没有保存任何内容。",
  },
  noParticipant: {
    title: "请从平台打开本研究",
    text: "本研究面向来自众包平台或参与者库的人，而此地址中没有您的参与者编号。请回到平台上本研究的页面，重新打开。没有保存任何内容。",
  },
  wrongParticipant: {
    title: "地址不完整",
    text: "地址中应包含平台添加的各个编号，但其中有的缺失、重复、被改动，或属于另一项研究。请回到平台上本研究的页面，重新打开。如果仍看到本页，请通过平台联系研究者。没有保存任何内容。",
  },
  preview: "这是预览：地址的一部分仍是占位符，因此无法开始，也不会保存任何内容。",
  limit: (minutes, mayExtend) =>
    `从您开始起，总共有 ${number(minutes)} 分钟。${
      mayExtend
        ? "时间将尽时本页会提醒您，您可以要求更多时间。"
        : "这一时限由平台规定，在此无法延长。时间将尽时本页会提醒您。"
    }`,
  storedOfParticipant:
    "平台放在您链接中的编号也会保存，并与您的回答分开，以便您在任何设备上继续并获得报酬。它们不会出现在结果中。",
  decline: (platform) => `我不想参加：返回 ${platform}`,
  declined: { title: "您没有开始", text: "没有保存任何内容。" },
  yourLink: "您自己的链接",
  yourLinkText: "请保存此链接：它可以让您在任何设备上回到原来的位置。任何拿到它的人都可以代您作答。",
  copy: "复制链接",
  copyByHand: "链接已选中。请用键盘或菜单复制。",
  goOn: "继续，开始第一对",
  continue: "继续",
  ended: {
    title: "此邀请已结束",
    text: "不能再用此链接开始。如果您之前已开始，请用您自己的链接继续。",
  },
  wasHere: "您之前在此浏览器中开始过。",
  comeBack: "从上次的位置继续",
  startAnew: "以另一人的身份开始",
};

import type { Signal } from "../../../server/contract/quality.ts";
import type { Dictionary } from "../index.ts";

/** The words about how somebody works, in Chinese. */
export const quality: Dictionary["quality"] = {
  language: "zh-Hans",

  warning: {
    title: "关于最近几对的说明",
    text: {
      gold: "其中有几对，我们预期的是另一个回答。请不必着急，把两个回答都读完；如有不清楚的地方，请再看一遍评判说明。",
      attention:
        "其中有几对写明了应当选哪一项，我们预期的就是那一项。这很容易被忽略：请把每个提示都读到最后。",
      repeats: "对于非常相似的几对，您的回答不一致。两者接近时这是可能的。请不必着急。",
      speed: "它们的作答速度超过了大多数人的阅读速度。请不必着急，慢慢来。",
      straight: "您连续多次做出了同样的选择。这可能完全正确。请重新仔细看每一对。",
    } satisfies Record<Signal, string>,
    pay: "没有任何损失：您的回答都已保存，您的报酬不受影响。",
    understood: "知道了",
  },

  review: {
    title: "短暂的停顿",
    text: "在显示更多内容之前，会有人查看您已评判的内容。",
    why: {
      gold: "其中有几对，我们预期的是另一个回答。这可能有正当的原因，例如研究本身有误。",
      attention: "其中有几对写明了应当选哪一项，而所选的是另一项。这很容易被忽略，也可能是研究本身有误。",
      repeats: "对于非常相似的几对，前后的回答不一致。两者接近时常会如此，不一定说明什么。",
      speed: "它们的作答速度超过了大多数人的阅读速度。有些人确实读得这么快，所以先由人来看一看。",
      straight: "同样的选择连续出现了多次。这可能完全正确，所以先由人来看一看。",
    } satisfies Record<Signal, string>,
    pay: "您的回答已保存，您已完成的部分照常支付。您手上的内容会为您保留一段时间。",
    asksAgain: "本页每分钟检查一次是否可以继续。您也可以关闭本页，稍后用您的链接再来。",
    again: "立即检查",
  },

  signs: {
    title: "还有一个问题",
    asks: "本页可以记录您在哪些题目上离开又回来，或复制了文本吗？研究者想知道回答来自人还是聊天机器人，也会把您的回答与模型的回答进行比较。",
    free: "您可以拒绝：您的工作和报酬都不受影响。您在设备上所做的其他事情都不会被记录。",
    agree: "可以，请记录",
    decline: "不可以",
  },

  answer: {
    asks: "有什么需要让研究者知道的吗？",
    ofEnded: "如果您认为这是误判，请写信给研究者。",
    label: "您的留言",
    send: "发送",
    sent: "已发送。您可以再写：以最新的一条为准。",
    failed: "操作未成功。请稍后再试。",
  },

  elsewhere: {
    answered: "您已在另一台设备或另一个标签页上回答过那一对。以那里的回答为准。",
    title: "您对同一对回答了两次",
    stands: "您已在另一台设备或另一个标签页上回答过这一对。除非您更改，否则以那里的回答为准。",
    there: "在那里的回答",
    here: "在这里的回答",
    look: "要再看一遍这一对，请用“上一对”。",
    keep: "保留那里的回答",
    change: "改用这里的回答",
  },
};

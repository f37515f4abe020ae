import type { Dictionary } from "../index.ts";

/** The words about signing in at an OpenID provider, in Chinese. */
export const openId: Dictionary["dashboard"]["openId"] = {
  signInWith: (name) => `用 ${name} 登录`,
  acceptWith: (name) => `用 ${name} 接受`,
  makeWith: (name) => `用 ${name} 创建我的账户`,
  connect: (name) => `关联 ${name}`,
  withPassword: "用密码",
  noPasswordNeeded: (name) => `您在 ${name} 登录，在此不需要密码。`,
  theProvider: "您的身份提供方",
  problems: (name) => ({
    late: "此次登录超过了十分钟，或是在另一个浏览器中开始的，或已经完成。请重新开始。",
    refused: `${name} 没有让您登录。如果不是您自己取消的，请询问 ${name} 的管理者。`,
    unreachable: `目前无法连接 ${name}。请几分钟后重试，或使用下面的其他方式。`,
    "not-valid": `无法信任 ${name} 的答复，因此您没有登录。请重试；如果仍不行，请把此消息给本服务器的运营者看。`,
    unknown: `${name} 认识您，但这里还没有人邀请您。请向所有者索取邀请，打开链接并在那里选择 ${name}。如果您有带密码的账户，请用密码登录，并在“账户”中关联 ${name}。`,
    invitation: "此邀请已失效。请索取新的邀请。",
    taken: `在 ${name} 登录的人在此已有另一个账户。请先在 ${name} 退出，或登录那个账户。`,
    "address-taken": `这里已有账户使用您的邮箱。请用其密码登录，在“账户”中关联 ${name}，然后再次打开邀请。`,
    "no-address": `${name} 没有为您的邮箱作证。请回到开始的地方填写邮箱，然后再次选择 ${name}。`,
  }),
  toDashboard: "如果您已登录，请前往管理页面",
  how: {
    title: "您如何登录",
    password: "用邮箱和密码",
    at: (host) => `在 ${host}`,
    since: (time) => `关联于 ${time}`,
    used: (time) => `上次使用 ${time}`,
    disconnect: "取消关联",
    disconnectWhat: (host) => `取消关联 ${host}`,
    disconnects: "其他浏览器会退出登录。您可以再次关联。",
    noPassword: "如需密码，请向所有者索取新密码链接。",
    why: (name) => `之后您既可以用 ${name} 登录，也可以用密码登录。`,
  },
};

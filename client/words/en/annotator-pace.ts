import { counted } from "./counted.ts";

const lasting = (minutes: number): string =>
  minutes <= 90 ? counted(minutes, "minute") : `${String(minutes / 60)} hours`;

/** The words about the time that the work takes; they come once there is a pair. */
export const pace = {
  left: (minutes: number) => `about ${lasting(minutes)} left`,

  break: {
    title: "Time for a short break?",
    text: "Take one if you like. Nothing is lost.",
    take: "Take a break",
    later: "Not now",
  },
  rest: {
    title: "Your break",
    text: "Go on when you are ready. This time counts for no pair, and the open pair stays yours while this page is open.",
    limit: "The time limit does not wait.",
    resume: "Continue judging",
  },
  limit: {
    title: "Time limit",
    near: (minutes: number, platform: string) =>
      `Less than ${counted(minutes, "minute")} ${minutes === 1 ? "is" : "are"} left of the time for ${platform}.`,
    over: (platform: string) => `The time for ${platform} is over.`,
    fixed: "It cannot be extended here. What you have judged is saved.",
    more: "Give me more time",
    failed: "That did not work. Try again in a moment.",
  },
};

import type { PlatformShown } from "../../contract/platforms.ts";

/** A platform's settings for a terminal, in the order in which they are pasted. */
export function platformText(platform: PlatformShown): string {
  const { group, name, address, minutes, parameters, finishes, isRecognised } = platform;
  return [
    `${name}, group ${group}`,
    ...(isRecognised
      ? [
          `People have joined from ${name}, which is not set: they see the codes below and are not sent back.`,
          "Run “platform set”, so that only its participants can use the link.",
        ]
      : []),
    "",
    "Address of the study, to paste at the platform:",
    `  ${address ?? "none: its link was revoked or replaced. Run “platform set” again for a new one."}`,
    `Parameters: ${parameters.map((one) => one.name).join(", ")}`,
    `Time: ${minutes === null ? "no limit here" : `${minutes} minutes`}`,
    "",
    "Codes, and where they lead:",
    ...finishes.flatMap((one) => [
      `  ${one.finish.padEnd(11)} ${(one.code ?? "no code").padEnd(9)} ${one.advice}`,
      ...(one.address === null
        ? []
        : [`  ${" ".repeat(22)}${one.address.replace("{code}", one.code ?? "")}`]),
    ]),
  ].join("\n");
}

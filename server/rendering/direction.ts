export type Direction = "ltr" | "rtl";

const STRONG = /[\p{L}\u200E\u200F]/u;

const RIGHT_TO_LEFT =
  /[\u200F\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/u;

/**
 * The direction of the first letter of a text, as browsers decide `dir="auto"`; undefined when there is
 * no letter (digits and signs have no direction of their own).
 */
export function firstStrongDirection(text: string): Direction | undefined {
  const letter = STRONG.exec(text)?.[0];
  if (letter === undefined) return undefined;
  return RIGHT_TO_LEFT.test(letter) ? "rtl" : "ltr";
}

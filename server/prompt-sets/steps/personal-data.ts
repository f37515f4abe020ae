import { isIPv6 } from "node:net";

/** Of what kind, how it is found, and what of it is none after all. */
interface Kind {
  readonly one: string;
  readonly many: string;
  readonly pattern: RegExp;
  readonly isOne?: (found: string) => boolean;
}

const digitsOf = (text: string): string => text.replace(/\D/g, "");

/** Names that are for examples alone (RFC 2606). */
const isRealHost = (address: string): boolean =>
  !/@(.*\.)?(example\.(com|org|net)|[^.]+\.(example|invalid|test|localhost))$/i.test(address);

/** Luhn's check digit (ISO/IEC 7812-1), and a first digit that payment cards have. */
function isCard(text: string): boolean {
  const digits = digitsOf(text);
  if (digits.length < 13 || digits.length > 19 || !/^[2-6]/.test(digits) || /^(\d)\1*$/.test(digits))
    return false;
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** ISO 13616: the first four characters behind the others, letters as numbers from 10, leave 1 when divided by 97. */
function isIban(text: string): boolean {
  const plain = text.replace(/\s/g, "").toUpperCase();
  if (plain.length < 15 || plain.length > 34) return false;
  const moved = plain.slice(4) + plain.slice(0, 4);
  let rest = 0;
  for (const one of moved)
    for (const digit of Number.parseInt(one, 36).toString()) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}

/** Nobody's: private (RFC 1918), this machine, one link (RFC 3927), documentation (RFC 5737), masks, groups and 0. */
const NOBODYS =
  /^(0|10|127|22[4-9]|2[3-5]\d)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^169\.254\.|^192\.0\.2\.|^198\.51\.100\.|^203\.0\.113\./;
const isIpv4 = (text: string): boolean =>
  text.split(".").every((part) => Number(part) <= 255 && (part === "0" || !part.startsWith("0"))) &&
  !NOBODYS.test(text);

/** A public one: not of one link, private, or for documentation (RFC 3849). */
const isIpv6 = (text: string): boolean => isIPv6(text) && !/^(::|fe[89ab]|f[cd]|ff|2001:0?db8:)/i.test(text);

/** How services begin their secret keys, and the frame of a private key. */
const KEYS = [
  ...["AKIA[A-Z0-9]{16}", "AIza[\\w-]{35}", "gh[pousr]_[A-Za-z0-9]{36}", "github_pat_\\w{50,}"],
  ...["glpat-[\\w-]{20}", "hf_[A-Za-z0-9]{30,}", "npm_[A-Za-z0-9]{36}", "sk_live_[A-Za-z0-9]{20,}"],
  ...["sk-[A-Za-z0-9_-]{20,}", "xox[baprs]-[A-Za-z0-9-]{10,}"],
];

const KINDS: readonly Kind[] = [
  {
    ...{ one: "e-mail address", many: "e-mail addresses" },
    // git@host:path and user:password@host are addresses of another kind.
    pattern: /(?<![\p{L}\p{N}._%+:/-])[\p{L}\p{N}._%+-]+@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?!\p{L}|:[\w/~])/gu,
    isOne: isRealHost,
  },
  {
    ...{ one: "telephone number", many: "telephone numbers" },
    // ITU-T E.164: a plus sign, and 15 digits at most; 8 at least is ours.
    pattern: /(?<![\p{L}\d+])\+[1-9](?:[ ().\-/]{0,2}\d){7,14}(?!\d)/gu,
  },
  {
    ...{ one: "card number", many: "card numbers" },
    pattern: /(?<![\p{L}\d.,+-])\d{4}(?:[ -]?\d{2,6}){2,4}(?![\d.,]\d|\d)/gu,
    isOne: isCard,
  },
  {
    ...{ one: "IBAN", many: "IBANs" },
    pattern: /(?<![\p{L}\d])[A-Z]{2}\d{2}(?: ?[A-Z\d]{2,4}){3,8}(?![\p{L}\d])/gu,
    isOne: isIban,
  },
  {
    ...{ one: "IP address", many: "IP addresses" },
    pattern: /(?<![\p{L}\d.]|[Vv]ersion )\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)/gu,
    isOne: isIpv4,
  },
  {
    ...{ one: "IP address", many: "IP addresses" },
    pattern: /(?<![\w:])[\da-f]{1,4}(?::{1,2}[\da-f]{1,4}){3,7}(?![\w:])/giu,
    isOne: isIpv6,
  },
  {
    ...{ one: "secret key", many: "secret keys" },
    pattern: new RegExp(
      `(?<![A-Za-z0-9_-])(?:${KEYS.join("|")})(?![A-Za-z0-9])|-----BEGIN [A-Z ]*PRIVATE KEY-----`,
      "g",
    ),
  },
  {
    ...{ one: "Reddit user's name", many: "Reddit users' names" },
    pattern: /(?<![\w/])\/?u\/[A-Za-z0-9_-]{3,20}(?![\w/-])/g,
  },
];

/** What a text holds of personal data, by kind and number, such as “2 e-mail addresses”; never the data themselves. */
export function personalDataIn(text: string): string[] {
  const counts = new Map<string, { count: number; many: string }>();
  for (const { one, many, pattern, isOne } of KINDS)
    for (const [found] of text.matchAll(pattern)) {
      if (isOne?.(found) === false) continue;
      counts.set(one, { count: (counts.get(one)?.count ?? 0) + 1, many });
    }
  return [...counts].map(([one, { count, many }]) => `${count} ${count === 1 ? one : many}`);
}

import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** What OWASP's Password Storage Cheat Sheet asks of scrypt at 32 MiB: N = 2^15, r = 8, p = 3. */
const COST = { ln: 15, r: 8, p: 3 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Each takes 32 MiB and one of Node's threads for a quarter of a second, so others wait. */
const AT_ONCE = 2;

type Cost = Readonly<Record<keyof typeof COST, number>>;

const derive = promisify(
  (password: string, salt: Buffer, { ln, r, p }: Cost, done: (error: Error | null, key: Buffer) => void) =>
    scrypt(
      password.normalize("NFC"),
      salt,
      HASH_BYTES,
      { N: 2 ** ln, r, p, maxmem: 2 ** ln * r * 256 },
      done,
    ),
);

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

const base64 = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");

/** The scrypt hash of a password (in Unicode's NFC) with a new salt, as a PHC string: `$scrypt$ln=15,r=8,p=3$salt$hash`. */
export async function hashPassword(password: string, cost: Cost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await inTurn(() => derive(password, salt, cost));
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${base64(salt)}$${base64(key)}`;
}

const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
/** Compared with where there is no hash, so that a wrong password takes as long as an unknown name. */
const NOBODY = `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${"A".repeat(22)}$${"A".repeat(43)}`;

/**
 * Whether a password is the one of a PHC string of `hashPassword`, in the same time for null, which no password matches.
 * @returns `isOld` where its cost is not today's, so that the password is to be hashed again
 */
export async function checkPassword(
  password: string,
  phc: string | null,
): Promise<{ isRight: boolean; isOld: boolean }> {
  const found = PHC.exec(phc ?? NOBODY);
  if (found === null) return { isRight: false, isOld: false };
  const [ln, r, p] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const [salt, hash] = [Buffer.from(found[4]!, "base64"), Buffer.from(found[5]!, "base64")];
  const key = await inTurn(() => derive(password, salt, { ln, r, p }));
  const isRight = phc !== null && key.length === hash.length && timingSafeEqual(key, hash);
  return { isRight, isOld: ln !== COST.ln || r !== COST.r || p !== COST.p };
}

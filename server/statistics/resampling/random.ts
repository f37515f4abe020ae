/** A stream of whole numbers from 0 to 2³² − 1, each equally likely. */
export type Random = () => number;

/**
 * The stream that belongs to a seed: the same text always gives the same numbers, on every machine.
 *
 * The text is hashed to 128 bits by four rounds of FNV-1a with different starts, which begin the small fast counter
 * generator sfc32. Source: C. Doty-Humphrey's PractRand (sfc32), which passes its tests beyond 2^40 numbers; FNV-1a by
 * G. Fowler, L. Noll and P. Vo. Not for secrets.
 */
export function seededRandom(seed: string): Random {
  let [a, b, c, counter] = [hash(seed, 0x811c9dc5), hash(seed, 0x9e3779b9), hash(seed, 0x85ebca6b), 1];
  const next = () => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** A whole number from 0 to `below` − 1, each equally likely; `below` is from 1 to 2³². */
export function randomBelow(random: Random, below: number): number {
  const fair = 2 ** 32 - (2 ** 32 % below); // numbers from here on would favour the small results
  for (;;) {
    const number = random();
    if (number < fair) return number % below;
  }
}

function hash(text: string, start: number): number {
  let value = start;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) | 0;
}

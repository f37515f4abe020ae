const COMMA = 44;
const ZERO = 48;

/** How many numbers a text like "12,7,340" has. */
export function countOf(text: string): number {
  let count = 1;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === COMMA) count++;
  return count;
}

/** Hands on each number of a text like "12,7,340" with its place from 0: whole numbers from 0, below 2^53. */
export function parseNumbers(text: string, take: (place: number, number: number) => void): void {
  let place = 0;
  let number = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === COMMA) {
      take(place++, number);
      number = 0;
    } else number = number * 10 + (code - ZERO);
  }
  take(place, number);
}

/** Says once that something is wrong, and once that it is over: not again for everybody who meets it meanwhile. */
export class Trouble {
  readonly #tell: (line: string) => void;
  #isTold = false;

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  is(line: string): void {
    if (!this.#isTold) this.#tell(line);
    this.#isTold = true;
  }

  isOver(line: string): void {
    if (this.#isTold) this.#tell(line);
    this.#isTold = false;
  }
}

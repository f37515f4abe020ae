/** One after the other, in the order asked. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(use: () => Promise<T>): Promise<T> {
    const result = this.#last.then(use);
    this.#last = result.then(ignore, ignore);
    return result;
  }
}

const ignore = () => undefined;

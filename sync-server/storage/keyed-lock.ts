/** One thing at a time under each key, in the order asked; different keys do not wait for each other. */
export interface Turns {
  run<T>(key: string, work: (turn: Turn) => Promise<T>): Promise<T>;
}

export interface Turn {
  /** Asked before what cannot be taken back; throws where the turn was lost. Undefined where nothing can take it away. */
  stillMine(): Promise<void> | undefined;
}

const FOR_SURE: Turn = { stillMine: () => undefined };

/** Among those in this process. */
export class KeyedLock implements Turns {
  readonly #turns = new Map<string, Promise<unknown>>();

  run<T>(key: string, work: (turn: Turn) => Promise<T>): Promise<T> {
    const begin = () => work(FOR_SURE);
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(begin, begin);
    this.#turns.set(key, turn);
    const forget = () => {
      if (this.#turns.get(key) === turn) this.#turns.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  }
}

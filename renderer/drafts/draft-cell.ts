// One draft as everybody on the screen sees it: what is typed is there at once, and on the disk right after.

/** `kept`: on this device's disk. `failed`: the disk took nothing, so only the screen has it. */
export type DraftState = 'loading' | 'keeping' | 'kept' | 'failed';

export interface DraftSnapshot<Draft> {
  /** Undefined while loading, and where there is none. */
  readonly draft: Draft | undefined;
  readonly state: DraftState;
}

export interface DraftMedium<Draft> {
  read(): Promise<Draft | undefined>;
  write(draft: Draft | undefined): Promise<void>;
}

/**
 * Outlives the component that shows it, so that a file that finishes after its job was left still lands in the draft, and two
 * places that show one draft cannot overwrite each other.
 */
export class DraftCell<Draft> {
  readonly #medium: DraftMedium<Draft>;
  readonly #listeners = new Set<() => void>();
  #snapshot: DraftSnapshot<Draft> = { draft: undefined, state: 'loading' };
  #lastWrite = 0;
  /** Settles when the disk was read; never fails. */
  readonly loaded: Promise<void>;

  constructor(medium: DraftMedium<Draft>) {
    this.#medium = medium;
    this.loaded = medium.read().then(
      (draft) => this.#publish({ draft, state: 'kept' }),
      () => this.#publish({ draft: undefined, state: 'failed' }),
    );
  }

  readonly snapshot = (): DraftSnapshot<Draft> => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Changes what stands at this moment, so that no change undoes another. Undefined removes the draft. What answers settles when
   * the disk has it, or will not have it.
   */
  readonly change = async (
    next: (draft: Draft | undefined) => Draft | undefined,
  ): Promise<void> => {
    // While it is read nothing stands yet that could be changed; without this a key typed early would be lost.
    if (this.#snapshot.state === 'loading') await this.loaded;
    const draft = next(this.#snapshot.draft);
    const write = ++this.#lastWrite;
    const settle = (state: DraftState) => () => {
      if (write === this.#lastWrite) this.#publish({ draft, state });
    };
    this.#publish({ draft, state: 'keeping' });
    await this.#medium.write(draft).then(settle('kept'), settle('failed'));
  };

  #publish(snapshot: DraftSnapshot<Draft>) {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}

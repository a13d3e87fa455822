// What was made for a customer stands for as long as nothing changes that it could be made of. (V1)

/** What a view was made of, as numbers that move with it. */
export interface Stand {
  /** Of everything this customer's pages are made of (storage/change-watch.ts). */
  readonly changes: number;
  /** The office's day, since times are written by it. */
  readonly day: string;
}

interface Kept {
  readonly stand: Stand;
  readonly view: unknown;
  readonly weight: number;
  /** Since it was made or last spared. */
  wasAskedFor: boolean;
}

/** Enough for some hundreds of long jobs. */
const MAX_WEIGHT = 32 * 1024 * 1024;

/**
 * Keeps views under the stand they were made at. Who asks brings the stand as it is, read before anything else, so whatever was
 * withdrawn or hidden since is never given out again: its commit moved the stand.
 */
export class ViewCache {
  readonly #kept = new Map<string, Kept>();
  #weight = 0;

  /**
   * @returns what is kept at once
   * @param make answers with undefined where there is nothing to see, which is never kept
   * @param weigh about how many bytes the view takes
   */
  get<T>(
    place: string,
    stand: Stand,
    make: () => Promise<T>,
    weigh: (view: NonNullable<T>) => number,
  ): T | Promise<T> {
    const kept = this.#kept.get(place);
    if (kept?.stand.changes === stand.changes && kept.stand.day === stand.day) {
      kept.wasAskedFor = true;
      return kept.view as T;
    }
    return this.#made(place, stand, make, weigh);
  }

  async #made<T>(
    place: string,
    stand: Stand,
    make: () => Promise<T>,
    weigh: (view: NonNullable<T>) => number,
  ): Promise<T> {
    const view = await make();
    this.#drop(place);
    if (view === undefined || view === null) return view;
    const weight = weigh(view);
    this.#kept.set(place, { stand, view, weight, wasAskedFor: false });
    this.#weight += weight;
    this.#makeRoom();
    return view;
  }

  /** The oldest goes, but what was asked for since its last turn has another one. */
  #makeRoom(): void {
    for (const [place, kept] of this.#kept) {
      if (this.#weight <= MAX_WEIGHT) return;
      this.#drop(place);
      if (!kept.wasAskedFor) continue;
      this.#kept.set(place, { ...kept, wasAskedFor: false });
      this.#weight += kept.weight;
    }
  }

  #drop(place: string): void {
    this.#weight -= this.#kept.get(place)?.weight ?? 0;
    this.#kept.delete(place);
  }
}

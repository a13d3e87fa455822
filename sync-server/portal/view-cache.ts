// What was made of an office's records stands for as long as nothing in the office changes. (V1)

/** What a view was made of: the office's version, and whatever else it depends on. */
export interface Stand {
  readonly version: number;
  /** The office's day, since times are written by it. */
  readonly day: string;
}

interface Kept {
  readonly stand: Stand;
  readonly view: unknown;
  readonly weight: number;
}

/** Enough for some hundreds of long jobs. */
const MAX_WEIGHT = 32 * 1024 * 1024;

/**
 * Keeps views under the version they were made at. Who asks brings the version as it stands, read before anything else, so
 * whatever was withdrawn or hidden since is never given out again: its commit moved the version. [O1]
 */
export class ViewCache {
  readonly #kept = new Map<string, Kept>();
  #weight = 0;

  /**
   * @param make answers with undefined where there is nothing to see, which is never kept
   * @param weigh about how many bytes the view takes
   */
  async get<T>(
    place: string,
    stand: Stand,
    make: () => Promise<T>,
    weigh: (view: NonNullable<T>) => number,
  ): Promise<T> {
    const kept = this.#kept.get(place);
    if (kept?.stand.version === stand.version && kept.stand.day === stand.day) {
      // The one asked for last is the last to go.
      this.#kept.delete(place);
      this.#kept.set(place, kept);
      return kept.view as T;
    }
    const view = await make();
    this.#drop(place);
    if (view === undefined || view === null) return view;
    const weight = weigh(view);
    this.#kept.set(place, { stand, view, weight });
    this.#weight += weight;
    while (this.#weight > MAX_WEIGHT) {
      const [oldest] = this.#kept.keys();
      if (oldest === undefined) break;
      this.#drop(oldest);
    }
    return view;
  }

  #drop(place: string): void {
    this.#weight -= this.#kept.get(place)?.weight ?? 0;
    this.#kept.delete(place);
  }
}

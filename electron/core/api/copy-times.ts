// Times as a copy tells them: in full, since nobody knows when it is read, and in the zone of whoever made it. (G4)

export class CopyTimes {
  readonly zone: string;
  readonly #day: Intl.DateTimeFormat;
  readonly #clock: Intl.DateTimeFormat;
  readonly #moment: Intl.DateTimeFormat;

  /** @param timeZone one this computer does not know is UTC */
  constructor(timeZone: string) {
    this.zone = isKnown(timeZone) ? timeZone : 'UTC';
    const zone = { timeZone: this.zone };
    const date = { day: 'numeric', year: 'numeric' } as const;
    const clock = { hour: '2-digit', minute: '2-digit' } as const;
    this.#day = new Intl.DateTimeFormat('en-GB', {
      ...date,
      month: 'long',
      weekday: 'long',
      ...zone,
    });
    this.#clock = new Intl.DateTimeFormat('en-GB', { ...clock, ...zone });
    this.#moment = new Intl.DateTimeFormat('en-GB', { ...date, month: 'short', ...clock, ...zone });
  }

  /** "Thursday 12 November 2026" */
  day(iso: string): string {
    return this.#day.format(new Date(iso));
  }

  /** "10:05" */
  clock(iso: string): string {
    return this.#clock.format(new Date(iso));
  }

  /** "12 Nov 2026, 10:05" */
  moment(iso: string): string {
    return this.#moment.format(new Date(iso));
  }

  /** When it was written too, where it arrived more than a minute later. (B5) */
  ofEntry({ writtenAt, arrivedAt }: { writtenAt: string; arrivedAt: string | null }): string {
    if (arrivedAt === null) return this.clock(writtenAt);
    const lateMs = Date.parse(arrivedAt) - Date.parse(writtenAt);
    if (lateMs <= 60_000) return this.clock(arrivedAt);
    const isSameDay = this.day(writtenAt) === this.day(arrivedAt);
    const written = isSameDay ? this.clock(writtenAt) : this.moment(writtenAt);
    return `written ${written}, arrived ${this.clock(arrivedAt)}`;
  }
}

function isKnown(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

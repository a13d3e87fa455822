// The words stories are written in: who does what after how long. A step is a template; a job's facts make it a sentence.

import type { Audience } from '../../protocol/values.ts';

/** `lead` has the job in hand (Mara or Jonas) and `other` is the other of the two; Henrik runs the workshop, Selin parts and paint. */
export type Voice = 'lead' | 'other' | 'workshop' | 'parts' | 'customer';

/** From the same minute to a week and more, in office hours. */
export type Wait = 'now' | 'soon' | 'later' | 'day' | 'days' | 'week';

/** What a file shows; the shelf has one or more for each. */
export type Topic =
  | 'dent'
  | 'scratch'
  | 'hail'
  | 'glass'
  | 'odometer'
  | 'workshop'
  | 'part'
  | 'paint'
  | 'finished'
  | 'interior'
  | 'slip'
  | 'estimate'
  | 'report'
  | 'invoice'
  | 'letter'
  | 'objection'
  | 'policy'
  | 'hail-report'
  | 'return-report'
  | 'hours'
  | 'label'
  | 'measurements';

interface StepBase {
  readonly wait: Wait;
  readonly by: Voice;
  /** How likely the step is taken at all, 0 to 1. */
  readonly chance: number;
}

export type Step =
  | (StepBase & {
      readonly kind: 'say';
      readonly audience: Audience;
      /** Templates; one of them is filled in. `@person` or `@company` in front says which customers it is for. */
      readonly variants: readonly string[];
      readonly topics: readonly Topic[];
    })
  | (StepBase & {
      readonly kind: 'files';
      readonly audience: Audience;
      readonly topics: readonly Topic[];
    })
  | (StepBase & { readonly kind: 'move'; readonly to: string })
  | (StepBase & { readonly kind: 'fill'; readonly fields: readonly string[] })
  | (StepBase & { readonly kind: 'assign'; readonly to: Voice });

/**
 * A few steps that belong together. `needs` says for which jobs they make sense. Of beats whose names agree before the
 * slash a job tells one at most.
 */
export interface Beat {
  readonly name: string;
  /** The n-th variants of its texts belong together: of every text that has as many variants as the first. */
  readonly isPaired: boolean;
  readonly needs: 'anyone' | 'insurer' | 'private' | 'company' | 'person';
  readonly steps: readonly Step[];
}

/** A stage's part of a job: what always happens, and what may happen besides. */
export interface Phase {
  readonly stage: string;
  readonly opening: readonly Step[];
  readonly optional: readonly Beat[];
  readonly closing: readonly Step[];
}

interface StepOptions {
  readonly chance?: number;
  readonly topics?: readonly Topic[];
}

/** A note for the team. */
export const note = (
  by: Voice,
  wait: Wait,
  variants: readonly string[],
  { chance = 1, topics = [] }: StepOptions = {},
): Step => ({ kind: 'say', by, wait, audience: 'internal', variants, chance, topics });

/** The lead writes to the customer. */
export const reply = (
  wait: Wait,
  variants: readonly string[],
  { chance = 1, topics = [] }: StepOptions = {},
): Step => ({ kind: 'say', by: 'lead', wait, audience: 'visible', variants, chance, topics });

/** The customer writes. Dropped where the pipeline takes no replies. */
export const answer = (
  wait: Wait,
  variants: readonly string[],
  { chance = 1, topics = [] }: StepOptions = {},
): Step => ({ kind: 'say', by: 'customer', wait, audience: 'visible', variants, chance, topics });

/** Files without a text. */
export const files = (
  by: Voice,
  wait: Wait,
  topics: readonly Topic[],
  { audience = 'internal', chance = 1 }: { audience?: Audience; chance?: number } = {},
): Step => ({ kind: 'files', by, wait, audience, topics, chance });

export const move = (to: string, wait: Wait, by: Voice = 'lead'): Step => ({
  kind: 'move',
  to,
  wait,
  by,
  chance: 1,
});

export const fill = (
  by: Voice,
  wait: Wait,
  fields: readonly string[],
  chance: number = 1,
): Step => ({ kind: 'fill', by, wait, fields, chance });

export const assign = (to: Voice, wait: Wait, chance: number = 1): Step => ({
  kind: 'assign',
  by: 'lead',
  to,
  wait,
  chance,
});

export const beat = (name: string, needs: Beat['needs'], ...steps: readonly Step[]): Beat => ({
  name,
  needs,
  isPaired: false,
  steps,
});

/** A beat in which question and answer must fit: see `isPaired`. */
export const dialogue = (name: string, needs: Beat['needs'], ...steps: readonly Step[]): Beat => ({
  name,
  needs,
  isPaired: true,
  steps,
});

// A job as it is sketched by hand: what happened to which car, how far it got, and what is going on with it today.

import type { Audience } from '../../protocol/values.ts';
import type { MemberKey } from './office.ts';
import type { InsurerKey } from './people.ts';
import type { PipelineKey } from './pipelines.ts';
import type { Beat } from './story.ts';

export interface JobPlan {
  readonly title: string;
  /** A key of `customers`. */
  readonly customer: string;
  readonly lead: 'mara' | 'jonas';
  readonly vehicle: string;
  readonly plate: string;
  readonly colour: string;
  readonly code: string;
  /** What is broken, to be read inside a sentence: "a dent in the rear door". */
  readonly damage: string;
  /** A sentence of the office about how it happened. */
  readonly cause: string;
  /** The two parts the story turns around, each with its article: "the bumper". */
  readonly parts: readonly [string, string];
  /** Null where the customer pays. */
  readonly insurer: InsurerKey | null;
  readonly amountEuro: number;
  /** The stage it stands in now. */
  readonly stage: string;
  /** Calendar days since the last activity; the day of "now" is 0. */
  readonly quietDays: number;
  /** Stretched over all the time the office exists. */
  readonly sinceTheBeginning?: true;
  /** Told in the stage it stands in, before anything else. */
  readonly ownBeats?: readonly Beat[];
  /** Names of beats that would contradict what is told here. */
  readonly without?: readonly string[];
  /** About how many entries it has. */
  readonly entries: number;
  /** What happened last, told exactly. */
  readonly today?: readonly TodayStep[];
  /** Who has not read that yet. */
  readonly unreadFor?: readonly MemberKey[];
}

export interface PipelineJobs {
  readonly pipeline: PipelineKey;
  readonly jobs: readonly JobPlan[];
}

interface TodayBase {
  readonly minutesAgo: number;
  readonly by: MemberKey | 'customer';
}

export type TodayStep =
  | (TodayBase & {
      readonly kind: 'say';
      readonly audience: Audience;
      readonly text: string;
      /** By their names on the shelf. */
      readonly files?: readonly string[];
    })
  | (TodayBase & { readonly kind: 'move'; readonly to: string });

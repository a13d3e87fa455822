// What every mutator that changes how jobs go needs. (A5)

import type { MutationContext } from '../mutator.ts';
import { type Outcome, refused } from '../outcome.ts';
import type { FormField, Pipeline } from '../records.ts';

type Refused = Extract<Outcome, { kind: 'refused' }>;

export function unlessAdmin({ actor }: MutationContext, what: string): Refused | undefined {
  return actor.kind === 'member' && actor.role === 'admin'
    ? undefined
    : refused('not-allowed', `Only an admin can ${what}. Ask an admin of your office.`);
}

/** Undefined where stages and fields can stand together. */
export function faultOf({
  stages,
  fields,
}: Pick<Pipeline, 'stages' | 'fields'>): Refused | undefined {
  const hasTwice = (ids: readonly string[]) => new Set(ids).size < ids.length;
  if (hasTwice(stages.map(({ id }) => id)) || hasTwice(fields.map(({ id }) => id)))
    return refused('not-understood', 'A stage or a field is there twice. Nothing was saved.');
  const bare = fields.find(({ type, choices }) => type === 'choice' && choices.length === 0);
  if (bare !== undefined)
    return refused(
      'value-not-valid',
      `“${bare.label}” has nothing to choose from. Add a choice, or make it a text.`,
    );
  return undefined;
}

/** What was filled in before would not fit any more, so a field keeps its type for good. */
export function retypedField(
  before: readonly FormField[],
  after: readonly FormField[],
): FormField | undefined {
  return before.find(({ id, type }) => {
    const kept = after.find((field) => field.id === id);
    return kept !== undefined && kept.type !== type;
  });
}

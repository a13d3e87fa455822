// What the office fills into a job's form.

import type { FieldValue } from '../../protocol/values.ts';
import { between, happens, pick, type Random } from './chance.ts';
import type { JobPlan } from './job-plan.ts';
import { customers } from './people.ts';
import { upperFirst } from './letters.ts';
import { dateAhead, type Facts, fillIn, type Moment, roundedTo } from './phrase.ts';

export interface FormQuestion {
  readonly plan: JobPlan;
  readonly facts: Facts;
  readonly moment: Moment;
  /** What the field holds by now. */
  readonly stands: FieldValue;
}

/** @throws where the field is not one of the office's */
export function formValue(field: string, question: FormQuestion, random: Random): FieldValue {
  const answer = ANSWERS[field];
  if (answer === undefined) throw new Error(`Nobody knows what to fill into “${field}”.`);
  return answer(question, random);
}

type Answer = (question: FormQuestion, random: Random) => FieldValue;

const written =
  (...variants: readonly string[]): Answer =>
  ({ facts, moment }, random) =>
    upperFirst(fillIn(pick(random, variants), facts, moment, random));

const oneOf =
  (...choices: readonly string[]): Answer =>
  (_question, random) =>
    pick(random, choices);

const ANSWERS: Readonly<Record<string, Answer>> = {
  'paint-code': ({ plan }, random) =>
    happens(random, 0.6) ? plan.code : `${plan.code}, ${plan.colour}`,
  damage: written(
    '{damage}. {cause}',
    '{damage}. {part} has to be replaced, the rest can be pulled.',
    '{damage}, paint broken through to the primer. {cause}',
    '{damage}. No fault lamps, drivable. {cause}',
  ),
  mileage: ({ facts, stands }, random) =>
    typeof stands === 'number' ? stands + between(random, 4, 38) : Number(facts.km),
  promised: ({ moment, stands }, random) => {
    const date = dateAhead(between(random, 8, 13), moment);
    return date === stands ? dateAhead(14, moment) : date;
  },
  'paid-by': ({ plan }, random) => {
    if (plan.insurer !== null) return happens(random, 0.25) ? 'Other party’s insurer' : 'Insurer';
    return customers.get(plan.customer)?.isCompany === true ? 'Employer or fleet' : 'Customer';
  },
  claim: ({ facts }) => facts.claim ?? null,
  courtesy: ({ stands }, random) => (stands === true ? false : happens(random, 0.6)),
  policy: ({ facts }, random) =>
    `${facts.claim?.slice(0, 2) ?? 'KV'} ${between(random, 1, 9)}${between(random, 10, 99)}.${between(random, 100, 999)}.${between(random, 10, 99)}`,
  'storm-date': ({ moment }, random) => dateAhead(-between(random, 1, 4), moment),
  dents: ({ facts }) => Number(facts.dents),
  method: oneOf('Paintless', 'Paintless', 'Mixed'),
  sunroof: ({ plan }) => plan.damage.includes('windscreen') || plan.title.includes('glass'),
  remarks: written(
    '{dents} dents accepted. {part} to be replaced, headliner out and in.',
    'Scan agrees with the visual check. Two older dents on the door not counted.',
    'Paintless except at the edge of {part}. Hourly rate as in the agreement.',
  ),
  agreement: (_question, random) => `R-${between(random, 40_000, 59_999)}`,
  'return-km': ({ facts }) => Number(facts.km),
  fuel: oneOf('A quarter', 'Half', 'Three quarters', 'Full', 'Full'),
  'returned-on': ({ moment }) => dateAhead(0, moment),
  clean: (_question, random) => happens(random, 0.65),
  findings: written(
    '{damage}. Not in the handover sheet. Measured, photographed with the ruler.',
    '{damage}. {part} to be replaced. Older stone chips not counted.',
    '{damage}. Paint thickness beside it {110-140} µm, so not repaired before.',
    '{damage}. Underside checked on the ramp, nothing. Depth of tread {3-7} mm.',
  ),
};

/** What stays the same about a job however often it is told. */
export function drawnFacts(plan: JobPlan, random: Random) {
  return {
    km: String(between(random, 9_000, 186_000)),
    hours: String(between(random, 6, 22) / 2),
    bay: String(between(random, 1, 7)),
    dents: String(between(random, 62, 340)),
    supplier: pick(random, ['Nordteile', 'Ostsee Autoteile', 'Brückner Parts', 'Teilehafen']),
    supplementEuro: roundedTo(10, between(random, 140, 180 + plan.amountEuro / 4)),
    excessEuro: pick(random, [150, 150, 300, 300, 500]),
    claimNumber: `${between(random, 10, 99)}-${between(random, 100_000, 999_999)}`,
  };
}

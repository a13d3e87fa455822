// Chooses what happens on a job: the stages it went through, and enough besides to reach the wanted length.

import { happens, pick, type Random, shuffled } from './chance.ts';
import type { JobPlan } from './job-plan.ts';
import { customers } from './people.ts';
import { type PipelineKey, pipelines } from './pipelines.ts';
import { bodyPhases } from './stories/body.ts';
import { hailPhases } from './stories/hail.ts';
import { rentalPhases } from './stories/rental.ts';
import type { Beat, Phase, Step } from './story.ts';

const phasesOf: Readonly<Record<PipelineKey, readonly Phase[]>> = {
  body: bodyPhases,
  hail: hailPhases,
  rental: rentalPhases,
};

/** How often each beat was told already; the least told come first, so that neighbouring jobs differ. */
export type Told = Map<string, number>;

export interface Story {
  /** In order, chance and pipeline switches applied. The job itself is opened before the first. */
  readonly steps: readonly Step[];
  /** Names of the beats that are told. */
  readonly beats: ReadonlySet<string>;
}

export interface Planning {
  readonly random: Random;
  readonly told: Told;
}

export function planStory(pipeline: PipelineKey, plan: JobPlan, planning: Planning): Story {
  const wanted = plan.entries - 1 - (plan.today?.length ?? 0);
  if (wanted <= 0) return { steps: [], beats: new Set() };
  const { random } = planning;
  const isTaken = (step: Step): boolean =>
    (step.by !== 'customer' || pipelines[pipeline].pipeline.customerCanReply) &&
    happens(random, step.chance);
  const phases = reachedPhases(pipeline, plan);
  const lastPhase = phasesOf[pipeline].at(-1);
  const skeleton = phases.map((phase, index) => ({
    phase,
    opening: forCustomer(phase.opening, plan).filter(isTaken),
    // The stage it stands in is not over yet, unless it is the last of all.
    closing:
      index < phases.length - 1 || plan.stage === lastPhase?.stage
        ? forCustomer(phase.closing, plan).filter(isTaken)
        : [],
  }));
  const length = skeleton.reduce((sum, part) => sum + part.opening.length + part.closing.length, 0);
  const chosen = chooseBeats(phases, plan, { ...planning, room: wanted - length, isTaken });
  const steps = skeleton.flatMap(({ phase, opening, closing }) => [
    ...opening,
    ...loosely(beatsOf(phase, plan), random).flatMap((beat) => chosen.get(beat) ?? []),
    ...closing,
  ]);
  return { steps, beats: new Set([...chosen.keys()].map((beat) => beat.name)) };
}

/** Beats with the steps they come down to, until there is no room for more. */
function chooseBeats(
  phases: readonly Phase[],
  plan: JobPlan,
  {
    random,
    told,
    room,
    isTaken,
  }: Planning & { readonly room: number; readonly isTaken: (step: Step) => boolean },
): Map<Beat, Step[]> {
  const chosen = new Map<Beat, Step[]>();
  const families = new Set<string>();
  let left = room;
  for (const beat of candidates(phases, plan, { random, told })) {
    if (left <= 0) break;
    if (families.has(familyOf(beat))) continue;
    families.add(familyOf(beat));
    // Without its first step a beat would answer a question nobody asked.
    const steps = oneScript(beat, plan, random).filter(
      (step, index) => index === 0 || isTaken(step),
    );
    chosen.set(beat, steps);
    left -= steps.length;
    told.set(beat.name, (told.get(beat.name) ?? 0) + 1);
  }
  return chosen;
}

const familyOf = (beat: Beat): string => beat.name.split('/')[0] ?? beat.name;

/** Of a paired beat, the texts that belong together; texts for the other sort of customer fall away. */
function oneScript(beat: Beat, plan: JobPlan, random: Random): Step[] {
  const first = beat.steps[0];
  if (!beat.isPaired || first?.kind !== 'say') return forCustomer(beat.steps, plan);
  const numbers = first.variants.map((_variant, index) => index);
  const fitting = numbers.filter((number) =>
    paired(beat.steps, first.variants.length, number).every(
      (step) => step.kind !== 'say' || step.variants.some((variant) => fits(variant, plan)),
    ),
  );
  const script = paired(beat.steps, first.variants.length, pick(random, fitting));
  return forCustomer(script, plan);
}

const paired = (steps: readonly Step[], variantCount: number, number: number): Step[] =>
  steps.map((step) =>
    step.kind === 'say' && step.variants.length === variantCount
      ? { ...step, variants: step.variants.slice(number, number + 1) }
      : step,
  );

const AUDIENCE_MARK = /^@(person|company) /;

function fits(variant: string, plan: JobPlan): boolean {
  const mark = AUDIENCE_MARK.exec(variant)?.[1];
  return mark === undefined || (mark === 'company') === isCompany(plan);
}

const forCustomer = (steps: readonly Step[], plan: JobPlan): Step[] =>
  steps.map((step) =>
    step.kind === 'say'
      ? {
          ...step,
          variants: step.variants
            .filter((variant) => fits(variant, plan))
            .map((variant) => variant.replace(AUDIENCE_MARK, '')),
        }
      : step,
  );

const isCompany = (plan: JobPlan): boolean => customers.get(plan.customer)?.isCompany === true;

const beatsOf = (phase: Phase, plan: JobPlan): readonly Beat[] => [
  ...(phase.stage === plan.stage ? (plan.ownBeats ?? []) : []),
  ...phase.optional,
];

function reachedPhases(pipeline: PipelineKey, plan: JobPlan): readonly Phase[] {
  const all = phasesOf[pipeline];
  const last = all.findIndex((phase) => phase.stage === plan.stage);
  if (last < 0)
    throw new Error(`“${plan.title}” stands in a stage without a story: ${plan.stage}.`);
  return all
    .slice(0, last + 1)
    .filter((phase) => phase.stage !== 'insurer' || plan.insurer !== null);
}

/** The job's own beats first, then the ones the office has told least. */
function candidates(phases: readonly Phase[], plan: JobPlan, { random, told }: Planning): Beat[] {
  const needed: Readonly<Record<Beat['needs'], boolean>> = {
    anyone: true,
    insurer: plan.insurer !== null,
    private: plan.insurer === null,
    company: isCompany(plan),
    person: !isCompany(plan),
  };
  const beats = phases
    .flatMap((phase) => phase.optional)
    .filter((beat) => needed[beat.needs] && plan.without?.includes(beat.name) !== true);
  const timesTold = (beat: Beat): number => told.get(beat.name) ?? 0;
  return [
    ...(plan.ownBeats ?? []),
    ...shuffled(random, beats).sort((a, b) => timesTold(a) - timesTold(b)),
  ];
}

/** In the given order on the whole, with neighbours changing places. */
function loosely(beats: readonly Beat[], random: Random): Beat[] {
  return beats
    .map((beat, index) => ({ beat, rank: index + random() * 3 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ beat }) => beat);
}

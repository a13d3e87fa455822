// The office's three pipelines. Stories name stages and fields by short keys; here a key becomes the real thing.

import { type FormField, type Pipeline, pipeline, type Stage } from '../../protocol/records.ts';
import type { Hue } from '../../protocol/values.ts';
import { furnitureId } from './office.ts';

export type PipelineKey = 'body' | 'hail' | 'rental';

export interface DemoPipeline {
  readonly pipeline: Pipeline;
  readonly stages: ReadonlyMap<string, Stage>;
  readonly fields: ReadonlyMap<string, FormField>;
}

export const pipelines: Readonly<Record<PipelineKey, DemoPipeline>> = {
  body: build(1, {
    name: 'Body and paint',
    hue: 'blue',
    customerCanReply: true,
    customerCanUpload: true,
    stages: {
      enquiry: ['Enquiry', 'slate', 'internal'],
      booked: ['Booked', 'violet', 'visible'],
      insurer: ['Waiting for insurer', 'amber', 'visible'],
      workshop: ['In the workshop', 'blue', 'visible'],
      check: ['Final check', 'rose', 'internal'],
      ready: ['Ready for pickup', 'green', 'visible'],
      done: ['Done', 'teal', 'visible'],
    },
    fields: {
      'paint-code': { label: 'Paint code', type: 'text' },
      damage: { label: 'Damage in our words', type: 'long_text' },
      mileage: { label: 'Mileage', type: 'number' },
      promised: { label: 'Promised for', type: 'date' },
      'paid-by': {
        label: 'Paid by',
        type: 'choice',
        choices: ['Customer', 'Insurer', 'Other party’s insurer', 'Employer or fleet'],
      },
      claim: { label: 'Claim number', type: 'text', customerCanEdit: true },
      courtesy: { label: 'Courtesy car', type: 'checkbox' },
    },
  }),
  hail: build(2, {
    name: 'Hail claims',
    hue: 'amber',
    customerCanReply: true,
    customerCanUpload: false,
    stages: {
      reported: ['Reported', 'slate', 'visible'],
      scanned: ['Scanned', 'violet', 'visible'],
      review: ['With the insurer', 'amber', 'internal'],
      approved: ['Approved', 'teal', 'visible'],
      repair: ['Under the lamps', 'blue', 'visible'],
      settled: ['Settled', 'green', 'visible'],
    },
    fields: {
      policy: { label: 'Policy number', type: 'text', customerCanEdit: true },
      'storm-date': { label: 'Date of the storm', type: 'date', customerCanEdit: true },
      dents: { label: 'Dents counted', type: 'number' },
      method: { label: 'Method', type: 'choice', choices: ['Paintless', 'Paint', 'Mixed'] },
      sunroof: { label: 'Sunroof or glass damaged', type: 'checkbox' },
      remarks: { label: 'Remarks of the expert', type: 'long_text' },
    },
  }),
  rental: build(3, {
    name: 'Rental returns',
    hue: 'green',
    customerCanReply: false,
    customerCanUpload: false,
    stages: {
      returned: ['Returned', 'slate', 'internal'],
      inspection: ['Inspection', 'rose', 'internal'],
      report: ['Report sent', 'amber', 'visible'],
      repair: ['In repair', 'blue', 'visible'],
      closed: ['Closed', 'green', 'visible'],
    },
    fields: {
      agreement: { label: 'Rental agreement', type: 'text' },
      'return-km': { label: 'Mileage at return', type: 'number' },
      fuel: {
        label: 'Fuel',
        type: 'choice',
        choices: ['Empty', 'A quarter', 'Half', 'Three quarters', 'Full'],
      },
      'returned-on': { label: 'Returned on', type: 'date' },
      clean: { label: 'Inside clean', type: 'checkbox' },
      findings: { label: 'Findings', type: 'long_text' },
    },
  }),
};

/** @throws where a story names a stage the pipeline does not have */
export const stageNamed = (key: PipelineKey, stage: string): Stage =>
  named(pipelines[key].stages, stage);

/** @throws where a story names a field the pipeline does not have */
export const fieldNamed = (key: PipelineKey, field: string): FormField =>
  named(pipelines[key].fields, field);

interface Sketch {
  readonly name: string;
  readonly hue: Hue;
  readonly customerCanReply: boolean;
  readonly customerCanUpload: boolean;
  readonly stages: Readonly<Record<string, readonly [string, Hue, 'internal' | 'visible']>>;
  readonly fields: Readonly<Record<string, Pick<FormField, 'label' | 'type'> & Partial<FormField>>>;
}

function build(number: number, sketch: Sketch): DemoPipeline {
  const stageKeys = Object.keys(sketch.stages);
  const fieldKeys = Object.keys(sketch.fields);
  const built = pipeline.parse({
    ...sketch,
    id: furnitureId(2, number),
    position: number - 1,
    stages: Object.values(sketch.stages).map(([name, hue, audience], index) => ({
      id: furnitureId(2 + number * 16, index + 1),
      name,
      hue,
      visibleToCustomer: audience === 'visible',
    })),
    fields: Object.values(sketch.fields).map((field, index) => ({
      id: furnitureId(3 + number * 16, index + 1),
      choices: [],
      customerCanEdit: false,
      ...field,
    })),
  });
  return {
    pipeline: built,
    stages: new Map(built.stages.map((stage, index) => [stageKeys[index] ?? '', stage])),
    fields: new Map(built.fields.map((field, index) => [fieldKeys[index] ?? '', field])),
  };
}

function named<T>(parts: ReadonlyMap<string, T>, key: string): T {
  const part = parts.get(key);
  if (part === undefined) throw new Error(`The demo office has nothing called “${key}” there.`);
  return part;
}

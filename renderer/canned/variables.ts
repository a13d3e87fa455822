// What stands in braces in a canned reply, and what it becomes on a job. (C6)

import type { JobPage, Overview } from '../../electron/core/api/jobs-contract.ts';

/** In the order they are offered; what each stands for, in a person's words. */
export const VARIABLES = {
  customer: 'The customer’s name',
  first_name: 'Their first name',
  job: 'The job’s title',
  reference: 'Its reference',
  author: 'Your name',
  office: 'The office’s name',
} as const;

type Variable = keyof typeof VARIABLES;
export type VariableValues = Readonly<Record<Variable, string>>;

/** A word in braces on one line; what a program or a formula has there is none of ours. */
const IN_BRACES = /\{ *(\p{L}[^{}\n]{0,60}?) *\}/gu;

export function variableValues(
  { customer, job }: Pick<JobPage, 'customer' | 'job'>,
  { me, workspace }: Pick<Overview, 'me' | 'workspace'>,
): VariableValues {
  return {
    customer: customer.name.trim(),
    first_name: firstName(customer.name),
    job: job.title.trim(),
    // The server gives it when the job arrives there.
    reference: job.reference ?? '',
    author: me.name.trim(),
    office: workspace.name.trim(),
  };
}

/** "Anna" of "Anna Berg", "Jonas" of "Dr. Jonas Weber"; of "Weber, Jonas" the second. */
function firstName(name: string): string {
  const [family, given] = name.split(',');
  const words = (given ?? family ?? '').trim().split(/\s+/);
  return words.find((word) => !word.endsWith('.')) ?? name.trim();
}

export interface Filled {
  readonly text: string;
  /** What a person has to fill in, as it stands in the text, in its order. */
  readonly unfilled: readonly { readonly from: number; readonly words: string }[];
}

/**
 * Puts the job's values in. One that is empty says so in its place, and a word in braces that is no variable stays as it was
 * typed: both are for a person to fill in, and are asked about before a customer reply goes.
 */
export function fillVariables(text: string, values: VariableValues): Filled {
  let filled = '';
  let done = 0;
  const unfilled: { from: number; words: string }[] = [];
  for (const { 0: words, 1: name = '', index } of text.matchAll(IN_BRACES)) {
    filled += text.slice(done, index);
    done = index + words.length;
    const variable = variableOf(name);
    const value = variable === undefined ? '' : values[variable];
    const put = variable === undefined ? words : value === '' ? `{${variable}: not known}` : value;
    if (value === '') unfilled.push({ from: filled.length, words: put });
    filled += put;
  }
  return { text: filled + text.slice(done), unfilled };
}

/** What stands in braces and is no variable, each once. */
export function unknownVariables(text: string): readonly string[] {
  const names = [...text.matchAll(IN_BRACES)].map(([, name = '']) => name);
  return [...new Set(names.filter((name) => variableOf(name) === undefined))];
}

/** However it is written: {Customer}, {first name}. */
function variableOf(name: string): Variable | undefined {
  const plain = name.toLowerCase().replace(/[\s-]+/g, '_');
  return Object.hasOwn(VARIABLES, plain) ? (plain as Variable) : undefined;
}

/** The other way round, for a text that was written for one job and is to serve for all: names become variables again. */
export function withVariables(text: string, values: VariableValues): string {
  const replaced = (['customer', 'job', 'reference'] as const).filter(
    (variable) => values[variable].length >= SHORTEST_VALUE,
  );
  return replaced.reduce(
    (so_far, variable) => replaceWhole(so_far, values[variable], variable),
    text,
  );
}

/** Shorter ones stand in other words by chance. */
const SHORTEST_VALUE = 4;

function replaceWhole(text: string, value: string, variable: Variable): string {
  const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const whole = new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}])`, 'gu');
  return text.replace(whole, `{${variable}}`);
}

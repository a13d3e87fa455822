// Unknown values become typed values here, or a sentence that says what is wrong with them.

import type * as z from 'zod';

/** A value from outside did not have the promised shape. `sentence` may be shown to a person. */
export class ParseError extends Error {
  readonly sentence: string;

  constructor(what: string, issues: readonly z.core.$ZodIssue[]) {
    const first = issues[0];
    const where =
      first === undefined || first.path.length === 0 ? what : `${what}: ${first.path.join('.')}`;
    const sentence = `${where} is not valid (${first?.message ?? 'unknown reason'}).`;
    super(sentence);
    this.name = 'ParseError';
    this.sentence = sentence;
  }
}

/**
 * @param what what the value is, for the sentence: "The push"
 * @throws ParseError where `value` does not fit `schema`
 */
export function parse<T extends z.ZodType>(schema: T, value: unknown, what: string): z.infer<T> {
  const result = schema.safeParse(value);
  if (!result.success) throw new ParseError(what, result.error.issues);
  return result.data;
}

/** Closes a union: reached only where a case was forgotten. */
export function assertNever(value: never): never {
  throw new Error(`Forgotten case: ${JSON.stringify(value)}`);
}

// What the fields of records are made of.

import * as z from 'zod';

export const MAX_TEXT_LENGTH = 20_000;
export const MAX_NAME_LENGTH = 200;

/** Text a person wrote: well-formed Unicode without NUL, at most `max` UTF-16 units. PostgreSQL stores no NUL, so nobody accepts one. */
export const text = (max: number) =>
  z
    .string()
    .max(max, `must have at most ${max.toLocaleString('en')} characters`)
    .refine((value) => !value.includes('\u0000') && value.isWellFormed(), {
      message: 'must be well-formed text',
    });

export const name = text(MAX_NAME_LENGTH).refine((value) => value.trim() !== '', {
  message: 'must not be empty',
});

/** An instant, ISO 8601 in UTC with milliseconds. */
export const instant = z.iso.datetime({ precision: 3 });

/** Who may read: `internal` is the team alone, `visible` is the team and the job's customer. */
export const audience = z.enum(['internal', 'visible']);
export type Audience = z.infer<typeof audience>;

export const role = z.enum(['member', 'admin']);
export type Role = z.infer<typeof role>;

/** One of eight hues of the design tokens; the interface picks the shade for its theme. */
export const hue = z.enum(['blue', 'amber', 'green', 'violet', 'rose', 'teal', 'slate', 'orange']);
export type Hue = z.infer<typeof hue>;

export const fieldValue = z.union([text(MAX_TEXT_LENGTH), z.number(), z.boolean(), z.null()]);
export type FieldValue = z.infer<typeof fieldValue>;

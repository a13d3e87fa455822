// The colours of paper: the light theme's, since paper is white. A test keeps them equal to the design tokens.

import type { Hue } from '../../../../sync-server/protocol/values.ts';
import type { CopyKind, PrintAudience } from '../print-blocks.ts';

export const INK = '#1d1b18';
export const INK_2 = '#5b564e';
export const INK_3 = '#6f695f';
export const LINE = '#e5e2dc';
export const WARN = '#9a5b00';

export interface AudienceColours {
  readonly word: string;
  readonly ground: string;
  readonly line: string;
  readonly ink: string;
}

export const AUDIENCES: Readonly<Record<PrintAudience, AudienceColours>> = {
  internal: { word: 'Internal', ground: '#fff6dd', line: '#e6c76b', ink: '#7a5200' },
  visible: { word: 'Visible', ground: '#e4f0fd', line: '#8fbdec', ink: '#0b559f' },
  from_customer: { word: 'From customer', ground: '#e0f4ec', line: '#86cdb0', ink: '#0c6149' },
};

/** A full copy is as internal as the most internal thing in it. */
export const AUDIENCE_OF_COPY: Readonly<Record<CopyKind, PrintAudience>> = {
  customer: 'visible',
  full: 'internal',
};

export const HUES: Readonly<Record<Hue, string>> = {
  blue: '#3f72e4',
  amber: '#b0771a',
  green: '#2b8a58',
  violet: '#7a5cd6',
  rose: '#cf4a72',
  teal: '#14858a',
  slate: '#64748b',
  orange: '#cf5f1a',
};

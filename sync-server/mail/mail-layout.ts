// How every mail looks: the portal's paper and ink, in the way mail programs understand it. Styles stand on the elements,
// pictures are not needed, and the same words stand in the plain text beside it.

import { type Html, html } from '../html.ts';
import type { Workspace } from '../protocol/records.ts';
import type { Hue } from '../protocol/values.ts';

/** The eight hues, dark enough for white letters on them. */
export const BUTTON_COLOURS: Readonly<Record<Hue, string>> = {
  blue: '#2f5fd0',
  amber: '#85590f',
  green: '#22704a',
  violet: '#6547c4',
  rose: '#b03259',
  teal: '#10696d',
  slate: '#4d5b6e',
  orange: '#a4470f',
};

const FONT =
  "font-family: Inter, 'Segoe UI', system-ui, -apple-system, Helvetica, Arial, sans-serif;";
const INK = '#1d1b18';
const META = '#6f695f';

export interface MailPage {
  readonly office: Pick<Workspace, 'name' | 'hue'>;
  readonly subject: string;
  readonly body: Html;
  readonly button: { readonly words: string; readonly url: string };
  /** Small print below. */
  readonly foot: Html;
}

export function mailPage({ office, subject, body, button, foot }: MailPage): string {
  const colour = BUTTON_COLOURS[office.hue ?? 'blue'];
  const [initial = 'D'] = office.name;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>
@media (prefers-color-scheme: dark) {
  .canvas { background: #141412 !important; }
  .card { background: #1c1b19 !important; border-color: #33312d !important; }
  .ink { color: #eeebe5 !important; }
  .meta { color: #b7b1a6 !important; }
  .quote { border-color: #45423d !important; }
}
</style>
</head>
<body class="canvas" style="margin: 0; padding: 0; background: #f6f4f1;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding: 28px 14px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width: 560px;">
<tr><td style="padding: 0 4px 14px;">
<table role="presentation" cellpadding="0" cellspacing="0"><tr>
<td style="width: 30px; height: 30px; border-radius: 8px; background: ${colour}; color: #ffffff; text-align: center; font-size: 15px; font-weight: 600; ${FONT}">${initial.toUpperCase()}</td>
<td class="ink" style="padding-left: 10px; color: ${INK}; font-size: 15px; font-weight: 600; ${FONT}" dir="auto">${office.name}</td>
</tr></table>
</td></tr>
<tr><td class="card ink" style="padding: 24px; background: #ffffff; border: 1px solid #e2ded7; border-radius: 12px; color: ${INK}; font-size: 15px; line-height: 1.55; ${FONT}">
${body}
<table role="presentation" cellpadding="0" cellspacing="0" style="margin-top: 22px;"><tr><td style="border-radius: 8px; background: ${colour};"><a href="${button.url}" style="display: inline-block; padding: 11px 20px; color: #ffffff; font-size: 15px; font-weight: 600; text-decoration: none; ${FONT}">${button.words}</a></td></tr></table>
</td></tr>
<tr><td class="meta" style="padding: 16px 4px 0; color: ${META}; font-size: 13px; line-height: 1.5; ${FONT}">
${foot}
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`.toString();
}

export function metaStyle(): string {
  return `margin: 0 0 6px; color: ${META}; font-size: 13px;`;
}

/** What somebody wrote, line by line as they wrote it. */
export function quoted(text: string): Html {
  const lines = text.split('\n');
  return html`<div class="quote" dir="auto" style="margin: 0; padding: 2px 0 2px 14px; border-left: 3px solid #e2ded7; overflow-wrap: anywhere;">${lines.map(
    (line, index) => html`${index > 0 && html`<br>`}${line}`,
  )}</div>`;
}

// The frame every page of the portal stands in.

import { type Html, html } from '../html.ts';
import type { Brand } from './brand.ts';

/** What every page needs to know of its surroundings. */
export interface Frame {
  readonly stylePath: string;
  readonly iconPath: string;
  readonly scriptPath: string;
  /** Null where nobody is signed in, and so no office is known. */
  readonly brand: Brand | null;
  /** Where the office's logo is for who looks at this page; null where it has none. */
  readonly logoPath: string | null;
  readonly session: FrameSession | null;
}

export interface FrameSession {
  readonly customerName: string;
  /** Goes into every form; a form without it changes nothing. */
  readonly formToken: string;
}

export interface PageParts {
  readonly title: string;
  readonly body: Html;
}

function bodyClass({ brand }: Frame): Html | false {
  return brand?.hue != null && html` class="brand-${brand.hue}"`;
}

/** @returns the whole document, doctype included */
export function page(frame: Frame, { title, body }: PageParts): string {
  const office = frame.brand?.office ?? 'Customer portal';
  const name = title === office ? title : `${title} · ${office}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="format-detection" content="telephone=no">
<meta name="color-scheme" content="light dark">
<title>${name}</title>
<link rel="icon" type="image/svg+xml" href="${frame.iconPath}">
<link rel="stylesheet" href="${frame.stylePath}">
<script src="${frame.scriptPath}" defer></script>
</head>
<body${bodyClass(frame)}${frame.session === null && html` data-signed-out`}>
<a class="skip" href="#content">Skip to content</a>
<div class="page">
${header(frame, office)}
<main id="content" tabindex="-1">
${body}
</main>
${frame.session !== null && footer(frame.session)}
</div>
</body>
</html>
`.toString();
}

function header(frame: Frame, office: string): Html {
  const [initial = 'D'] = office;
  const mark =
    frame.logoPath === null
      ? html`<span class="mark" aria-hidden="true">${initial.toUpperCase()}</span>`
      : html`<img class="logo" src="${frame.logoPath}" alt="" height="36">`;
  const brand = html`${mark}<span class="office" dir="auto">${office}</span>`;
  return html`<header class="top">
${frame.session === null ? html`<span class="brand">${brand}</span>` : html`<a class="brand" href="/portal">${brand}</a>`}
${
  frame.session !== null &&
  html`<form method="post" action="/portal/sign-out">${formToken(frame.session)}<button class="quiet" type="submit">Sign out</button></form>`
}
</header>`;
}

function footer(session: FrameSession): Html {
  return html`<footer class="foot"><p>Signed in as <bdi>${session.customerName}</bdi>.</p>
<p><a href="/portal/sessions">Where you are signed in</a></p></footer>`;
}

export function formToken(session: FrameSession): Html {
  return html`<input type="hidden" name="formToken" value="${session.formToken}">`;
}

const PATHS = {
  back: html`<path d="M11 4 6 9l5 5"/>`,
  down: html`<path d="M9 3.5v10M4.8 9.6 9 13.8l4.2-4.2"/>`,
  check: html`<path d="m3.5 9.5 3.7 3.7 7.3-8"/>`,
  warning: html`<path d="M9 2.6 16.2 15H1.8L9 2.6Z"/><path d="M9 7.2v3.6M9 13v.1"/>`,
  send: html`<path d="M15.5 2.5 8 10M15.5 2.5l-4.6 13L8 10l-5.5-2.9 13-4.6Z"/>`,
  clip: html`<path d="M15 8.4 9.1 14.3a3.6 3.6 0 0 1-5.1-5.1l6.3-6.3a2.4 2.4 0 0 1 3.4 3.4L7.5 12.5a1.2 1.2 0 0 1-1.7-1.7l5.5-5.4"/>`,
  camera: html`<path d="M3 6.2h2.6l1.2-1.9h4.4l1.2 1.9H15a1 1 0 0 1 1 1v6.3a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V7.2a1 1 0 0 1 1-1Z"/><circle cx="9" cy="10.1" r="2.5"/>`,
  download: html`<path d="M9 3v8.2M5.4 7.9 9 11.5l3.6-3.6M3 14.8h12"/>`,
} as const;

/** Decoration only: a word always stands beside it. */
export function icon(name: keyof typeof PATHS): Html {
  return html`<svg class="icon" viewBox="0 0 18 18" aria-hidden="true" focusable="false">${PATHS[name]}</svg>`;
}

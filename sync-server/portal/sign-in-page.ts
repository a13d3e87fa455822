// Where nobody is signed in: asking for a link. (E1)

import { type Html, html } from '../html.ts';
import { icon, type Frame } from './layout.ts';
import { message } from './pages.ts';

export type SignInState =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'signed-out-here' }
  | { readonly kind: 'not-an-email'; readonly email: string };

export function signInPage(frame: Frame, state: SignInState): string {
  return message(frame, {
    title: 'Sign in',
    text: 'Write the email address the office has of you. We send a link to it that opens your jobs.',
    more: html`${
      state.kind === 'signed-out-here' &&
      html`<p class="sent" role="status">${icon('check')}<span>You are signed out on this device.</span></p>`
    }${askForm(state)}<p class="hint">Does the office have no address of you? Then ask it for a link.</p>`,
  });
}

function askForm(state: SignInState): Html {
  const isWrong = state.kind === 'not-an-email';
  return html`<form class="ask" method="post" action="/portal/sign-in">
<label for="email">Email</label>
<input type="email" id="email" name="email" required autocomplete="email" inputmode="email" autocapitalize="none" spellcheck="false" value="${isWrong && state.email}"${isWrong && html` aria-invalid="true" aria-describedby="why" autofocus`}>
${isWrong && html`<p class="field-problem" id="why" role="alert">This is not an email address. Check it, like anna@example.com.</p>`}
<button class="button primary wide" type="submit">Send me a link</button>
</form>`;
}

/** The same for every address, known or not. [V2] */
export function linkAskedPage(frame: Frame): string {
  return message(frame, {
    title: 'Look into your mail',
    text: 'If the office has this address of you, a link is on its way. It works once, for 15 minutes, on any device.',
    more: html`<p class="hint">Nothing there after a few minutes? Look into the spam folder, or <a href="/portal/sign-in">ask for another link</a>.</p>`,
  });
}

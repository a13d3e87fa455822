// The words of mails, and what people's words cannot do to them.

import PostalMime from 'postal-mime';
import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import type { MailTells } from '../../../sync-server/mail/decide-mail.ts';
import { BUTTON_COLOURS } from '../../../sync-server/mail/mail-layout.ts';
import { messageOf } from '../../../sync-server/mail/message.ts';
import { newsMail } from '../../../sync-server/mail/news-mail.ts';
import {
  headerText,
  messageIdOf,
  type OutgoingMail,
} from '../../../sync-server/mail/outgoing-mail.ts';
import { signInMail } from '../../../sync-server/mail/sign-in-mail.ts';

const office = { name: 'Nordhafen Repairs', hue: 'teal' } as const;
const tells: MailTells = {
  customerName: 'Anna Berg',
  jobTitle: 'Golf 8, rear quarter panel',
  reference: 'J-2291',
  stageName: 'In the workshop',
  news: [{ who: 'Jonas', text: 'Monday 8:00 is yours.', files: ['estimate.pdf'] }],
};
const mailOf = (change: Partial<MailTells> = {}) =>
  newsMail({
    office,
    tells: { ...tells, ...change },
    openUrl: 'https://portal.example/portal/mail/token',
    unsubscribeUrl: 'https://portal.example/portal/mail/token/unsubscribe',
  });
const news = (text: string | null, ...files: readonly string[]) => ({ who: 'Jonas', text, files });

describe('(F2) the subject', () => {
  it.each([
    ['New message', [news('Hello.')]],
    ['2 new messages', [news('Hello.'), news('Hello again.')]],
    ['New file', [news(null, 'a.pdf')]],
    ['3 new files', [news(null, 'a.pdf', 'b.pdf'), news(null, 'c.pdf')]],
    ['New message and a file', [news('Hello.', 'a.pdf')]],
    ['2 new messages and 2 files', [news('Hello.', 'a.pdf'), news('Hello.', 'b.pdf')]],
  ])('%s', (what, items) => {
    expect(mailOf({ news: items }).subject).toBe(`${what}: Golf 8, rear quarter panel (J-2291)`);
  });
});

describe('(F2) the text', () => {
  it('reads as a letter', () => {
    expect(mailOf().text).toMatchInlineSnapshot(`
      "Hello Anna Berg,

      there is news on “Golf 8, rear quarter panel”, J-2291 (status: In the workshop).

      Jonas at Nordhafen Repairs wrote:

          Monday 8:00 is yours.

          File: estimate.pdf

      Open the job: https://portal.example/portal/mail/token

      Where you are signed in, the link opens the job; elsewhere it offers to mail you a sign-in link.

      Please answer on the page behind the link: nobody reads mails to this address.
      No more mails about news: https://portal.example/portal/mail/token/unsubscribe

      Nordhafen Repairs

      "
    `);
  });

  it('is shortened where somebody wrote a book, and says so', () => {
    const { text, html } = mailOf({ news: [news('word '.repeat(4000))] });
    for (const each of [text, html]) {
      expect(each).toContain('(the rest is in the portal)');
      expect(each.length).toBeLessThan(12_000);
    }
  });

  it('names the newest of very many, and how many stand before them', () => {
    const many = Array.from({ length: 25 }, (_, index) => news(`Message ${index + 1}.`));
    const { text } = mailOf({ news: many });
    expect(text).toContain('5 earlier ones are in the portal.');
    expect(text).not.toContain('Message 5.');
    expect(text).toContain('Message 25.');
  });

  it('of a member who has left names the office', () => {
    const { text } = mailOf({ news: [{ who: null, text: 'Goodbye.', files: [] }] });
    expect(text).toContain('Nordhafen Repairs wrote:');
  });
});

describe('what people wrote stays what they wrote', () => {
  const evil = '<script>alert(1)</script><img src=x onerror="x">';

  it('markup is shown and never is markup, in each field', () => {
    const { html } = newsMail({
      office: { name: evil },
      tells: {
        customerName: evil,
        jobTitle: evil,
        reference: evil,
        stageName: evil,
        news: [{ who: evil, text: evil, files: [evil] }],
      },
      openUrl: 'https://portal.example/',
      unsubscribeUrl: 'https://portal.example/',
    });
    const signIn = signInMail({ office: { name: evil }, customerName: evil, openUrl: 'https://x' });
    for (const each of [html, signIn.html]) {
      expect(each).not.toContain('<script');
      expect(each).not.toContain('<img');
      expect(each).toContain('&lt;script&gt;');
    }
  });

  const injection = 'Anna\r\nBcc: all@victims.example\r\n\r\nA body of my own';

  it('a line end in a name, a title, an office or an address begins no header and no body', async () => {
    const { subject, text, html } = mailOf({ jobTitle: injection, customerName: injection });
    const outgoing: OutgoingMail = {
      messageId: messageIdOf(
        { id: 'x', to: 'anna@berg.example', epoch: 'e' },
        'office@harbour.example',
      ),
      threadId: null,
      from: { name: injection, address: 'office@harbour.example' },
      to: { name: `${injection}" <all@victims.example>, "`, address: 'anna@berg.example' },
      subject,
      text,
      html,
      unsubscribeUrl: 'https://portal.example/u',
      queuedAt: '2026-11-12T10:00:00.000Z',
      sentAt: '2026-11-12T10:02:00.000Z',
    };
    const composer = createTransport({ streamTransport: true, buffer: true });
    const { message, envelope } = await composer.sendMail(messageOf(outgoing));
    expect(envelope).toEqual({ from: 'office@harbour.example', to: ['anna@berg.example'] });
    const parsed = await PostalMime.parse(message as Buffer);
    expect(parsed.bcc ?? []).toEqual([]);
    expect(parsed.to?.map(({ address }) => address)).toEqual(['anna@berg.example']);
    expect(parsed.from?.address).toBe('office@harbour.example');
    expect(parsed.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(parsed.subject).toContain('Anna Bcc: all@victims.example A body of my own');
  });

  it('letters of every script arrive as they were written', async () => {
    const words = 'Grüße, Žofie: 修理が終わりました 🚗 — עברית';
    const { subject, text, html } = mailOf({ jobTitle: words, news: [news(words)] });
    const composer = createTransport({ streamTransport: true, buffer: true });
    const { message } = await composer.sendMail({
      from: 'a@b.example',
      to: 'c@d.example',
      subject,
      text,
      html,
    });
    const parsed = await PostalMime.parse(message as Buffer);
    expect(parsed.subject).toContain(words);
    expect(parsed.text).toContain(words);
    expect(parsed.html).toContain(words);
  });

  it('a header has an end, and no letter is cut in two', () => {
    const long = headerText('🚗'.repeat(400));
    expect(Array.from(long)).toHaveLength(150);
    expect(long.isWellFormed()).toBe(true);
  });
});

it('white letters on each office’s colour can be read: 4.5 to 1 or more', () => {
  for (const [hue, colour] of Object.entries(BUTTON_COLOURS))
    expect(1.05 / (luminance(colour) + 0.05), hue).toBeGreaterThanOrEqual(4.5);
});

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

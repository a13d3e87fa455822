// @vitest-environment jsdom
// Links to jobs and entries: copied, read, followed. (B6)

import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, test } from 'vitest';
import { addressOfLink, jobLink } from '../../../renderer/links/docket-link.ts';
import { followLinks } from '../../../renderer/links/follow-links.ts';
import { LinkedText } from '../../../renderer/links/linked-text.tsx';
import { fakeId } from '../../support/fake-office.ts';
import { jobAddress, renderDesk } from '../../support/render-desk.tsx';

const JOB = '01a19b7c-a7cd-7000-8000-000000000000';
const ENTRY = '01a19b7c-a7df-7000-8000-000000000000';

describe('(B6) a link', () => {
  test.each([
    [jobLink(JOB), `/jobs/${JOB}`],
    [jobLink(JOB, ENTRY), `/jobs/${JOB}?entry=${ENTRY}`],
    [` ${jobLink(JOB)}\n`, `/jobs/${JOB}`],
    // Some systems end it so.
    [`docket://jobs/${JOB}/`, `/jobs/${JOB}`],
    [`DOCKET://Jobs/${JOB.toUpperCase()}`, `/jobs/${JOB}`],
    [`docket://customers/${JOB}`, `/customers/${JOB}`],
  ])('%j leads to %j', (link, address) => {
    expect(addressOfLink(link)).toBe(address);
  });

  test.each([
    '',
    'docket://',
    'docket://jobs/1',
    `docket://settings/${JOB}`,
    `docket://jobs/${JOB}?entry=x`,
    `docket://jobs/${JOB}#/settings`,
    `docket://jobs/${JOB}/../../settings`,
    `https://docket.example/jobs/${JOB}`,
    `javascript:docket://jobs/${JOB}`,
  ])('%j leads nowhere', (link) => {
    expect(addressOfLink(link)).toBeUndefined();
  });

  test('that the system opened leads this window to the job, and nothing else does', () => {
    window.location.hash = '#/all';
    followLinks(window);
    const say = (data: unknown, source: Window | null = window) =>
      window.dispatchEvent(new MessageEvent('message', { data, source }));
    say({ docket: 'link', link: jobLink(JOB) }, null);
    say({ docket: 'link', link: 'docket://settings' });
    say({ docket: 'link', link: 7 });
    say('link');
    expect(window.location.hash).toBe('#/all');
    say({ docket: 'link', link: jobLink(JOB, ENTRY) });
    expect(window.location.hash).toBe(`#/jobs/${JOB}?entry=${ENTRY}`);
  });
});

describe('(B6) links in a text', () => {
  const hrefs = (text: string) => {
    const { container } = render(<LinkedText text={text} search="" />);
    expect(container.textContent).toBe(text);
    return [...container.querySelectorAll('a')].map((link) => link.getAttribute('href'));
  };

  test.each([
    ['no link', []],
    ['see https://parts.example/wing?id=7, and ring', ['https://parts.example/wing?id=7']],
    ['(http://a.example/x)', ['http://a.example/x']],
    ['https://w.example/Golf_(Mk8)', ['https://w.example/Golf_(Mk8)']],
    ['“https://a.example”.', ['https://a.example']],
    [`as in ${jobLink(JOB)}.`, [`#/jobs/${JOB}`]],
    ['https://a.example https://b.example', ['https://a.example', 'https://b.example']],
    // Nothing that would run, open a program, or lead anywhere but where it says.
    ['javascript://a.example file:///etc docket://settings/x data:text/html,x', []],
  ])('%j', (text, links) => {
    expect(hrefs(text)).toEqual(links);
  });

  test('open outside without telling where from; one to a job stays in this window', () => {
    window.location.hash = '#/all';
    render(<LinkedText text={`https://a.example ${jobLink(JOB)}`} search="example" />);
    const [outside, inside] = screen.getAllByRole('link');
    expect(outside?.getAttribute('target')).toBe('_blank');
    expect(outside?.getAttribute('rel')).toBe('noreferrer noopener');
    expect(outside?.querySelector('mark')).toBeNull();
    fireEvent.click(inside as HTMLElement);
    expect(window.location.hash).toBe(`#/jobs/${JOB}`);
  });
});

describe('(C7) names in an internal note', () => {
  const bold = (text: string, names: readonly string[]) => {
    const { container } = render(<LinkedText text={text} search="" names={names} />);
    expect(container.textContent).toBe(text);
    return [...container.querySelectorAll('b')].map(({ textContent }) => textContent);
  };

  test('are told apart, the whole name where two begin alike, and only with their sign', () => {
    const names = ['Jonas', 'Jonas Ostrowski', 'Dr. (R.) Ohm'];
    expect(bold('@Jonas Ostrowski, @jonas: ask @Dr. (R.) Ohm', names)).toEqual([
      '@Jonas Ostrowski',
      '@jonas',
      '@Dr. (R.) Ohm',
    ]);
    expect(bold('Jonas, x@Jonas, @Jonass https://a.example/@Jonas', names)).toEqual([]);
  });
});

describe('(B6) copying a link', () => {
  const copied: string[] = [];
  beforeEach(() => {
    copied.length = 0;
    const writeText = (text: string) => {
      copied.push(text);
      return Promise.resolve();
    };
    Object.assign(navigator, { clipboard: { writeText } });
  });

  test('to the job: by its button and by a key', async () => {
    const { bridge } = renderDesk(jobAddress(0));
    const link = jobLink(bridge.world.office.jobs[0]!.id);
    fireEvent.click(await screen.findByRole('button', { name: /Copy a link to this job/ }));
    fireEvent.keyDown(document.body, { key: 'y' });
    await waitFor(() => expect(copied).toEqual([link, link]));
    expect((await screen.findAllByText('Link copied')).length).toBeGreaterThan(0);
  });

  test('to an entry, from its menu', async () => {
    const { bridge } = renderDesk(jobAddress(0));
    const { id } = bridge.world.office.jobs[0]!;
    const [button] = await screen.findAllByRole('button', { name: 'What to do with this entry' });
    fireEvent.keyDown(button as HTMLElement, { key: 'Enter' });
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Copy link' }));
    await waitFor(() => expect(copied).toHaveLength(1));
    expect(copied[0]).toMatch(new RegExp(`^docket://jobs/${id}\\?entry=[0-9a-f-]{36}$`));
  });

  test('(G3) and pasting one into the palette opens it', async () => {
    renderDesk('/all');
    await screen.findByRole('navigation', { name: 'Jobs' });
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    const id = fakeId();
    fireEvent.change(await screen.findByRole('combobox', { name: 'Find anything' }), {
      target: { value: jobLink(id) },
    });
    fireEvent.click(await screen.findByRole('option', { name: 'Open what this link leads to' }));
    expect(window.location.hash).toBe(`#/jobs/${id}`);
    expect(await screen.findByText('This job is not on this device')).toBeDefined();
  });
});

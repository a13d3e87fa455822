// @vitest-environment jsdom
// The search over the whole office: what is typed, what narrows it, and the way to what is found. (G1, G2, G3)

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type {
  EntryHit,
  SearchAnswer,
  SearchArgs,
} from '../../../electron/core/api/search-contract.ts';
import { type FakeBridge, fakeBridge, NOTHING_FOUND } from '../../support/fake-bridge.ts';
import { at, fakeId, fakeOffice } from '../../support/fake-office.ts';
import { renderDesk } from '../../support/render-desk.tsx';

/** A bridge that finds an entry, a job, a customer and a file for whatever has "bumper" in it, and notes what it was asked. */
function aBridge(): { bridge: FakeBridge; asked: SearchArgs[]; entry: EntryHit } {
  const bridge = fakeBridge(fakeOffice(12));
  const { jobs, customers, pipelines } = bridge.world.office;
  const job = at(jobs, 0);
  const hitJob = {
    jobId: job.id,
    reference: job.reference,
    title: job.title,
    customerName: at(customers, 0).name,
  };
  const entry: EntryHit = {
    entryId: fakeId(),
    job: hitJob,
    kind: 'reply',
    audience: 'visible',
    fromCustomer: false,
    authorName: 'Jonas Ostrowski',
    mine: false,
    at: '2026-11-02T09:00:00.000Z',
    isPending: true,
    isWithdrawn: true,
    excerpt: '…the rear bumper is here',
  };
  const found: SearchAnswer = {
    ...NOTHING_FOUND,
    jobs: {
      total: 1,
      rows: [
        {
          ...hitJob,
          title: 'Bumper and grille',
          pipelineId: job.pipelineId,
          stageId: job.stageId,
          lastActivityAt: job.lastActivityAt,
        },
      ],
    },
    customers: {
      total: 1,
      rows: [
        {
          customerId: at(customers, 0).id,
          name: 'Bumper & Co',
          emails: [],
          phone: '',
          jobCount: 2,
        },
      ],
    },
    entries: { total: 240, rows: [entry] },
    files: {
      total: 1,
      rows: [
        {
          attachmentId: fakeId(),
          entryId: entry.entryId,
          job: hitJob,
          name: 'estimate.pdf',
          sizeBytes: 48_000,
          audience: 'internal',
          fromCustomer: false,
          authorName: 'Mara Kühn',
          mine: true,
          at: '2026-11-02T09:00:00.000Z',
          isPending: false,
          isWithdrawn: false,
          excerpt: 'one bumper, 240 €',
        },
      ],
    },
    counts: {
      ...NOTHING_FOUND.counts,
      audiences: { internal: 7, visible: 3, from_customer: 1 },
      pipelines: { [at(pipelines, 0).id]: 9 },
    },
    authors: [{ id: fakeId(), name: 'Jonas Ostrowski', isCustomer: false, count: 4 }],
  };
  const asked: SearchArgs[] = [];
  bridge.world.found = (args) => {
    asked.push(args);
    return args.search.startsWith('bumper') ? found : NOTHING_FOUND;
  };
  return { bridge, asked, entry };
}

/** Letter by letter, as fast as a hand is never. */
function type(field: HTMLElement, text: string): void {
  const before = (field as HTMLInputElement).value;
  for (let length = 1; length <= text.length; length += 1)
    fireEvent.change(field, { target: { value: before + text.slice(0, length) } });
}

const press = (key: string, modifiers: { ctrlKey?: boolean } = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...modifiers });

const box = () => screen.findByRole('searchbox', { name: 'Search everything' });
const section = (name: string) => screen.findByRole('region', { name });

describe('(G1) the search page', () => {
  test('shows the best of each as one types, with the words marked, and keeps the words in the address', async () => {
    const { bridge } = aBridge();
    renderDesk('/search', bridge);
    type(await box(), 'bumper');
    const entries = await section('Activity');
    expect(within(entries).getByText('bumper').tagName).toBe('MARK');
    expect(within(entries).getByText('Withdrawn')).toBeDefined();
    expect(within(entries).getByText('On this device, waiting')).toBeDefined();
    expect(within(entries).getByText('Visible')).toBeDefined();
    expect(within(await section('Files')).getByText(/240 €/)).toBeDefined();
    expect(await section('Jobs')).toBeDefined();
    expect(await section('Customers')).toBeDefined();
    expect(window.location.hash).toBe('#/search?q=bumper');
  });

  test('asks once for what was typed in one go', async () => {
    const { bridge, asked } = aBridge();
    renderDesk('/search', bridge);
    type(await box(), 'bumper');
    await section('Activity');
    expect([...new Set(asked.map(({ search }) => search))]).toEqual(['', 'bumper']);
  });

  test('(G3) goes from the words to a hit and opens it by keyboard alone', async () => {
    const { bridge, entry } = aBridge();
    renderDesk('/search?q=bumper&in=entries', bridge);
    await section('Activity');
    (await box()).focus();
    press('ArrowDown');
    expect(document.activeElement?.textContent).toContain('the rear bumper is here');
    press('ArrowUp');
    expect(document.activeElement).toBe(await box());
    press('Enter');
    // A browser clicks the link that has the focus.
    fireEvent.click(document.activeElement as HTMLElement);
    await waitFor(() =>
      expect(window.location.hash).toBe(`#/jobs/${entry.job.jobId}?entry=${entry.entryId}`),
    );
    // G, then S leads back to what was found.
    (document.activeElement as HTMLElement).blur();
    press('g');
    press('s');
    await waitFor(() => expect(window.location.hash).toBe('#/search?in=entries&q=bumper'));
  });

  test('narrows by audience, author, pipeline and time, all in the address, and takes them back together', async () => {
    const { bridge, asked } = aBridge();
    const pipeline = at(bridge.world.office.pipelines, 0);
    renderDesk('/search?q=bumper', bridge);
    await section('Activity');
    const choose = async (menu: string, role: string, choice: RegExp) => {
      fireEvent.keyDown(screen.getByRole('button', { name: menu }), { key: 'Enter' });
      fireEvent.click(await screen.findByRole(role, { name: choice }));
      fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'Escape' });
      await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    };
    await choose('Audience', 'menuitemcheckbox', /Internal\s*7/);
    await choose('Author', 'menuitemcheckbox', /Jonas Ostrowski\s*4/);
    await choose('Pipeline', 'menuitemradio', new RegExp(`${pipeline.name}\\s*9`));
    await choose('Any time', 'menuitemradio', /Last 7 days/);
    await waitFor(() => expect(asked.at(-1)?.filters.since).not.toBeNull());
    const { filters } = asked.at(-1) as SearchArgs;
    expect(filters).toMatchObject({ audiences: ['internal'], pipelineId: pipeline.id, kinds: [] });
    expect(filters.authorIds).toHaveLength(1);
    const days = (Date.now() - Date.parse(filters.since ?? '')) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(6.9);
    expect(days).toBeLessThan(8.1);
    bridge.world.found = () => NOTHING_FOUND;
    type(await box(), ' x');
    fireEvent.click(await screen.findByRole('button', { name: 'Clear the filters' }));
    await waitFor(() => expect(window.location.hash).toBe('#/search?q=bumper+x'));
  });

  test('shows all of one kind, and more of it', async () => {
    const { bridge, asked } = aBridge();
    renderDesk('/search?q=bumper', bridge);
    fireEvent.click(await screen.findByRole('button', { name: 'Show all 240' }));
    expect(window.location.hash).toBe('#/search?in=entries&q=bumper');
    fireEvent.click(await screen.findByRole('button', { name: 'Show more' }));
    await waitFor(() =>
      expect(asked.at(-1)?.limits).toEqual({ jobs: 0, customers: 0, entries: 200, files: 0 }),
    );
    // Kinds belong to entries alone.
    fireEvent.click(screen.getByRole('button', { name: /^Form/ }));
    expect(window.location.hash).toContain('kind=form_save');
    fireEvent.click(screen.getByRole('button', { name: /^Jobs/ }));
    expect(window.location.hash).toBe('#/search?in=jobs&q=bumper');
  });

  test('says what it looks through, that nothing fits, and what may still come', async () => {
    const { bridge } = aBridge();
    bridge.world.sync = { ...bridge.world.sync, progress: { rowsSent: 40, rowsTotal: 100 } };
    renderDesk('/search', bridge);
    expect(await screen.findByText('Search the whole office')).toBeDefined();
    expect(screen.getByText(/still coming in/)).toBeDefined();
    type(await box(), 'zeppelin');
    expect(await screen.findByText('Nothing found for “zeppelin”')).toBeDefined();
  });

  test('a place in the address that there is not is no error', async () => {
    const { bridge } = aBridge();
    renderDesk('/search?q=bumper&in=nowhere&since=-3&kind=odd&audience=all', bridge);
    expect(await section('Jobs')).toBeDefined();
  });
});

describe('(G1, G3) the palette', () => {
  test('finds customers, entries and files beside jobs, and leads to all of it', async () => {
    const { bridge, entry } = aBridge();
    renderDesk('/all', bridge);
    await screen.findByRole('navigation', { name: 'Jobs' });
    press('k', { ctrlKey: true });
    type(await screen.findByRole('combobox', { name: 'Find anything' }), 'bumper');
    expect(await screen.findByRole('option', { name: /Bumper & Co/ })).toBeDefined();
    expect(screen.getByRole('option', { name: /estimate\.pdf/ })).toBeDefined();
    fireEvent.click(screen.getByRole('option', { name: /the rear bumper is here/ }));
    expect(window.location.hash).toBe(`#/jobs/${entry.job.jobId}?entry=${entry.entryId}`);
    press('k', { ctrlKey: true });
    type(await screen.findByRole('combobox', { name: 'Find anything' }), 'bumper');
    fireEvent.click(await screen.findByRole('option', { name: 'Search everything for “bumper”' }));
    expect(window.location.hash).toBe('#/search?q=bumper');
  });

  test('chooses the way to all of it where no job and no place fits', async () => {
    const { bridge } = aBridge();
    renderDesk('/all', bridge);
    await screen.findByRole('navigation', { name: 'Jobs' });
    press('k', { ctrlKey: true });
    type(await screen.findByRole('combobox', { name: 'Find anything' }), 'zeppelin');
    const all = await screen.findByRole('option', { name: /Search everything/ });
    await waitFor(() => expect(all.getAttribute('aria-selected')).toBe('true'));
  });
});

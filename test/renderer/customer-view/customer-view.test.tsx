// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { CustomerView } from '../../../electron/core/api/care-contract.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { jobAddress, renderDesk } from '../../support/render-desk.tsx';

const aView = (overrides: Partial<CustomerView> = {}): CustomerView => ({
  officeName: 'Nordhafen Repairs',
  customerName: 'Anna Berg',
  seenAt: null,
  stageName: 'Estimate',
  page: {
    title: 'Golf 8',
    reference: '#2291',
    stage: { name: 'In the workshop', hue: 'blue' },
    canReply: true,
    canUpload: false,
    fields: [],
    things: [
      {
        key: '1',
        who: 'Jonas at Nordhafen Repairs',
        isOwn: false,
        at: '2026-11-12T10:00:00.000Z',
        isNews: true,
        isWaiting: false,
        what: { kind: 'message', text: 'We begin on Thursday.', editedAt: null, files: [] },
      },
      {
        key: '2',
        who: 'Mara at Nordhafen Repairs',
        isOwn: false,
        at: '2026-11-12T11:00:00.000Z',
        isNews: true,
        isWaiting: true,
        what: { kind: 'message', text: 'It is ready.', editedAt: null, files: [] },
      },
    ],
  },
  ...overrides,
});

test('(E8, G3) E shows the job as its customer sees it, marked as a preview, with what waits; Esc leaves', async () => {
  const bridge = fakeBridge();
  const job = bridge.world.office.jobs[0]!;
  bridge.world.views.set(job.id, aView());
  renderDesk(jobAddress(0), bridge);
  await screen.findByRole('button', { name: 'View as the customer' });
  fireEvent.keyDown(document.body, { key: 'e' });
  const heading = await screen.findByRole('heading', { level: 1 });
  await waitFor(() =>
    expect(heading.textContent).toBe('Preview: what Anna Berg sees in the portal'),
  );
  const page = within(await screen.findByRole('article', { name: 'The portal’s page' }));
  expect(page.getByText('We begin on Thursday.')).toBeDefined();
  expect(page.getAllByText('Waiting, not in the portal yet')).toHaveLength(1);
  expect(screen.getByText(/One thing waits on this device/)).toBeDefined();
  expect(page.queryByRole('button')).toBeNull();
  expect(screen.queryByRole('textbox', { name: /^(Note|Reply to)/ })).toBeNull();
  fireEvent.keyDown(document.body, { key: 'Escape' });
  await waitFor(() => expect(window.location.hash).toBe(`#/jobs/${job.id}`));
});

test('(E8) a job in an internal stage says that the customer sees nothing, and what to do', async () => {
  const bridge = fakeBridge();
  bridge.world.views.set(bridge.world.office.jobs[0]!.id, aView({ page: null }));
  renderDesk(jobAddress(0, '/as-customer'), bridge);
  expect(await screen.findByText('Anna Berg does not see this job at all')).toBeDefined();
  expect(screen.getByText(/Move it to a visible stage/)).toBeDefined();
});

test('(E8) what the customer is asked to fill in stands above what happened, as in the portal', async () => {
  const bridge = fakeBridge();
  const { page, ...view } = aView();
  const fields = [{ label: 'Claim number', value: 'C-17' }];
  bridge.world.views.set(bridge.world.office.jobs[0]!.id, {
    ...view,
    page: page && { ...page, fields },
  });
  renderDesk(jobAddress(0), bridge);
  fireEvent.click(await screen.findByRole('button', { name: 'View as the customer' }));
  const shown = within(await screen.findByRole('article', { name: 'The portal’s page' }));
  const details = shown.getByText('Claim number');
  const thread = shown.getByText('We begin on Thursday.');
  expect(details.compareDocumentPosition(thread)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});

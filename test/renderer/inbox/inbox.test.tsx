// @vitest-environment jsdom

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Inbox } from '../../../electron/core/api/inbox-contract.ts';
import { type FakeBridge, fakeBridge } from '../../support/fake-bridge.ts';
import { at, fakeOffice } from '../../support/fake-office.ts';
import { renderDesk } from '../../support/render-desk.tsx';

const SCANS = '/home/mara/Scans';

function anInbox(names: readonly string[], overrides: Partial<Inbox> = {}): Inbox {
  return {
    count: names.length,
    files: names.map((name, index) => ({
      fileId: `file-${index}`,
      folderId: 'scans',
      name,
      sizeBytes: 340_000,
      modifiedAt: '2026-11-20T09:12:00.000Z',
      url: `/inbox/file-${index}`,
      isPicture: false,
      isThere: true,
    })),
    folders: [
      {
        folderId: 'scans',
        path: SCANS,
        state: 'watched',
        newCount: names.length,
        earlierCount: 0,
      },
    ],
    ...overrides,
  };
}

function show(inbox: Inbox): FakeBridge {
  const bridge = fakeBridge(fakeOffice(12));
  bridge.world.inbox = inbox;
  renderDesk('/inbox', bridge);
  return bridge;
}

const asked = (bridge: FakeBridge, name: string) =>
  bridge.world.asked.filter((one) => one.name === name).map(({ args }) => args);

test('(D10) without a watched folder the Inbox says what it is for and offers the first step', async () => {
  const bridge = show(anInbox([], { folders: [] }));
  fireEvent.click(await screen.findByRole('button', { name: 'Watch a folder' }));
  const folder = await screen.findByRole('combobox', { name: 'Folder' });
  fireEvent.change(folder, { target: { value: '~/Scans' } });
  fireEvent.click(screen.getByRole('button', { name: 'Watch' }));
  await waitFor(() => expect(asked(bridge, 'watched-folders.add')).toEqual([{ path: '~/Scans' }]));
});

test('(D10) a folder that cannot be watched says why beside its name, and what was typed stays', async () => {
  const bridge = show(anInbox([], { folders: [] }));
  bridge.world.failing.set('watched-folders.add', 'There is no folder “/Scan”.');
  fireEvent.click(await screen.findByRole('button', { name: 'Watch a folder' }));
  const folder = await screen.findByRole('combobox', { name: 'Folder' });
  fireEvent.change(folder, { target: { value: '/Scan' } });
  fireEvent.click(screen.getByRole('button', { name: 'Watch' }));
  expect(await screen.findByText('There is no folder “/Scan”.')).toBeDefined();
  expect((folder as HTMLInputElement).value).toBe('/Scan');
});

test('(D10) marked files are added to a job by keyboard alone, and lie in its composer as internal files', async () => {
  const bridge = show(anInbox(['scan 1.pdf', 'scan 2.pdf', 'private.pdf']));
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Mark scan 1.pdf' }));
  fireEvent.click(screen.getByRole('checkbox', { name: 'Mark scan 2.pdf' }));
  fireEvent.keyDown(screen.getByRole('checkbox', { name: 'Mark scan 1.pdf' }), { key: 'Enter' });
  const dialog = within(await screen.findByRole('dialog', { name: 'Add 2 files to a job' }));
  const search = dialog.getByRole('combobox');
  await waitFor(() => expect(dialog.getAllByRole('option').length).toBeGreaterThan(3));
  fireEvent.keyDown(search, { key: 'Enter' });
  const tray = within(await screen.findByRole('list', { name: 'Files' }));
  expect(tray.getByText('scan 1.pdf')).toBeDefined();
  expect(tray.getByText('scan 2.pdf')).toBeDefined();
  expect(tray.getAllByRole('switch').every((one) => one.ariaChecked === 'false')).toBe(true);
  expect(asked(bridge, 'inbox.take')).toEqual([{ fileIds: ['file-0', 'file-1'] }]);
  expect(bridge.world.inbox.files.map(({ name }) => name)).toEqual(['private.pdf']);
});

test('(D10) a dismissed file can be put back at once', async () => {
  const bridge = show(anInbox(['scan 1.pdf']));
  const mark = await screen.findByRole('checkbox', { name: 'Mark scan 1.pdf' });
  fireEvent.keyDown(mark, { key: 'Delete' });
  fireEvent.click(await screen.findByRole('button', { name: 'Put back' }));
  await waitFor(() => expect(asked(bridge, 'inbox.put-back')).toEqual([{ fileIds: ['file-0'] }]));
  expect(screen.getByText('Nothing new')).toBeDefined();
});

test('(D10) a folder that is gone and files from before are said in a sentence', async () => {
  const folder = at(anInbox([]).folders, 0);
  const bridge = show(
    anInbox(['scan 1.pdf'], {
      folders: [
        { ...folder, folderId: 'a', state: 'missing', path: '//server/scans' },
        { ...folder, folderId: 'b', earlierCount: 3 },
      ],
    }),
  );
  expect(await screen.findByText(/\/\/server\/scans is not there now/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Show them' }));
  await waitFor(() =>
    expect(asked(bridge, 'watched-folders.show-earlier')).toEqual([{ folderId: 'b' }]),
  );
});

test('(D9) a file changed in another program is offered, and the new version lies in the composer', async () => {
  const bridge = fakeBridge(fakeOffice(12));
  const job = at(bridge.world.office.jobs, 0);
  bridge.world.changedFiles = [
    {
      attachmentId: 'attachment-1' as never,
      name: 'estimate.docx',
      changedAt: '2026-11-20T09:12:00.000Z',
      changedBlobId: 'b'.repeat(64) as never,
      file: { blobId: 'b'.repeat(64) as never, mediaType: 'application/msword', sizeBytes: 12_000 },
      problem: null,
    },
  ];
  renderDesk(`/jobs/${job.id}`, bridge);
  fireEvent.click(await screen.findByRole('button', { name: 'Add as a new version' }));
  const tray = within(await screen.findByRole('list', { name: 'Files' }));
  expect(tray.getByText('estimate.docx')).toBeDefined();
  const change = { attachmentId: 'attachment-1', changedBlobId: 'b'.repeat(64) };
  expect(asked(bridge, 'changed-files.take')).toEqual([change]);
  await waitFor(() => expect(asked(bridge, 'changed-files.settle')).toEqual([change]));
  fireEvent.click(screen.getByRole('button', { name: /^Add files/ }));
  await waitFor(() => expect(asked(bridge, 'entries.post')).toHaveLength(1));
  expect(asked(bridge, 'entries.post')[0]).toMatchObject({
    files: [{ name: 'estimate.docx', audience: 'internal', replacesId: 'attachment-1' }],
  });
});

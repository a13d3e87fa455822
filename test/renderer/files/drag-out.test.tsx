// @vitest-environment jsdom

import { createEvent, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { type FakeBridge, fakeBridge } from '../../support/fake-bridge.ts';
import { jobAddress, renderDesk } from '../../support/render-desk.tsx';

const TILE = /IMG_4471/;
const list = () => screen.findByRole('listbox', { name: 'Files' });
const option = async (name: RegExp) => within(await list()).findByRole('option', { name });
const drags = ({ world }: FakeBridge) =>
  world.asked.filter(({ name }) => name === 'files.start-drag').map(({ args }) => args);

function aDesktop(): FakeBridge {
  const bridge = fakeBridge();
  bridge.world.host = { canOpenFiles: true, canDragFiles: true };
  return bridge;
}

const idOf = ({ world }: FakeBridge, part: string) =>
  [...world.office.attachments.values()].find(({ name }) => name.includes(part))?.id;

/** What the drag carries for the browser, and whether the page left it to the browser. */
function drag(element: HTMLElement) {
  const carried = new Map<string, string>();
  const dataTransfer = {
    effectAllowed: 'none',
    setData: (type: string, value: string) => void carried.set(type, value),
  };
  const event = createEvent.dragStart(element, { dataTransfer });
  fireEvent(element, event);
  return { carried, isBrowsers: !event.defaultPrevented };
}

test('(D9) where the host can, a tile of the feed is dragged out as a real file', async () => {
  const bridge = aDesktop();
  renderDesk(jobAddress(0), bridge);
  const { carried, isBrowsers } = drag(await screen.findByRole('button', { name: TILE }));
  expect(isBrowsers).toBe(false);
  expect(carried.size).toBe(0);
  expect(drags(bridge)).toEqual([{ attachmentIds: [idOf(bridge, 'IMG_4471')] }]);
});

test('(D9) where the host cannot, the browser fetches what is dragged', async () => {
  const bridge = fakeBridge();
  renderDesk(jobAddress(0), bridge);
  const { carried, isBrowsers } = drag(await screen.findByRole('button', { name: TILE }));
  expect(isBrowsers).toBe(true);
  expect(carried.get('DownloadURL')).toMatch(/^image\/jpeg:IMG_4471.jpg:data:.*\?download$/);
  expect(drags(bridge)).toEqual([]);
});

test('(D9) in the Files tab all selected ones go along; one beside them goes alone', async () => {
  const bridge = aDesktop();
  renderDesk(jobAddress(0, '/files?view=list'), bridge);
  drag(await option(TILE));
  fireEvent.click(await option(TILE));
  fireEvent.click(await option(/policy-2026/), { ctrlKey: true });
  drag(await option(/policy-2026/));
  const photo = idOf(bridge, 'IMG_4471');
  const both = { attachmentIds: expect.arrayContaining([photo, idOf(bridge, 'policy-2026')]) };
  expect(drags(bridge)).toEqual([{ attachmentIds: [photo] }, both]);
});

test('(D9) what keeps a file from being dragged is said', async () => {
  const bridge = aDesktop();
  bridge.world.failing.set('files.start-drag', 'This file is not on this device.');
  renderDesk(jobAddress(0), bridge);
  drag(await screen.findByRole('button', { name: TILE }));
  await screen.findByText('This file is not on this device.');
});

test('(D9) Docket’s own file let go over the page is not taken in again; the next one from outside is', async () => {
  const bridge = aDesktop();
  renderDesk(jobAddress(0), bridge);
  drag(await screen.findByRole('button', { name: TILE }));
  const heading = screen.getByRole('heading', { level: 1 });
  const file = new File(['words'], 'IMG_4471.jpg', { type: 'image/jpeg' });
  const item = { kind: 'file', getAsFile: () => file, webkitGetAsEntry: () => null };
  const dataTransfer = { types: ['Files'], items: [item] };
  fireEvent.dragEnter(heading, { dataTransfer });
  expect(screen.queryByText(/^Drop to add/)).toBeNull();
  fireEvent.drop(heading, { dataTransfer });
  expect(screen.queryByRole('list', { name: 'Files' })).toBeNull();

  await waitFor(() => {
    fireEvent.pointerMove(heading);
    fireEvent.dragEnter(heading, { dataTransfer });
    screen.getByText('Drop to add 1 file');
  });
});

test('(D9) a drag that never began lets files in at once', async () => {
  const bridge = aDesktop();
  bridge.world.failing.set('files.start-drag', 'Not now.');
  renderDesk(jobAddress(0), bridge);
  drag(await screen.findByRole('button', { name: TILE }));
  await screen.findByText('Not now.');
  const heading = screen.getByRole('heading', { level: 1 });
  fireEvent.dragEnter(heading, { dataTransfer: { types: ['Files'], items: [{ kind: 'file' }] } });
  screen.getByText('Drop to add 1 file');
});

test('(D9) a program that does not open a file is said, and nothing is downloaded instead', async () => {
  const bridge = aDesktop();
  bridge.world.failing.set('attachments.open', 'No program on this computer opens this file.');
  const saved = savedLinks();
  renderDesk(jobAddress(0, '/files?view=list'), bridge);
  fireEvent.click(await option(TILE));
  fireEvent.keyDown(await list(), { key: 'Enter' });
  await screen.findByText('No program on this computer opens this file.');
  expect(saved).toEqual([]);
});

test('(D9) where the host opens no programs, “Open” saves the file and asks nothing', async () => {
  const bridge = fakeBridge();
  bridge.world.host = { canOpenFiles: false, canDragFiles: false };
  const saved = savedLinks();
  renderDesk(jobAddress(0, '/files?view=list'), bridge);
  fireEvent.click(await option(TILE));
  fireEvent.keyDown(await list(), { key: 'Enter' });
  expect(saved).toEqual(['IMG_4471.jpg']);
  expect(bridge.world.asked.map(({ name }) => name)).not.toContain('attachments.open');
});

/** Names of what the page has the browser save. */
function savedLinks(): string[] {
  const saved: string[] = [];
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof HTMLAnchorElement) || event.target.download === '') return;
    event.preventDefault();
    saved.push(event.target.download);
  });
  return saved;
}

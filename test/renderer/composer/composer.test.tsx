// @vitest-environment jsdom

import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Leak } from '../../../electron/core/api/leaks-contract.ts';
import type { FakeBridge } from '../../support/fake-bridge.ts';
import { fakeBridge } from '../../support/fake-bridge.ts';
import { fakeId } from '../../support/fake-office.ts';
import { jobAddress, renderDesk, textBox } from '../../support/render-desk.tsx';

const choose = async (name: 'Internal note' | 'Customer reply') =>
  fireEvent.click(await screen.findByRole('radio', { name }));
const type = async (text: string) =>
  fireEvent.change(await readyTextBox(), { target: { value: text } });
const sendButton = () => screen.getByRole('button', { name: /^(Add (note|files)|Send to)/ });
const posted = ({ world }: FakeBridge) => world.asked.filter(({ name }) => name === 'entries.post');

/** The box takes no text before the stored draft was read. */
async function readyTextBox() {
  const box = await textBox();
  await waitFor(() => expect(box).toHaveProperty('readOnly', false));
  return box;
}

function drop(files: readonly File[]) {
  const target = screen.getByRole('heading', { level: 1 });
  const items = files.map((file) => ({
    kind: 'file',
    getAsFile: () => file,
    webkitGetAsEntry: () => ({ isDirectory: false }),
  }));
  fireEvent.drop(target, { dataTransfer: { types: ['Files'], items } });
}

test('a new draft is an internal note, and the button says so (C1)', async () => {
  renderDesk(jobAddress(0));
  await readyTextBox();
  expect(screen.getByRole('radio', { name: 'Internal note' }).getAttribute('aria-checked')).toBe(
    'true',
  );
  expect(sendButton().textContent).toContain('Add note');
  expect(screen.getByText('Only your team will read this')).toBeDefined();
});

test('the button of a customer reply names who will read it (C1)', async () => {
  renderDesk(jobAddress(0));
  await type('Thursday is fine.');
  await choose('Customer reply');
  expect(sendButton().textContent).toContain('Send to Anna Berg');
  const region = screen.getByRole('region', { name: 'Customer reply' });
  expect(region.textContent).toContain('Anna Berg will read this');
});

test('switching the audience never loses text (C1)', async () => {
  renderDesk(jobAddress(0));
  await type('Thursday is fine.');
  await choose('Customer reply');
  await choose('Internal note');
  expect(await readyTextBox()).toHaveProperty('value', 'Thursday is fine.');
});

test('Alt 2 and Alt 1 choose the audience, Ctrl Shift A the other one', async () => {
  renderDesk(jobAddress(0));
  await readyTextBox();
  fireEvent.keyDown(window, { key: '2', code: 'Digit2', altKey: true });
  expect(screen.getByRole('region', { name: 'Customer reply' })).toBeDefined();
  fireEvent.keyDown(window, { key: '1', code: 'Digit1', altKey: true });
  expect(screen.getByRole('region', { name: 'Internal note' })).toBeDefined();
  fireEvent.keyDown(window, { key: 'A', code: 'KeyA', ctrlKey: true, shiftKey: true });
  expect(screen.getByRole('region', { name: 'Customer reply' })).toBeDefined();
});

test('a post carries the audience that stood at the send, and the draft is gone after it (C2)', async () => {
  const { bridge } = renderDesk(jobAddress(0));
  await type('Thursday is fine.');
  await choose('Customer reply');
  fireEvent.keyDown(await textBox(), { key: 'Enter', ctrlKey: true });
  await waitFor(() => expect(posted(bridge)).toHaveLength(1));
  expect(posted(bridge)[0]!.args).toMatchObject({
    audience: 'visible',
    text: 'Thursday is fine.',
    files: [],
    seenVersion: 41,
  });
  await waitFor(async () => expect(await textBox()).toHaveProperty('value', ''));
  // The next one is a note again: an audience is never inherited.
  expect(sendButton().textContent).toContain('Add note');
});

test('[B1] a post that the core did not take keeps its draft and says why', async () => {
  const bridge = fakeBridge();
  bridge.world.failing.set('entries.post', 'The disk of this device is full.');
  renderDesk(jobAddress(0), bridge);
  await type('Thursday is fine.');
  fireEvent.click(sendButton());
  expect(await screen.findByText(/Not posted\. The disk of this device is full\./)).toBeDefined();
  expect(await textBox()).toHaveProperty('value', 'Thursday is fine.');
});

test('text, audience and files of a draft survive a reload (C3)', async () => {
  const desk = renderDesk(jobAddress(0));
  await type('Thursday is fine.');
  await choose('Customer reply');
  drop([new File(['x'], 'left-side.jpg', { type: 'image/jpeg' })]);
  await screen.findByText('left-side.jpg');
  const jobId = desk.bridge.world.office.jobs[0]!.id;
  const memberId = desk.bridge.world.office.members[0]!.id;
  await waitFor(async () =>
    expect(await desk.drafts.readPost({ jobId, memberId })).toMatchObject({
      files: [{ name: 'left-side.jpg' }],
    }),
  );
  desk.reload();
  await waitFor(async () => expect(await textBox()).toHaveProperty('value', 'Thursday is fine.'));
  expect(sendButton().textContent).toContain('Send to Anna Berg');
  expect(screen.getByRole('switch', { name: /left-side\.jpg/ })).toBeDefined();
});

test('another job has another draft (C3)', async () => {
  const { bridge } = renderDesk(jobAddress(0));
  await type('About the Golf');
  window.location.hash = jobAddress(1)(bridge);
  await screen.findByRole('heading', { level: 1, name: /Sprinter/ });
  expect(await readyTextBox()).toHaveProperty('value', '');
});

test('a dropped file is internal until a person says otherwise, and the difference is said (D3)', async () => {
  const { bridge } = renderDesk(jobAddress(0));
  await type('The estimate.');
  await choose('Customer reply');
  drop([new File(['x'], 'estimate.pdf', { type: 'application/pdf' })]);
  const own = await screen.findByRole('switch', { name: /estimate\.pdf/ });
  expect(own.getAttribute('aria-checked')).toBe('false');
  expect(
    screen.getByText(/“estimate\.pdf” stays internal: Anna Berg will not get it\./),
  ).toBeDefined();
  fireEvent.click(own);
  expect(screen.queryByText(/stays internal/)).toBeNull();
  fireEvent.click(sendButton());
  await waitFor(() => expect(posted(bridge)).toHaveLength(1));
  expect(posted(bridge)[0]!.args).toMatchObject({
    files: [{ name: 'estimate.pdf', audience: 'visible' }],
  });
});

test('(D6) the customer’s copy of a photo is without its place, unless a person wants it in', async () => {
  const { bridge } = renderDesk(jobAddress(0));
  bridge.world.withLocation.add('photo.jpg'.padEnd(64, '0'));
  await type('The damage');
  drop([new File(['x'], 'photo.jpg', { type: 'image/jpeg' })]);
  const location = () => screen.findByRole('switch', { name: /remove the location/ });
  // Colleagues get the file as it is, so there is nothing to decide.
  const audience = await screen.findByRole('switch', { name: /visible to the customer/ });
  expect(screen.queryByRole('switch', { name: /remove the location/ })).toBeNull();
  fireEvent.click(audience);
  expect((await location()).getAttribute('aria-checked')).toBe('true');
  fireEvent.click(await location());
  expect((await location()).getAttribute('aria-checked')).toBe('false');
  fireEvent.click(sendButton());
  await waitFor(() => expect(posted(bridge)).toHaveLength(1));
  expect(posted(bridge)[0]!.args).toMatchObject({
    files: [{ name: 'photo.jpg', audience: 'visible', keepsLocation: true }],
  });
});

test('a note with a visible file says on the button who gets the file (C2)', async () => {
  renderDesk(jobAddress(0));
  await type('For the record');
  drop([new File(['x'], 'photo.jpg', { type: 'image/jpeg' })]);
  fireEvent.click(await screen.findByRole('switch', { name: /photo\.jpg/ }));
  expect(sendButton().textContent).toContain('Add note, 1 file to Anna Berg');
});

test('a refused file has its sentence, and the others are added (D2)', async () => {
  const bridge = fakeBridge();
  const takeIn = bridge.world.addFile;
  bridge.world.addFile = (file, onProgress) =>
    file.name === 'page.html'
      ? Promise.resolve({
          kind: 'refused',
          name: file.name,
          sentence: '“page.html” is a web page. Add an image, a PDF or an Office file.',
        })
      : takeIn(file, onProgress);
  renderDesk(jobAddress(0), bridge);
  await readyTextBox();
  drop([new File(['x'], 'page.html'), new File([], 'empty.pdf'), new File(['x'], 'good.pdf')]);
  expect(await screen.findByText(/“page\.html” is a web page/)).toBeDefined();
  expect(screen.getByText(/“empty\.pdf” is empty/)).toBeDefined();
  const tray = within(screen.getByRole('list', { name: 'Files' }));
  expect(tray.getAllByRole('listitem')).toHaveLength(1);
  expect(tray.getByText('good.pdf')).toBeDefined();
});

test('files stand in the draft as they were chosen, however long each of them takes', async () => {
  const bridge = fakeBridge();
  const takeIn = bridge.world.addFile;
  const slow = Promise.withResolvers<null>();
  bridge.world.addFile = async (file, onProgress) => {
    if (file.name === 'first.pdf') await slow.promise;
    return takeIn(file, onProgress);
  };
  renderDesk(jobAddress(0), bridge);
  await type('The estimate.');
  drop([new File(['x'], 'zero.pdf')]);
  await screen.findByLabelText(/^zero\.pdf: visible/);
  drop(['first.pdf', 'second.pdf'].map((name) => new File(['x'], name)));
  drop([new File(['x'], 'third.pdf')]);
  await screen.findByLabelText(/^second\.pdf: visible/);
  await screen.findByLabelText(/^third\.pdf: visible/);
  slow.resolve(null);
  await screen.findByLabelText(/^first\.pdf: visible/);
  fireEvent.click(sendButton());
  await waitFor(() => expect(posted(bridge)).toHaveLength(1));
  const names = ['zero.pdf', 'first.pdf', 'second.pdf', 'third.pdf'];
  expect(posted(bridge)[0]!.args).toMatchObject({ files: names.map((name) => ({ name })) });
});

test('in an internal stage the composer says that the customer reads it later', async () => {
  renderDesk(jobAddress(2));
  await type('Your glass is here.');
  expect(screen.queryByText(/cannot see this job now/)).toBeNull();
  await choose('Customer reply');
  expect(
    screen.getByText(
      'Yusuf Demir cannot see this job now, and will read this when it moves to a visible stage.',
    ),
  ).toBeDefined();
});

test('nothing is posted from an empty composer', async () => {
  const { bridge } = renderDesk(jobAddress(0));
  await type('   ');
  expect(sendButton()).toHaveProperty('disabled', true);
  fireEvent.keyDown(await textBox(), { key: 'Enter', ctrlKey: true });
  expect(posted(bridge)).toHaveLength(0);
});

describe('(C9) a reply with something in it that may not be meant for the customer', () => {
  const leaks: Leak[] = [
    { kind: 'note', entryId: fakeId(), words: 'do not hand over the keys' },
    {
      kind: 'file',
      blobId: 'f'.repeat(64) as never,
      name: 'costs.pdf',
      jobTitle: 'Caddy, sill',
      isOtherJob: true,
    },
    { kind: 'customer', customerId: fakeId(), name: 'Yusuf Demir' },
  ];

  async function aReply() {
    const { bridge } = renderDesk(jobAddress(0));
    bridge.world.leaks = leaks;
    await readyTextBox();
    await choose('Customer reply');
    await type('The keys stay here.');
    fireEvent.keyDown(await textBox(), { key: 'Enter', ctrlKey: true });
    const question = within(await screen.findByRole('alertdialog'));
    return { bridge, question };
  }

  test('asks once more, saying what and where it stands; going back loses nothing and sends nothing', async () => {
    const { question, bridge } = await aReply();
    for (const words of [
      'do not hand over the keys',
      'costs.pdf',
      /another job, Caddy, sill/,
      'Yusuf Demir',
    ])
      expect(question.getByText(words)).toBeDefined();
    fireEvent.click(question.getByRole('button', { name: 'Back to the reply' }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(await textBox()).toHaveProperty('value', 'The keys stay here.');
    expect(posted(bridge)).toEqual([]);
  });

  test('goes where a person wants it to', async () => {
    const { question, bridge } = await aReply();
    fireEvent.click(question.getByRole('button', { name: 'Send it anyway' }));
    await waitFor(() =>
      expect(posted(bridge)).toMatchObject([
        { args: { text: 'The keys stay here.', audience: 'visible' } },
      ]),
    );
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  test('[P6] knows nothing of what came while the question covered the job', async () => {
    const { question, bridge } = await aReply();
    const before = bridge.world.seenVersion;
    bridge.world.seenVersion += 1;
    act(() => bridge.changed());
    fireEvent.click(question.getByRole('button', { name: 'Send it anyway' }));
    await waitFor(() => expect(posted(bridge)).toMatchObject([{ args: { seenVersion: before } }]));
  });

  test('a note is not looked at: the team may read it all', async () => {
    const { bridge } = renderDesk(jobAddress(0));
    bridge.world.leaks = leaks;
    await type('Do not hand over the keys.');
    fireEvent.keyDown(await textBox(), { key: 'Enter', ctrlKey: true });
    await waitFor(() =>
      expect(bridge.world.asked.map(({ name }) => name)).toContain('entries.post'),
    );
    expect(bridge.world.asked.map(({ name }) => name)).not.toContain('entries.find-leaks');
  });
});

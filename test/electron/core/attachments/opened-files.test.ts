// An attachment in another program's hands: real files, the real watcher, whole desks against the real server.

import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ChangedFile } from '../../../../electron/core/api/inbox-contract.ts';
import { findBlob } from '../../../../electron/core/attachments/blobs.ts';
import { AppError } from '../../../../electron/core/errors.ts';
import type { AttachmentId } from '../../../../sync-server/protocol/ids.ts';
import { aMutation, anEntryId, blobIdOf } from '../../../support/builders.ts';
import { fakeHost } from '../../../support/fake-host.ts';
import {
  added,
  anOpenedFile,
  attachmentNamed,
  bytesOf,
  changes,
  type Opened,
  post,
  sizeOffered,
} from '../../../support/opened-file.ts';
import { startTestDesk, type TestDesk } from '../../../support/test-desk.ts';
import { signInDevice } from '../../../support/test-device.ts';
import { startTestServer, TEST_PASSWORD } from '../../../support/test-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

async function settle({ desk, attachmentId }: Opened, change: ChangedFile | undefined) {
  const changedBlobId = change?.changedBlobId ?? null;
  await desk.request('changed-files.settle', { attachmentId, changedBlobId });
}

async function addAsVersion(opened: Opened, change: ChangedFile | undefined, name: string) {
  const { desk, server, attachmentId } = opened;
  if (change?.file == null) throw new Error('nothing to add');
  const { blobId } = change.file;
  await desk.request('entries.post', {
    entryId: anEntryId(),
    jobId: server.office.job.id,
    audience: 'internal',
    text: 'Prices filled in',
    files: [{ blobId, name, audience: 'internal', replacesId: attachmentId }],
    seenVersion: 0,
  });
  await settle(opened, change);
}

describe('(D9) a file opened with another program', () => {
  test('the program gets a copy of its own under the file’s name', async () => {
    const opened = await anOpenedFile();
    expect(await readFile(opened.path, 'utf8')).toBe('First draft');
    expect(opened.path.endsWith(`${opened.attachmentId}/plan.txt`)).toBe(true);
    expect(await changes(opened, () => true)).toEqual([]);
  });

  test.each([
    'Photo.bat',
    'Offer.JS',
    'Read me.desktop',
    'link.url',
    'invoice.pdf.vbs',
    'scan.hta.',
  ])('a “%s” that somebody sent is a text, and never a program the system runs', async (name) => {
    const { path } = await anOpenedFile(name);
    expect(basename(path)).toBe(`${name.replace(/\.$/, '')}.txt`);
  });

  test('what it saves is offered, and becomes a new version linked to the old', async () => {
    const opened = await anOpenedFile();
    const { desk, server, attachmentId } = opened;
    await writeFile(opened.path, 'Second draft');
    const [change] = await changes(opened, (count) => count === 1);
    expect(change).toMatchObject({ attachmentId, name: 'plan.txt', problem: null });
    await addAsVersion(opened, change, 'plan 2.txt');
    expect(await changes(opened, (count) => count === 0)).toEqual([]);
    const newId = await attachmentNamed(desk, server, 'plan 2.txt');
    expect(await textOf((await desk.core.openAttachment(newId)).bytes)).toBe('Second draft');
    expect(await textOf((await desk.core.openAttachment(attachmentId)).bytes)).toBe('First draft');
    const { storage } = server.data;
    await desk.until('outbox', {}, (items) => items.length === 0);
    const stored = await storage.recordById(server.office.workspace.id, 'attachment', newId);
    expect(stored?.record.replacesId).toBe(attachmentId);
  });

  test('an editor that writes beside it and renames is seen just so; its own files are not', async () => {
    const opened = await anOpenedFile();
    const folder = dirname(opened.path);
    await writeFile(join(folder, '~$plan.txt'), 'lock');
    await writeFile(join(folder, 'plan.txt.tmp'), 'Saved by rename');
    await rename(join(folder, 'plan.txt.tmp'), opened.path);
    const [change] = await changes(opened, (count) => count === 1);
    expect(change?.file?.sizeBytes).toBe('Saved by rename'.length);
  });

  test('what it saves between the look and the click is not settled with what was seen', async () => {
    const opened = await anOpenedFile();
    const { path } = opened;
    await writeFile(path, 'Second draft');
    const [seen] = await changes(opened, (count) => count === 1);
    await writeFile(path, 'Third draft, longer');
    await sizeOffered(opened, 'Third draft, longer'.length);
    await settle(opened, seen);
    const [left] = await changes(opened, () => true);
    expect(left?.file?.sizeBytes).toBe('Third draft, longer'.length);
    await settle(opened, left);
    expect(await changes(opened, () => true)).toEqual([]);
  });

  test('what it saves over leaves this disk, unless somebody took it', async () => {
    const opened = await anOpenedFile();
    const { desk, attachmentId, path, mirror } = opened;
    const isHere = (blobId: string) => findBlob(mirror, blobId) !== undefined;
    const save = async (content: string) => {
      await writeFile(path, content);
      const [change] = await sizeOffered(opened, content.length);
      if (change?.changedBlobId == null) throw new Error('nothing to add');
      return change.changedBlobId;
    };
    const dropped = await save('A draft nobody took');
    const taken = await save('A draft somebody adds to a reply');
    await expect.poll(() => isHere(dropped)).toBe(false);
    const onDisk = () => readdir(desk.host.dataFolder, { recursive: true });
    await expect.poll(async () => (await onDisk()).join()).not.toContain(dropped);
    await desk.request('changed-files.take', { attachmentId, changedBlobId: taken });
    const dragged = await save('A draft that is dragged into a reply as well');
    await desk.core.addFile('copy.txt', bytesOf('A draft that is dragged into a reply as well'));
    const last = await save('The last one');
    await expect(
      desk.request('changed-files.take', { attachmentId, changedBlobId: dragged }),
    ).rejects.toThrow('saved again');
    await writeFile(path, 'First draft');
    await changes(opened, (count) => count === 0);
    await expect.poll(() => isHere(last)).toBe(false);
    expect([taken, dragged].map(isHere)).toEqual([true, true]);
    expect(await textOf((await desk.core.openDraftFile(taken)).bytes)).toContain('somebody');
  });

  test.each(['prices.tmp', 'scan.part', 'notes.txt~', '~$plan.docx', 'thumbs.db'])(
    'what it saves of “%s”, named like leavings of a program, is offered too',
    async (name) => {
      const opened = await anOpenedFile(name);
      await writeFile(opened.path, 'Second draft');
      expect(await changes(opened, (count) => count === 1)).toMatchObject([{ name }]);
    },
  );

  test('a save that changes nothing, and one taken back, offer nothing', async () => {
    const opened = await anOpenedFile();
    await writeFile(opened.path, 'Second draft');
    await changes(opened, (count) => count === 1);
    await writeFile(opened.path, 'First draft');
    expect(await changes(opened, (count) => count === 0)).toEqual([]);
  });

  test('what is no longer a file Docket takes says so, and the file it was stays', async () => {
    const opened = await anOpenedFile();
    await writeFile(opened.path, new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3, 0, 0, 0]));
    const [change] = await changes(opened, (count) => count === 1);
    expect(change?.file).toBeNull();
    expect(change?.problem).toContain('plan.txt');
  });

  test('[F2] what it saves on a full disk is offered once there is room', async () => {
    const opened = await anOpenedFile();
    const { desk, mirror, path } = opened;
    const { transact } = mirror;
    mirror.transact = () => {
      throw new AppError('disk-full');
    };
    await writeFile(path, 'Second draft');
    const notTaken = expect.objectContaining({ event: 'changed-file-not-taken' }) as unknown;
    await expect.poll(() => desk.host.logged).toContainEqual(notTaken);
    mirror.transact = transact;
    expect(await changes(opened, (count) => count === 1)).toHaveLength(1);
  });

  test('opening it again opens the changed copy, and never writes over it', async () => {
    const opened = await anOpenedFile();
    await writeFile(opened.path, 'Half done');
    await changes(opened, (count) => count === 1);
    await opened.desk.request('attachments.open', { attachmentId: opened.attachmentId });
    expect(await readFile(opened.path, 'utf8')).toBe('Half done');
  });

  test('put off, it still opens the changed copy', async () => {
    const opened = await anOpenedFile();
    await writeFile(opened.path, 'Half done');
    const [change] = await changes(opened, (count) => count === 1);
    await settle(opened, change);
    await opened.desk.request('attachments.open', { attachmentId: opened.attachmentId });
    expect(await readFile(opened.path, 'utf8')).toBe('Half done');
  });

  test('once the change is a version of its own, the old one opens its own bytes again', async () => {
    const opened = await anOpenedFile();
    const { desk, attachmentId, path } = opened;
    await writeFile(path, 'Second draft');
    const [change] = await changes(opened, (count) => count === 1);
    await addAsVersion(opened, change, 'plan 2.txt');
    await desk.request('attachments.open', { attachmentId });
    expect(await readFile(path, 'utf8')).toBe('First draft');
    await writeFile(path, 'Another way');
    await changes(opened, (count) => count === 1);
    await desk.request('attachments.open', { attachmentId });
    expect(await readFile(path, 'utf8')).toBe('Another way');
  });

  test('a copy somebody threw away is made again', async () => {
    const opened = await anOpenedFile();
    await rm(opened.path);
    await opened.desk.request('attachments.open', { attachmentId: opened.attachmentId });
    expect(await readFile(opened.path, 'utf8')).toBe('First draft');
  });

  test('a copy nobody changed goes after two weeks; what was saved beside it stays', async () => {
    const opened = await anOpenedFile();
    const beside = join(dirname(opened.path), 'plan for the insurer.txt');
    await writeFile(beside, 'Two hours of work');
    await opened.restartAfter(15);
    await expect(access(opened.path)).rejects.toThrow('ENOENT');
    expect(await readFile(beside, 'utf8')).toBe('Two hours of work');
  });

  test('the two weeks begin anew each time it is opened', async () => {
    const opened = await anOpenedFile();
    const { attachmentId, path } = opened;
    const desk = await opened.restartAfter(10);
    await desk.request('attachments.open', { attachmentId });
    await desk.core.close();
    await opened.restartAfter(10);
    expect(await readFile(path, 'utf8')).toBe('First draft');
  });

  test('where nothing was saved beside the copy, its folder goes too', async () => {
    const opened = await anOpenedFile();
    await opened.restartAfter(15);
    await expect(access(dirname(opened.path))).rejects.toThrow('ENOENT');
  });

  test.each(['con.txt', 'a/b.txt', '..', 'ü'.repeat(190) + '.txt', '‮txt.exe.txt'])(
    'the copy of “%s” lies in its own folder under a name every system takes',
    async (name) => {
      const server = await startTestServer();
      onTestFinished(() => server.stop());
      const folder = await tempDir();
      let opened = '';
      const host = fakeHost(folder, { openPath: async (path) => void (opened = path) });
      const desk = await startTestDesk(folder, host);
      onTestFinished(() => desk.core.close());
      await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
      const added = await desk.core.addFile('x.txt', bytesOf('content'));
      if (added.kind !== 'added') throw new Error(added.sentence);
      await desk.request('entries.post', {
        entryId: anEntryId(),
        jobId: server.office.job.id,
        audience: 'internal',
        text: '',
        files: [{ blobId: added.blobId, name, audience: 'internal' }],
        seenVersion: 0,
      });
      const attachmentId = await attachmentNamed(desk, server, name);
      await desk.request('attachments.open', { attachmentId });
      expect(dirname(opened).endsWith(attachmentId)).toBe(true);
      expect(await readdir(dirname(opened))).toHaveLength(1);
      expect(opened).not.toMatch(/[\u202A-\u202E]|\/con\./);
    },
  );

  test('where the host opens no programs it says what to do instead', async () => {
    const server = await startTestServer();
    onTestFinished(() => server.stop());
    const desk = await startTestDesk(await tempDir());
    onTestFinished(() => desk.core.close());
    await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
    expect(await desk.ask('overview', {})).toMatchObject({
      canOpenFiles: false,
      canDragFiles: false,
    });
    const attachmentId = anEntryId() as unknown as AttachmentId;
    await expect(desk.request('attachments.open', { attachmentId })).rejects.toThrow(
      'Save the file',
    );
  });
});

/** As another device of the same admin removes a file. */
async function redactElsewhere({ server }: Opened, attachmentId: AttachmentId) {
  const admin = await signInDevice(server, { email: server.office.mara.email });
  const args = { jobId: server.office.job.id, entryId: anEntryId(), attachmentId };
  await admin.push(aMutation('redact_file', args));
}

const filesIn = (desk: TestDesk) => readdir(desk.host.dataFolder, { recursive: true });

describe('(C10) a copy in another program’s hands, when files are removed for good', () => {
  test('[P3] one whose post waits for a person stays with all that was done to it', async () => {
    const opened = await anOpenedFile('other.txt');
    const { server, desk, attachmentId: other } = opened;
    await desk.until('outbox', {}, (items) => items.length === 0);
    desk.host.wire.cut();
    const lost = await added(desk, 'lost.txt', 'lost');
    await post(server, desk, [
      { blobId: await added(desk, 'plan.txt', 'First'), name: 'plan.txt' },
      { blobId: lost, name: 'lost.txt' },
    ]);
    const attachmentId = await attachmentNamed(desk, server, 'plan.txt');
    await desk.request('attachments.open', { attachmentId });
    const path = opened.paths[1] ?? '';
    await writeFile(path, 'Hours of work');
    await changes(opened, (count) => count === 1);
    const [bytes] = (await filesIn(desk)).filter((name) => name.endsWith(lost));
    await rm(join(desk.host.dataFolder, bytes ?? ''));
    desk.host.wire.restore();
    await desk.request('sync.now', {});
    await desk.until('outbox', {}, ([item]) => item?.state.kind === 'refused');
    await desk.request('files.redact', { attachmentId: other });
    await desk.until('outbox', {}, (items) => items.length === 1);
    // What is to be wiped is wiped before it closes.
    await desk.core.close();
    expect(await readFile(path, 'utf8')).toBe('Hours of work');
  });

  test('[R1] one of a customer who is deleted here alone stays, for the server may say no', async () => {
    const opened = await anOpenedFile();
    const { server, desk, path } = opened;
    const { anna } = server.office;
    await post(server, desk, [
      { blobId: await added(desk, 'other.txt', 'Other'), name: 'other.txt' },
    ]);
    const other = await attachmentNamed(desk, server, 'other.txt');
    await desk.until('outbox', {}, (items) => items.length === 0);
    await writeFile(path, 'Hours of work');
    await changes(opened, (count) => count === 1);
    desk.host.wire.cut('/api/sync/push');
    const deleting = { customerId: anna.id, fromName: anna.name, withJobs: true };
    await desk.request('customers.delete', deleting);
    await redactElsewhere(opened, other);
    await desk.request('sync.now', {});
    const otherBytes = blobIdOf('Other');
    await expect
      .poll(async () => (await filesIn(desk)).filter((name) => name.endsWith(otherBytes)))
      .toEqual([]);
    await desk.core.close();
    expect(await readFile(path, 'utf8')).toBe('Hours of work');
  });

  test('[T3] all of its folder goes, what the editor put beside it, too', async () => {
    const { desk, attachmentId, path } = await anOpenedFile();
    await writeFile(join(dirname(path), 'plan.txt~'), 'First draft');
    await desk.request('files.redact', { attachmentId });
    await desk.until('outbox', {}, (items) => items.length === 0);
    await expect
      .poll(async () => (await filesIn(desk)).filter((name) => name.includes(attachmentId)))
      .toEqual([]);
  });

  test('[T3] what was saved and not added goes with it, and no bytes of that are left', async () => {
    const opened = await anOpenedFile();
    const { desk, attachmentId, path } = opened;
    await writeFile(path, 'First draft, signed');
    const [change] = await changes(opened, (count) => count === 1);
    const blobId = change?.file?.blobId ?? '';
    const bytes = async () => (await filesIn(desk)).filter((name) => name.endsWith(blobId));
    expect(await bytes()).toHaveLength(1);
    await desk.request('files.redact', { attachmentId });
    await expect.poll(bytes).toEqual([]);
  });

  test('[T3] what was saved and is on its way stays where it is named', async () => {
    const opened = await anOpenedFile();
    const { server, desk, attachmentId, path } = opened;
    await desk.until('outbox', {}, (items) => items.length === 0);
    await writeFile(path, 'Second draft');
    const [change] = await changes(opened, (count) => count === 1);
    const blobId = change?.file?.blobId;
    if (blobId === undefined) throw new Error('nothing to add');
    desk.host.wire.cut('/api/sync/push');
    await post(server, desk, [{ blobId, name: 'plan 2.txt' }]);
    await redactElsewhere(opened, attachmentId);
    await desk.request('sync.now', {});
    await expect
      .poll(async () => (await filesIn(desk)).filter((name) => name.endsWith('plan.txt')))
      .toEqual([]);
    await desk.core.close();
    expect((await filesIn(desk)).filter((name) => name.endsWith(blobId))).toHaveLength(1);
  });
});

describe('(D10) taking files from a watched folder', () => {
  test('a file is taken as it lies there; one that vanished or is refused blocks no other', async () => {
    const server = await startTestServer();
    onTestFinished(() => server.stop());
    const folder = await tempDir();
    const scans = join(folder, 'Scans');
    await mkdir(scans);
    const desk = await startTestDesk(folder, fakeHost(folder, { homeFolder: folder }));
    onTestFinished(() => desk.core.close());
    await desk.signIn(server.url, { email: server.office.mara.email, password: TEST_PASSWORD });
    await desk.request('watched-folders.add', { path: '~/Scans' });
    for (const [name, content] of [
      ['good.txt', 'A note'],
      ['gone.txt', 'Soon gone'],
      ['bad.exe', '\u007fELF\u0000\u0001'],
    ] as const)
      await writeFile(join(scans, name), content);
    const { files } = await desk.until('inbox', {}, ({ count }) => count === 3);
    await rm(join(scans, 'gone.txt'));
    const ids = files.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ fileId }) => fileId);
    const { results } = await desk.request('inbox.take', { fileIds: ids });
    const sentences = results.map((one) => (one.kind === 'added' ? one.name : one.sentence));
    expect(sentences[0]).toContain('“bad.exe” is a program');
    expect(sentences.slice(1).join()).toContain('good.txt');
    expect(sentences.join()).toContain('no longer');
    const left = await desk.until('inbox', {}, ({ count }) => count === 1);
    expect(left.files.map(({ name }) => name)).toEqual(['bad.exe']);
    const good = files.find(({ name }) => name === 'good.txt');
    await desk.request('inbox.put-back', { fileIds: [good?.fileId ?? ''] });
    expect((await desk.until('inbox', {}, ({ count }) => count === 2)).count).toBe(2);
    const opened = await desk.core.openInboxFile(good?.fileId ?? '');
    expect(opened).toMatchObject({ name: 'good.txt', mediaType: 'text/plain' });
    expect(await textOf(opened.bytes)).toBe('A note');
  });
});

// What the mirror knows of replies that are sent later: whose bytes they name, and whose bell they ring. (C8)

import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openMirror } from '../../../../electron/core/mirror/database.ts';
import { putRecord } from '../../../../electron/core/mirror/records.ts';
import { noteEnded, unposted, wipesDue } from '../../../../electron/core/mirror/redactions.ts';
import { heldFor, openReplies } from '../../../../electron/core/mirror/scheduled.ts';
import {
  endedReply,
  heldReply,
  type ScheduledReply,
} from '../../../../sync-server/protocol/scheduled-replies.ts';
import * as build from '../../../support/builders.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const NOW = '2026-11-12T11:00:00.000Z';
const STAMP = { version: 5, position: 5, generation: 1 };

async function aMirror() {
  const mirror = openMirror(join(await tempDir(), 'docket.sqlite'));
  onTestFinished(() => mirror.close());
  const put = (reply: ScheduledReply) =>
    mirror.transact((writable) => putRecord(writable, 'scheduled_reply', reply, STAMP));
  return { mirror, put };
}

function aReplyWithFile() {
  const blobId = build.blobIdOf('bill');
  const file = { id: build.anAttachmentId(), blobId, name: 'Bill.pdf', sizeBytes: 9 };
  const reply = build.aScheduledReply({
    files: [{ ...file, mediaType: 'application/pdf', audience: 'visible' }],
  });
  return { reply, blobId };
}

const sent = (reply: ScheduledReply) => endedReply(reply, { how: 'sent', at: NOW, by: null });
const cancelled = (reply: ScheduledReply) =>
  endedReply(reply, { how: 'cancelled', at: NOW, by: reply.authorId });

test('(C8) [T3] bytes are named while they wait, held or not, and no longer once it ended', async () => {
  const { mirror, put } = await aMirror();
  const { reply, blobId } = aReplyWithFile();
  expect(unposted(mirror, [blobId])).toEqual([blobId]);
  for (const open of [reply, heldReply(reply, 'too-late', NOW)]) {
    put(open);
    expect(unposted(mirror, [blobId])).toEqual([]);
  }
  put(cancelled(reply));
  expect(unposted(mirror, [blobId])).toEqual([blobId]);
});

test('(C8) [T3] once it is sent its bytes stay only where its files stand; of a cancelled one they may be a draft’s', async () => {
  const { mirror, put } = await aMirror();
  const { reply, blobId } = aReplyWithFile();
  put(reply);
  mirror.transact((writable) => noteEnded(writable, cancelled(reply)));
  expect(wipesDue(mirror).blobIds).toEqual([]);
  mirror.transact((writable) => noteEnded(writable, sent(reply)));
  expect(wipesDue(mirror).blobIds).toEqual([blobId]);
});

test('(C8) held ones stand first, then what is due next; what ended is nowhere', async () => {
  const { mirror, put } = await aMirror();
  const at = (hour: string, more = {}) =>
    build.aScheduledReply({ sendAt: `2026-11-13T${hour}:00:00.000Z`, ...more });
  const [late, early, over] = [at('09'), at('08'), at('07')];
  const held = heldReply(at('23'), 'customer-wrote', NOW);
  for (const reply of [late, early, held, sent(over)]) put(reply);
  expect(openReplies(mirror).map(({ reply }) => reply.id)).toEqual([held.id, early.id, late.id]);
  expect(openReplies(mirror, late.jobId).map(({ reply }) => reply.id)).toEqual([late.id]);
});

test('(F3) one that is held rings its author’s bell, and everybody’s where the author has left', async () => {
  const { mirror, put } = await aMirror();
  const [mara, jonas] = [build.aMember(), build.aMember()];
  const gone = build.aMember({ removed: true });
  mirror.transact((writable) => {
    for (const member of [mara, jonas, gone]) putRecord(writable, 'member', member, STAMP);
  });
  const own = heldReply(build.aScheduledReply({ authorId: mara.id }), 'too-late', NOW);
  const orphan = heldReply(build.aScheduledReply({ authorId: gone.id }), 'author-left', NOW);
  for (const reply of [own, orphan, build.aScheduledReply({ authorId: jonas.id })]) put(reply);
  const idsFor = (member: typeof mara) => heldFor(mirror, member.id).map(({ id }) => id);
  expect(idsFor(mara).toSorted()).toEqual([own.id, orphan.id].toSorted());
  expect(idsFor(jonas)).toEqual([orphan.id]);
});

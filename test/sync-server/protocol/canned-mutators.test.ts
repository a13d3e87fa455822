// Canned replies: who may change what, what merges, and what is refused. (C6)

import { beforeEach, describe, expect, it } from 'vitest';
import {
  type CannedReply,
  MAX_CANNED_FILES,
  MAX_CANNED_REPLIES,
} from '../../../sync-server/protocol/canned-replies.ts';
import type { MemberMutationName, MutationArgs } from '../../../sync-server/protocol/mutations.ts';
import {
  type Actor,
  type Answer,
  type Ask,
  runSync,
} from '../../../sync-server/protocol/mutator.ts';
import { startMutation } from '../../../sync-server/protocol/mutators.ts';
import { cannedReply } from '../../../sync-server/protocol/canned-replies.ts';
import {
  aCannedReply,
  aCannedReplyId,
  aMember,
  aMutationId,
  blobIdOf,
} from '../../support/builders.ts';

const [mara, jonas] = [aMember(), aMember()];
const as = ({ id: memberId }: typeof mara, role: 'member' | 'admin' = 'member'): Actor => ({
  kind: 'member',
  memberId,
  role,
});
const AT = '2026-11-12T10:00:00.000Z';
const aFile = (name = 'prices.pdf') => ({
  blobId: blobIdOf(name),
  name,
  mediaType: 'application/pdf',
  sizeBytes: 10,
});

let replies: CannedReply[];
beforeEach(() => {
  replies = [];
});

function answer(ask: Ask): Answer {
  if (ask.kind === 'canned_of')
    return replies
      .filter(({ ownerId }) => ownerId === ask.ownerId)
      .map(({ id }) => ({ kind: 'canned_reply', id }) as const);
  if (ask.kind === 'canned_reply') return replies.find(({ id }) => id === ask.id);
  return undefined;
}

function run<N extends MemberMutationName>(name: N, args: MutationArgs<N>, actor = as(mara)) {
  const context = {
    mutationId: aMutationId(),
    actor,
    writtenAt: AT,
    arrivedAt: AT,
    nextReference: null,
  };
  const outcome = runSync(startMutation({ name, args }, context), answer);
  const puts = 'puts' in outcome ? outcome.puts : [];
  const made = puts.map(({ record }) => cannedReply.parse(record));
  const gone = outcome.kind === 'applied' ? (outcome.deletion?.keys ?? []) : [];
  const changed = new Set([...made.map(({ id }) => id), ...gone.map(({ id }) => id)]);
  replies = [...replies.filter(({ id }) => !changed.has(id)), ...made];
  return outcome;
}
const refusal = (code: string, sentence: string) => ({
  kind: 'refused',
  refusal: { code, sentence: expect.stringContaining(sentence) as string },
});

describe('(C6) create_canned_reply', () => {
  const create = (more: Partial<MutationArgs<'create_canned_reply'>> = {}, actor = as(mara)) =>
    run(
      'create_canned_reply',
      {
        cannedReplyId: aCannedReplyId(),
        sharing: 'shared',
        title: ' Hours ',
        text: 'From 8.',
        files: [],
        ...more,
      },
      actor,
    );

  it('belongs to the office or to its member, and says who wrote it and when', () => {
    create();
    create({ sharing: 'personal', files: [aFile()] });
    expect(replies).toMatchObject([
      { ownerId: null, title: 'Hours', createdBy: mara.id, changedBy: mara.id, changedAt: AT },
      { ownerId: mara.id, createdBy: mara.id, files: [{ name: 'prices.pdf' }] },
    ]);
  });

  it('needs a text or a file', () => {
    expect(create({ text: ' \n' })).toMatchObject(
      refusal('nothing-to-post', 'A canned reply needs a text or a file.'),
    );
    expect(create({ text: '', files: [aFile()] }).kind).toBe('applied');
  });

  it('takes so many files and so long a text, and no more', () => {
    const files = Array.from({ length: MAX_CANNED_FILES + 1 }, (_, each) => aFile(`${each}.pdf`));
    expect(create({ files })).toMatchObject({ refusal: { code: 'not-understood' } });
    expect(create({ title: '   ' })).toMatchObject({ refusal: { code: 'not-understood' } });
    expect(create({ text: 'x'.repeat(20_001) })).toMatchObject({
      refusal: { code: 'not-understood' },
    });
    expect(create({ text: 'x'.repeat(20_000), files: files.slice(1) }).kind).toBe('applied');
  });

  it('is refused where the office shares as many as it can, while members still add their own', () => {
    replies = Array.from({ length: MAX_CANNED_REPLIES }, () => aCannedReply());
    expect(create()).toMatchObject(
      refusal('value-not-valid', 'The office shares 1,000 canned replies, which is the most.'),
    );
    expect(create({ sharing: 'personal' }).kind).toBe('applied');
  });

  it('is refused to customers', () => {
    const context = {
      mutationId: aMutationId(),
      writtenAt: AT,
      arrivedAt: AT,
      nextReference: null,
    };
    const actor = { kind: 'customer', customerId: 'x' as never } as const;
    const args = {
      cannedReplyId: aCannedReplyId(),
      sharing: 'shared',
      title: 'a',
      text: 'b',
      files: [],
    };
    const running = startMutation({ name: 'create_canned_reply', args }, { ...context, actor });
    expect(runSync(running, answer)).toMatchObject({ refusal: { code: 'not-allowed' } });
  });
});

describe('(C6) update_canned_reply', () => {
  it('(H5) every member may change a shared one: other fields merge, the same one asks, and it says who was last', () => {
    const shared = aCannedReply({ createdBy: mara.id });
    replies = [shared];
    const { id: cannedReplyId, title, text } = shared;
    const change = (field: 'title' | 'text', from: string, to: string, actor: Actor) =>
      run('update_canned_reply', { cannedReplyId, changes: [{ field, from, to }] }, actor);
    expect(change('title', title, 'When we open', as(jonas)).kind).toBe('applied');
    expect(change('text', text, 'From nine.', as(mara)).kind).toBe('applied');
    expect(replies).toMatchObject([
      { title: 'When we open', text: 'From nine.', changedBy: mara.id },
    ]);
    expect(change('text', text, 'From ten.', as(jonas))).toMatchObject({
      kind: 'conflicted',
      conflict: { fields: [{ label: 'Text', standsWords: 'From nine.' }] },
    });
    expect(replies).toMatchObject([{ text: 'From nine.' }]);
  });

  it('(H5) asks where both changed its files', () => {
    const shared = aCannedReply({ files: [aFile('a.pdf')] });
    replies = [shared];
    const files = (to: readonly string[]) =>
      run('update_canned_reply', {
        cannedReplyId: shared.id,
        changes: [{ field: 'files', from: shared.files, to: to.map(aFile) }],
      });
    expect(files(['a.pdf', 'b.pdf']).kind).toBe('applied');
    expect(files([])).toMatchObject({
      conflict: { fields: [{ label: 'Files', standsWords: 'a.pdf, b.pdf' }] },
    });
  });

  it('leaves something to insert', () => {
    const shared = aCannedReply();
    replies = [shared];
    const changes = [{ field: 'text' as const, from: shared.text, to: '' }];
    expect(run('update_canned_reply', { cannedReplyId: shared.id, changes })).toMatchObject(
      refusal('nothing-to-post', 'needs a text or a file'),
    );
  });
});

describe('[V2, V3] (C6) somebody else’s own canned reply', () => {
  it('is to everybody else, admins too, as one that is nowhere', () => {
    const own = aCannedReply({ ownerId: mara.id });
    replies = [own];
    const nowhere = aCannedReplyId();
    const acts = (cannedReplyId: typeof nowhere) => [
      run(
        'update_canned_reply',
        { cannedReplyId, changes: [{ field: 'title', from: own.title, to: 'x' }] },
        as(jonas, 'admin'),
      ),
      run(
        'move_canned_reply',
        { cannedReplyId, toCannedReplyId: aCannedReplyId(), to: 'shared' },
        as(jonas, 'admin'),
      ),
      run('delete_canned_reply', { cannedReplyId, fromTitle: own.title }, as(jonas, 'admin')),
    ];
    expect(acts(own.id)).toEqual(acts(nowhere));
    expect(replies).toEqual([own]);
  });
});

describe('(C6) move_canned_reply', () => {
  it('[V3] goes on under another id, and the old one is deleted in the same act', () => {
    const own = aCannedReply({ ownerId: mara.id, createdBy: mara.id, files: [aFile()] });
    replies = [own];
    const toCannedReplyId = aCannedReplyId();
    const outcome = run('move_canned_reply', {
      cannedReplyId: own.id,
      toCannedReplyId,
      to: 'shared',
    });
    expect(outcome).toMatchObject({
      deletion: { keys: [{ kind: 'canned_reply', id: own.id }], by: mara.id },
    });
    expect(replies).toEqual([
      { ...own, id: toCannedReplyId, ownerId: null, changedBy: mara.id, changedAt: AT },
    ]);
  });

  it('takes a shared one from all others only for who added it, or for an admin', () => {
    const shared = aCannedReply({ createdBy: mara.id });
    const move = (actor: Actor) => {
      replies = [shared];
      return run(
        'move_canned_reply',
        { cannedReplyId: shared.id, toCannedReplyId: aCannedReplyId(), to: 'personal' },
        actor,
      );
    };
    expect(move(as(jonas))).toMatchObject(refusal('not-allowed', 'only who added it or an admin'));
    expect(move(as(mara)).kind).toBe('applied');
    move(as(jonas, 'admin'));
    expect(replies).toMatchObject([{ ownerId: jonas.id, createdBy: jonas.id }]);
  });

  it('changes nothing where it is so already', () => {
    const shared = aCannedReply();
    replies = [shared];
    const args = {
      cannedReplyId: shared.id,
      toCannedReplyId: aCannedReplyId(),
      to: 'shared',
    } as const;
    expect(run('move_canned_reply', args)).toEqual({ kind: 'applied', puts: [] });
  });
});

describe('(C6) delete_canned_reply', () => {
  const shared = aCannedReply({ createdBy: mara.id });
  const remove = (actor: Actor, fromTitle = shared.title) => {
    replies = [shared];
    return run('delete_canned_reply', { cannedReplyId: shared.id, fromTitle }, actor);
  };

  it('is for who added it and for admins; the sentence says so to others', () => {
    expect(remove(as(jonas))).toMatchObject(
      refusal(
        'not-allowed',
        '“Opening hours” is shared, and only who added it or an admin can delete it.',
      ),
    );
    expect(remove(as(jonas, 'admin')).kind).toBe('applied');
    expect(remove(as(mara)).kind).toBe('applied');
    expect(replies).toEqual([]);
  });

  it('leaves one that is called otherwise by now', () => {
    expect(remove(as(mara), 'Old title')).toMatchObject(
      refusal('value-not-valid', '“Old title” is called “Opening hours” by now'),
    );
  });

  it('[O2] of one that is gone already is what was wanted', () => {
    const args = { cannedReplyId: aCannedReplyId(), fromTitle: 'Hours' };
    expect(run('delete_canned_reply', args)).toEqual({ kind: 'applied', puts: [] });
  });
});

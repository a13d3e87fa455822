// Canned replies of the fake bridge. (C6)

import type { CannedQueries, CannedRequests } from '../../electron/core/api/canned-contract.ts';
import { hasWords, searchable } from '../../electron/core/mirror/searchable.ts';
import type { CannedReply, CannedReplyId, MemberId } from '../../renderer/records.ts';
import type { FakeWorld } from './fake-bridge.ts';
import { at, fakeId } from './fake-office.ts';

type Answers = {
  [N in keyof CannedQueries]: (args: CannedQueries[N]['args']) => CannedQueries[N]['answer'];
};
type Asked = {
  [N in keyof CannedRequests]: { name: N; args: CannedRequests[N]['args'] };
}[keyof CannedRequests];

export function aFakeCannedReply(overrides: Partial<CannedReply> = {}): CannedReply {
  const by = fakeId<MemberId>();
  return {
    id: fakeId<CannedReplyId>(),
    ownerId: null,
    title: 'Opening hours',
    text: 'Hello {customer}, we are open from 8 to 17.',
    files: [],
    createdBy: by,
    changedBy: by,
    changedAt: '2026-11-12T09:10:00.000Z',
    ...overrides,
  };
}

export function cannedAnswers(world: FakeWorld): Answers {
  const found = (search: string) =>
    world.canned.filter(({ title, text }) => hasWords(searchable(title, text), search));
  const of = (sharing: string) => (reply: CannedReply) =>
    (reply.ownerId === null) === (sharing === 'shared');
  return {
    'canned-replies.list': ({ search, sharing, offset, limit }) => {
      const fitting = found(search).filter(of(sharing));
      return {
        total: fitting.length,
        rows: fitting.slice(offset, offset + limit).map((reply) => ({ reply, waiting: false })),
        counts: {
          shared: world.canned.filter(of('shared')).length,
          personal: world.canned.filter(of('personal')).length,
        },
      };
    },
    'canned-replies.one': ({ cannedReplyId }) => {
      const reply = world.canned.find(({ id }) => id === cannedReplyId);
      if (reply === undefined) return null;
      const nameOf = (memberId: string) =>
        world.office.members.find(({ id }) => id === memberId)?.name ?? 'a former colleague';
      return {
        reply,
        waiting: false,
        createdByName: nameOf(reply.createdBy),
        changedByName: nameOf(reply.changedBy),
        mayTakeAway: reply.ownerId !== null || reply.createdBy === at(world.office.members, 0).id,
      };
    },
    'canned-replies.find': ({ search, limit }) => found(search).slice(0, limit),
  };
}

export function performCanned(world: FakeWorld, asked: Asked): unknown {
  const me = at(world.office.members, 0).id;
  switch (asked.name) {
    case 'canned-replies.create': {
      const { sharing, title, text, files } = asked.args;
      const made = aFakeCannedReply({
        ownerId: sharing === 'personal' ? me : null,
        title,
        text,
        files: files.map((file) => ({ ...file, mediaType: 'application/pdf', sizeBytes: 1 })),
        createdBy: me,
        changedBy: me,
      });
      world.canned.push(made);
      return { cannedReplyId: made.id };
    }
    case 'canned-replies.update': {
      const { cannedReplyId, changes } = asked.args;
      const changed = Object.fromEntries(changes.map(({ field, to }) => [field, to]));
      world.canned = world.canned.map((one) =>
        one.id === cannedReplyId ? { ...one, ...changed } : one,
      );
      return {};
    }
    case 'canned-replies.move': {
      const ownerId = asked.args.to === 'personal' ? me : null;
      const id = fakeId<CannedReplyId>();
      world.canned = world.canned.map((one) =>
        one.id === asked.args.cannedReplyId ? { ...one, id, ownerId } : one,
      );
      return { cannedReplyId: id };
    }
    case 'canned-replies.delete':
      world.canned = world.canned.filter(({ id }) => id !== asked.args.cannedReplyId);
      return {};
    case 'canned-replies.take-files': {
      const files = world.canned.find(({ id }) => id === asked.args.cannedReplyId)?.files ?? [];
      const isMissing = ({ name }: { name: string }) => world.missingCanned.includes(name);
      return {
        files: files.filter((file) => !isMissing(file)),
        missing: files.filter(isMissing).map(({ name }) => name),
      };
    }
  }
}

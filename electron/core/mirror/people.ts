// Names of those who act.

import { isPresentMember } from '../../../sync-server/protocol/membership.ts';
import type { Author } from '../../../sync-server/protocol/entries.ts';
import type { Member, Pipeline, Workspace } from '../../../sync-server/protocol/records.ts';
import type { ReadableMirror } from './database.ts';

const all = <T>(
  mirror: ReadableMirror,
  sql: string,
  bindings?: Record<string, string | number>,
): T[] => mirror.all<{ data: string }>(sql, bindings).map(({ data }) => JSON.parse(data) as T);

/** Who is of the office now, by name. */
export function allMembers(mirror: ReadableMirror): Member[] {
  return all<Member>(mirror, 'SELECT data FROM member ORDER BY name').filter(isPresentMember);
}

/** With those who were once: what they wrote keeps their name. */
export function membersEver(mirror: ReadableMirror): Member[] {
  return all<Member>(mirror, 'SELECT data FROM member');
}

export function allPipelines(mirror: ReadableMirror): Pipeline[] {
  return all<Pipeline>(mirror, 'SELECT data FROM pipeline')
    .filter(({ removed }) => removed !== true)
    .sort((a, b) => a.position - b.position);
}

export function theWorkspace(mirror: ReadableMirror): Workspace | undefined {
  return all<Workspace>(mirror, 'SELECT data FROM workspace LIMIT 1')[0];
}

export function nameOf(mirror: ReadableMirror, author: Author): string {
  const [table, id] =
    author.kind === 'member' ? ['member', author.memberId] : ['customer', author.customerId];
  const row = mirror.get<{ name: string }>(`SELECT name FROM ${table} WHERE id = @id`, { id });
  return row?.name ?? (author.kind === 'member' ? 'A former colleague' : 'A former customer');
}

export function authorNameById(mirror: ReadableMirror, id: string, isCustomer: boolean): string {
  return nameOf(
    mirror,
    isCustomer
      ? { kind: 'customer', customerId: id as never }
      : { kind: 'member', memberId: id as never },
  );
}

export function customerName(mirror: ReadableMirror, customerId: string): string {
  const row = mirror.get<{ name: string }>('SELECT name FROM customer WHERE id = @customerId', {
    customerId,
  });
  return row?.name ?? 'a former customer';
}

export function memberName(mirror: ReadableMirror, memberId: string | null): string {
  if (memberId === null) return 'nobody';
  const row = mirror.get<{ name: string }>('SELECT name FROM member WHERE id = @memberId', {
    memberId,
  });
  return row?.name ?? 'a former colleague';
}

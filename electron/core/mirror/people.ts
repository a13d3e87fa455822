// Names of those who act.

import { isPresentMember } from '../../../sync-server/protocol/membership.ts';
import type { Author } from '../../../sync-server/protocol/entries.ts';
import type {
  Customer,
  Member,
  Pipeline,
  Workspace,
} from '../../../sync-server/protocol/records.ts';
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

/** Customers whose name, email or phone match every pattern, by name, 50 at most. */
export function findCustomers(mirror: ReadableMirror, patterns: readonly string[]): Customer[] {
  const conditions = patterns.map((_, index) => `search LIKE @word${index} ESCAPE '\\'`);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const bindings = Object.fromEntries(patterns.map((pattern, index) => [`word${index}`, pattern]));
  return all(mirror, `SELECT data FROM customer ${where} ORDER BY name LIMIT 50`, bindings);
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

export function memberName(mirror: ReadableMirror, memberId: string | null): string {
  if (memberId === null) return 'nobody';
  const row = mirror.get<{ name: string }>('SELECT name FROM member WHERE id = @memberId', {
    memberId,
  });
  return row?.name ?? 'a former colleague';
}

// The customer goes everywhere the portal lets anybody go; nothing internal may come back, in no body and no header. (E7)

import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addressesOn,
  formsOn,
  type PortalAnswer,
  type PortalBrowser,
} from '../../support/portal-browser.ts';
import {
  openPortalOffice,
  type PortalOffice,
  SECRET,
  SECRET_TIME,
} from '../../support/portal-office.ts';

interface Visit {
  readonly path: string;
  readonly answer: PortalAnswer;
}

let office: PortalOffice;
let visits: readonly Visit[];

beforeAll(async () => {
  office = await openPortalOffice();
  visits = await crawl(await office.signedIn(), await startingPoints(office));
});

afterAll(() => office.close());

test('the crawler was in every corner, or it proves nothing', () => {
  const paths = visits.map(({ path }) =>
    path.replace(/[0-9a-f-]{36}/, ':id').replace(/[?#].*/, ''),
  );
  for (const path of [
    '/portal',
    '/portal/jobs/:id',
    '/portal/files/:id',
    '/portal/jobs/:id/replies',
    '/portal/sign-out',
    '/portal/sign-in',
  ])
    expect(paths).toContain(path);
  const { golf, van, bare } = office.records.jobs;
  for (const { id } of [golf, van, bare])
    expect(visits.some(({ path, answer }) => path.includes(id) && answer.statusCode === 200)).toBe(
      true,
    );
  expect(visits.some(({ answer }) => answer.body.includes('Monday 8:00'))).toBe(true);
});

test('[V1] no internal word leaves the portal, in no body and no header', () => {
  for (const { path, answer } of visits) expect(everythingOf(answer), path).not.toContain(SECRET);
});

test('[V1] no internal moment leaves the portal', () => {
  const traces = [SECRET_TIME, SECRET_TIME.slice(0, 16), '03:33', '11 Nov', '11 November'];
  for (const { path, answer } of visits)
    for (const trace of traces) expect(everythingOf(answer), path).not.toContain(trace);
});

test('[V1] no id of anything leaves the portal but of visible jobs and files, and of fields to fill in', () => {
  const { jobs, files, fields } = office.records;
  const allowed = new Set<string>([
    ...[jobs.golf, jobs.van, jobs.bare].map(({ id }) => id),
    ...[files.alone, files.photo, files.estimate].map(({ id }) => id),
    ...Object.values(fields).map(({ id }) => id),
  ]);
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  for (const { path, answer } of visits)
    for (const [id] of everythingOf(answer).matchAll(uuid))
      expect(allowed.has(id), `${path} ${id}`).toBe(true);
});

test('[V2] an internal job or file answers byte for byte what an id that is nowhere answers', async () => {
  const visitor = await office.signedIn();
  const nowhere = '01900000-0000-7000-8000-000000000000';
  const { jobs, files } = office.records;
  for (const [path, ids] of [
    ['/portal/jobs/', [jobs.hidden.id, jobs.yusufs.id]],
    ['/portal/files/', [files.costs.id, files.more.id, files.hidden.id, files.yusufs.id]],
  ] as const) {
    const absent = comparable(await visitor.get(path + nowhere));
    expect(absent.statusCode).toBe(404);
    for (const id of ids) {
      expect(comparable(await visitor.get(path + id))).toEqual(absent);
      expect(comparable(await visitor.get(`${path}${id}?as=picture`))).toEqual(absent);
    }
  }
});

test('[V2] a message to an internal job answers what a message to a job that is nowhere answers, and writes nothing', async () => {
  const visitor = await office.signedIn();
  const { jobs, workspace } = office.records;
  const page = await visitor.get(`/portal/jobs/${jobs.golf.id}`);
  const fields = { ...formsOn(page.body).at(-1)?.fields, text: 'Is anybody there?' };
  const before = await office.storage.headVersion(workspace.id);
  const absent = comparable(
    await visitor.post('/portal/jobs/01900000-0000-7000-8000-000000000000/replies', fields),
  );
  expect(absent.statusCode).toBe(404);
  for (const { id } of [jobs.hidden, jobs.yusufs])
    expect(comparable(await visitor.post(`/portal/jobs/${id}/replies`, fields))).toEqual(absent);
  expect(await office.storage.headVersion(workspace.id)).toBe(before);
});

function comparable({ statusCode, headers, body }: PortalAnswer) {
  const steady = Object.entries(headers).filter(([name]) => !/^(date|x-ratelimit)/.test(name));
  return { statusCode, headers: Object.fromEntries(steady), body };
}

function everythingOf({ headers, body }: PortalAnswer): string {
  return `${JSON.stringify(headers)}\n${body}`;
}

/** Also the addresses no page names, for each record there is: what is not linked must not be open either. */
async function startingPoints({ records, link }: PortalOffice): Promise<readonly string[]> {
  const ids = [
    ...Object.values(records.jobs),
    ...Object.values(records.files),
    ...records.entries,
    records.pipeline,
    records.jonas,
    records.yusuf,
  ].map(({ id }) => id);
  return [
    '/portal',
    await link(),
    '/portal/enter/made-up',
    '/portal/sign-in',
    '/portal/nowhere',
    ...ids.flatMap((id) => [
      `/portal/jobs/${id}`,
      `/portal/jobs/${id}?back=1`,
      `/portal/files/${id}`,
      `/portal/files/${id}?as=picture`,
    ]),
  ];
}

/** Follows every link and redirect and sends every form, empty, filled in and too long; signing out comes last. */
async function crawl(visitor: PortalBrowser, start: readonly string[]): Promise<readonly Visit[]> {
  const visits: Visit[] = [];
  const waiting = [...start];
  const known = new Set(waiting);
  const keep = (path: string, answer: PortalAnswer) => {
    visits.push({ path, answer });
    const named = [...addressesOn(answer.body), answer.headers.location];
    for (const address of named) {
      if (typeof address !== 'string' || !address.startsWith('/') || known.has(address)) continue;
      known.add(address);
      waiting.push(address);
    }
  };
  const lastForms: [string, Record<string, string>][] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const answer = await visitor.get(path);
    keep(path, answer);
    for (const { action, fields } of formsOn(answer.body)) {
      if (known.has(`form ${action}`)) continue;
      known.add(`form ${action}`);
      if (!action.includes('/replies')) {
        lastForms.push([action, fields]);
        continue;
      }
      for (const text of ['', 'Thank you.', 'x'.repeat(20_001)])
        keep(action, await visitor.post(action, { ...fields, text }));
      keep(action, await visitor.post(action, { ...fields, formToken: 'forged', text: 'Hello' }));
    }
  }
  for (const [action, fields] of lastForms.sort(([a]) => (a.includes('sign-out') ? 1 : -1)))
    keep(action, await visitor.post(action, fields));
  for (const path of ['/portal', ...start]) keep(path, await visitor.get(path));
  return visits;
}

// The customers go everywhere the portal lets anybody go; nothing internal may come back, in no body and no header. (E7)

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LeakOffice, type LeakVisitor, openLeakOffice } from '../../support/leak-office.ts';
import { formsOn, type PortalAnswer } from '../../support/portal-browser.ts';
import { crawl, sendUploads, type Visit } from '../../support/portal-crawl.ts';
import { type PortalOffice, SECRET, SECRET_TIME } from '../../support/portal-office.ts';

const NOWHERE = '01900000-0000-7000-8000-000000000000';

let leak: LeakOffice;
let office: PortalOffice;

beforeAll(async () => {
  leak = await openLeakOffice();
  ({ office } = leak);
});

afterAll(() => office.close());

describe.each([
  [0, 'Anna'],
  [1, 'Yusuf'],
  [2, 'Otto of another office'],
])('visitor %i, %s,', (index, name) => {
  let visitor: LeakVisitor;
  let visits: readonly Visit[];

  beforeAll(async () => {
    visitor = leak.visitors[index]!;
    const { jobs } = office.records;
    const jobIds = [...visitor.openJobs, jobs.hidden.id, jobs.yusufs.id, jobs.golf.id, NOWHERE];
    visits = [
      ...(await sendUploads(visitor.browser, jobIds)),
      ...(await crawl(visitor.browser, startingPoints(visitor))),
    ];
  }, 60_000);

  test('was in every corner, or this proves nothing', () => {
    expect(visitor.name).toBe(name);
    const paths = new Set(visits.map(({ path }) => cornerOf(path)));
    for (const path of [
      '/portal',
      '/portal/jobs/:id',
      '/portal/files/:id',
      '/portal/jobs/:id/replies',
      '/portal/sessions',
      '/portal/sessions/end',
      '/portal/sign-out',
      '/portal/sign-in',
      '/portal/logo',
      '/portal/uploads',
      '/portal/uploads/:hash',
      '/portal/enter/:token',
      '/portal/mail/:token',
      '/portal/mail/:token/unsubscribe',
    ])
      expect(paths, path).toContain(path);
    const statuses = new Set(visits.map(({ answer }) => answer.statusCode));
    for (const status of [200, 303, 401, 403, 404, 413, 415])
      expect(statuses, String(status)).toContain(status);
    for (const [path, ids] of [
      ['/portal/jobs/', visitor.openJobs],
      ['/portal/files/', visitor.openFiles.filter((id) => id !== leak.unprepared)],
    ] as const)
      for (const id of ids)
        expect(
          visits.some((visit) => visit.path === path + id && visit.answer.statusCode === 200),
          path + id,
        ).toBe(true);
    for (const own of [visitor.own, index === 0 ? 'Monday 8:00' : null])
      if (own !== null) expect(visits.some(({ answer }) => answer.body.includes(own))).toBe(true);
  });

  test('[V1] meets no internal word and no word of another customer, in no body and no header', () => {
    const others =
      index === 0 ? [] : ['Anna', 'Golf 8', 'Sprinter', 'Monday 8:00', 'damage-report'];
    if (index === 2) others.push(office.records.workspace.name);
    for (const { path, answer } of visits)
      for (const word of [SECRET, ...others])
        expect(withoutOwn(visitor, everythingOf(answer)), path).not.toContain(word);
  });

  test('[V1] meets no internal moment', () => {
    const traces = [SECRET_TIME, SECRET_TIME.slice(0, 16), '03:33', '11 Nov', '11 November'];
    for (const { path, answer } of visits)
      for (const trace of traces) expect(everythingOf(answer), path).not.toContain(trace);
  });

  test('[V1] meets no id but of visible jobs and files, and of fields to fill in', () => {
    const { fields } = office.records;
    const allowed = new Set<string>([
      ...visitor.openJobs,
      ...visitor.openFiles,
      ...Object.values(fields).map(({ id }) => id),
    ]);
    for (const { path, answer } of visits)
      for (const [id] of everythingOf(answer).matchAll(UUID)) {
        // What the customer sent by the crawl itself has ids of its own.
        if (leak.ids.includes(id)) expect(allowed.has(id), `${path} ${id}`).toBe(true);
      }
  });

  test('[V1] meets no hash of a file that is not theirs', () => {
    const { files } = office.records;
    const open = Object.values(files).filter(({ id }) => visitor.openFiles.includes(id));
    const hashes = Object.values(files).filter((file) => !open.includes(file));
    for (const { path, answer } of visits)
      for (const { blobId } of hashes) expect(everythingOf(answer), path).not.toContain(blobId);
  });
});

test('(D6) a photo that is not prepared yet is answered without a word of its office', async () => {
  const anna = await office.signedIn();
  const answer = await anna.get(`/portal/files/${leak.unprepared}`);
  expect(answer.statusCode).toBe(409);
  expect(everythingOf(answer)).not.toContain(SECRET);
});

test('[V2] an internal job or file answers byte for byte what an id that is nowhere answers', async () => {
  const visitor = await office.signedIn();
  const { jobs, files } = office.records;
  for (const [path, ids] of [
    ['/portal/jobs/', [jobs.hidden.id, jobs.yusufs.id]],
    ['/portal/files/', [files.costs.id, files.more.id, files.hidden.id, files.yusufs.id]],
  ] as const) {
    const absent = comparable(await visitor.get(path + NOWHERE));
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
  const absent = comparable(await visitor.post(`/portal/jobs/${NOWHERE}/replies`, fields));
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

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function cornerOf(path: string): string {
  return path
    .replace(/[?#].*/, '')
    .replace(UUID, ':id')
    .replace(/[0-9a-f]{64}/, ':hash')
    .replace(/(enter|mail)\/[\w-]+/, '$1/:token');
}

/** Their own words, and where their own mail goes with all but its first letter hidden. */
function withoutOwn({ own }: LeakVisitor, said: string): string {
  const mailed = said.replace(new RegExp(`\\w\\*\\*\\*@${SECRET}\\.example`, 'g'), '');
  return own === null ? mailed : mailed.replaceAll(own, '').replaceAll(encodeURIComponent(own), '');
}

/** Also the addresses no page names, for each record there is: what is not linked must not be open either. */
function startingPoints({ link, mailToken }: LeakVisitor): readonly string[] {
  return [
    '/portal',
    link,
    '/portal/enter/made-up',
    '/portal/sign-in',
    '/portal/sessions',
    '/portal/logo',
    '/portal/nowhere',
    '/portal/mail/made-up',
    `/portal/mail/${mailToken}`,
    `/portal/mail/${mailToken}/unsubscribe`,
    ...leak.ids.flatMap((id) => [
      `/portal/jobs/${id}`,
      `/portal/jobs/${id}?back=1`,
      `/portal/files/${id}`,
      `/portal/files/${id}?as=picture`,
    ]),
  ];
}

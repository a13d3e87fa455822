// What a customer can send in one day, and what they read when that is reached. (E3-E5)

import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type DayVolume, USUAL_DAY } from '../../../sync-server/config.ts';
import { openTestData } from '../../support/test-data.ts';
import { blobIdOf } from '../../support/builders.ts';
import {
  formTo,
  type PortalBrowser,
  type SentFile,
  wordsOn,
} from '../../support/portal-browser.ts';
import { NOW, openPortalOffice, type PortalOffice } from '../../support/portal-office.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let office: PortalOffice;
afterEach(() => office.close());

async function open(most: Partial<DayVolume>): Promise<PortalBrowser> {
  office = await openPortalOffice({ customerDay: { ...USUAL_DAY, ...most } });
  return office.signedIn();
}

const golfPath = () => `/portal/jobs/${office.records.jobs.golf.id}`;
const textFile = (name: string, length = 40): SentFile => ({
  name,
  bytes: Buffer.from(name.padEnd(length, '.')),
});

async function say(browser: PortalBrowser, text: string) {
  const { action, fields } = formTo((await browser.get(golfPath())).body, '/replies');
  return browser.post(action, { ...fields, text });
}

async function sendFiles(browser: PortalBrowser, ...files: readonly SentFile[]) {
  const { action, fields } = formTo((await browser.get(golfPath())).body, '/replies');
  return browser.postFiles(action, { ...fields, text: 'Here they are' }, files);
}

async function save(browser: PortalBrowser, claim: string) {
  const { action, fields } = formTo((await browser.get(golfPath())).body, '/details');
  return browser.post(action, { ...fields, [`now-${office.records.fields.claim.id}`]: claim });
}

async function begin(browser: PortalBrowser, name: string, sizeBytes?: number) {
  const { fields } = formTo((await browser.get(golfPath())).body, '/replies');
  const { bytes } = textFile(name);
  return browser.send('POST', '/portal/uploads', {
    'tus-resumable': '1.0.0',
    'docket-form': fields.formToken ?? '',
    'docket-job': office.records.jobs.golf.id,
    'sec-fetch-site': 'same-origin',
    'upload-length': String(sizeBytes ?? bytes.length),
    'upload-metadata': `sha256 ${Buffer.from(blobIdOf(bytes)).toString('base64')}`,
  });
}

test('messages beyond a day are given back with a sentence, and go the day after', async () => {
  const anna = await open({ messages: 2 });
  for (const text of ['One', 'Two']) expect((await say(anna, text)).statusCode).toBe(303);
  const third = await say(anna, 'Three');
  expect(third.statusCode).toBe(429);
  expect(wordsOn(third.body)).toContain(
    'You have sent as many messages as fit in one day. Send this one tomorrow, or call Nordhafen Repairs.',
  );
  expect(third.body).toMatch(/<textarea[^>]*>\s*Three<\/textarea>/);
  expect(wordsOn((await anna.get(golfPath())).body)).not.toContain('Three');
  office.pass(DAY_MS);
  expect((await say(anna, 'Three')).statusCode).toBe(303);
});

test('[P1] the last message of a day that is sent twice is sent, both times', async () => {
  const anna = await open({ messages: 1, saves: 1 });
  const page = (await anna.get(golfPath())).body;
  const message = formTo(page, '/replies');
  const details = formTo(page, '/details');
  const claim = { [`now-${office.records.fields.claim.id}`]: 'C-17' };
  for (let time = 0; time < 2; time += 1) {
    const sent = await anna.post(message.action, { ...message.fields, text: 'Once' });
    expect(sent.headers.location).toContain('sent=1');
    const saved = await anna.post(details.action, { ...details.fields, ...claim });
    expect(saved.headers.location).toContain('saved=1');
  }
  expect((await say(anna, 'Another')).statusCode).toBe(429);
});

test('one customer’s day is nobody else’s, on whichever device', async () => {
  const anna = await open({ messages: 1 });
  expect((await say(anna, 'One')).statusCode).toBe(303);
  expect((await say(await office.signedIn(), 'Two')).statusCode).toBe(429);
  const { yusuf, jobs, workspace } = office.records;
  const yusufs = await office.signedIn(yusuf.id);
  const page = (await yusufs.get(`/portal/jobs/${jobs.yusufs.id}`)).body;
  const { action, fields } = formTo(page, '/replies');
  expect((await yusufs.post(action, { ...fields, text: 'Hello' })).statusCode).toBe(303);
  // A restart does not begin the day anew.
  const data = await openTestData(join(office.dataFolder, 'data'));
  const volume = { messages: 1, saves: 0, files: 0, bytes: 0 };
  const owner = { workspaceId: workspace.id, customerId: office.records.anna.id };
  const sent = { owner, day: NOW.slice(0, 10), volume };
  expect(await data.storage.addToDay(sent, { ...USUAL_DAY, messages: 1 })).toBe(false);
  await data.storage.close();
});

test('what is typed into details stands beside the sentence', async () => {
  const anna = await open({ saves: 1 });
  expect((await save(anna, 'A-1')).statusCode).toBe(303);
  const second = await save(anna, 'A-2');
  expect(second.statusCode).toBe(429);
  expect(wordsOn(second.body)).toContain('You have saved as often as fits in one day.');
  expect(second.body).toContain('value="A-2"');
});

test.each<[string, Partial<DayVolume>, number]>([
  ['by their number', { files: 2 }, 40],
  // The size of a file in a form is known when it is there: the one that goes beyond is the last.
  ['by their bytes', { bytes: 60 }, 40],
])(
  'files of a form are limited %s, and each that is not taken is named',
  async (_by, most, length) => {
    const anna = await open(most);
    const names = ['one.txt', 'two.txt', 'three.txt'];
    const answer = await sendFiles(anna, ...names.map((name) => textFile(name, length)));
    expect(answer.statusCode).toBe(422);
    expect(wordsOn(answer.body)).toContain(
      '“three.txt” was not added: you have sent as much as fits in one day.',
    );
    expect(wordsOn(answer.body)).not.toContain('“two.txt” was not added');
  },
);

test('files that come one by one are refused before anything of them is read', async () => {
  const anna = await open({ bytes: 100 });
  expect((await begin(anna, 'one.txt')).statusCode).toBe(201);
  // Asked for again after a break it is the same file.
  expect((await begin(anna, 'one.txt')).statusCode).toBe(201);
  expect((await begin(anna, 'two.txt')).statusCode).toBe(201);
  const third = await begin(anna, 'three.txt');
  expect(third.statusCode).toBe(413);
  expect(third.body).toContain('Send the rest tomorrow, or call the office.');
  office.pass(DAY_MS);
  expect((await begin(anna, 'three.txt')).statusCode).toBe(201);
});

test('a file that is begun as a small one and again as a large one counts as large as it is', async () => {
  const anna = await open({ bytes: 30 });
  expect((await begin(anna, 'a.txt', 1)).statusCode).toBe(201);
  expect((await begin(anna, 'a.txt')).statusCode).toBe(413);
});

test('of many at once no more count than fit', async () => {
  await open({});
  const owner = { workspaceId: office.records.workspace.id, customerId: office.records.anna.id };
  const volume = { messages: 1, saves: 0, files: 0, bytes: 0 };
  const sent = { owner, day: '2026-11-12', volume };
  const most = { ...USUAL_DAY, messages: 3 };
  const all = Array.from({ length: 8 }, () => office.storage.addToDay(sent, most));
  expect((await Promise.all(all)).filter((isCounted) => isCounted)).toHaveLength(3);
});

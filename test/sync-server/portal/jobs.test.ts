// The list of jobs, one job and its files, as a customer's browser meets them.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as build from '../../support/builders.ts';
import { wordsOn } from '../../support/portal-browser.ts';
import { bytesOf, openPortalOffice, type PortalOffice } from '../../support/portal-office.ts';

let office: PortalOffice;
beforeEach(async () => {
  office = await openPortalOffice();
});
afterEach(() => office.close());

const golf = () => office.records.jobs.golf;
const golfPath = () => `/portal/jobs/${golf().id}`;

describe('(E2) the list', () => {
  test('shows own jobs in visible stages only, news first, and opening a job takes its dot away', async () => {
    const anna = await office.signedIn();
    const list = wordsOn((await anna.get('/portal')).body);
    expect(list).toMatch(/New for you.*Golf 8.*Sprinter.*All other jobs.*Polo/);
    expect(list).toContain('New: Golf 8');
    expect(list).not.toContain('Octavia');
    await anna.get(golfPath());
    expect(wordsOn((await anna.get('/portal')).body)).not.toContain('New: Golf 8');
  });

  test('(F1) a reply of the office lifts the job with its dot; a note does neither', async () => {
    const anna = await office.signedIn();
    for (const { id } of Object.values(office.records.jobs)) await anna.get(`/portal/jobs/${id}`);
    const quiet = await anna.get('/portal');
    expect(wordsOn(quiet.body)).not.toContain('New');
    const say = (audience: 'internal' | 'visible') =>
      office.say(office.records.jobs.van.id, audience, 'The van can go.');
    await say('internal');
    expect((await anna.get('/portal')).body).toBe(quiet.body);
    await say('visible');
    expect(wordsOn((await anna.get('/portal')).body)).toMatch(
      /New for you New: Sprinter.*Jonas: The van can go\..*Golf/,
    );
  });

  test('a page that the browser only loads ahead leaves the dot where it is', async () => {
    const anna = await office.signedIn();
    await anna.get(golfPath(), { 'sec-purpose': 'prefetch' });
    expect(wordsOn((await anna.get('/portal')).body)).toContain('New: Golf 8');
  });

  test('a customer without jobs reads what would be here', async () => {
    const { anna, pipeline, stages } = office.records;
    const visitor = await office.signedIn();
    for (const [job, stage] of [
      ['golf', 'workshop'],
      ['van', 'workshop'],
      ['bare', 'booked'],
    ] as const) {
      const { id } = office.records.jobs[job];
      const moved = await office.staff('change_stage', {
        jobId: id,
        entryId: build.anEntryId(),
        fromStageId: stages[stage].id,
        toStageId: stages.insurer.id,
      });
      expect(moved.kind, `${anna.name} ${pipeline.name}`).toBe('applied');
    }
    expect(wordsOn((await visitor.get('/portal')).body)).toContain('There are no jobs to show');
  });
});

describe('(E3) the job page', () => {
  test('tells what happened, oldest to newest, in the customer’s words', async () => {
    const anna = await office.signedIn();
    const words = wordsOn((await anna.get(golfPath())).body);
    expect(words).toMatch(
      /Golf 8, rear quarter panel.*In the workshop.*J-2291.*Today.*Now: In the workshop.*08:30.*You.*10:05.*IMG_4471\.png.*Jonas at Nordhafen Repairs.*Monday 8:00.*estimate-2291\.png/,
    );
    expect(words).not.toMatch(/ticket|entry|visible|internal/i);
  });

  test('marks where the news begins on a later visit', async () => {
    const anna = await office.signedIn();
    expect(wordsOn((await anna.get(golfPath())).body)).not.toContain('New since your last visit');
    await office.say(golf().id, 'visible', 'Paint is dry.');
    expect(wordsOn((await anna.get(golfPath())).body)).toMatch(
      /Monday 8:00.*New since your last visit.*Paint is dry\./,
    );
    expect(wordsOn((await anna.get(golfPath())).body)).not.toContain('New since your last visit');
  });

  test('no page carries a script, and no page is kept by the browser', async () => {
    const anna = await office.signedIn();
    for (const path of ['/portal', golfPath(), '/portal/nowhere', '/portal/sign-in']) {
      const { body, headers } = await anna.get(path);
      expect(body).not.toMatch(/<script(?! src="\/portal\/assets\/)|javascript:|\son[a-z]+=/i);
      expect(body).not.toMatch(/<script[^>]*>[^<]|style="/i);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['referrer-policy']).toBe('same-origin');
    }
  });

  test('a long story comes a hundred things at a time, with none left out', async () => {
    for (let number = 0; number < 150; number += 1)
      await office.say(office.records.jobs.bare.id, 'visible', `Step ${number} of many.`);
    const anna = await office.signedIn();
    const newest = (await anna.get(`/portal/jobs/${office.records.jobs.bare.id}`)).body;
    expect(steps(newest)).toEqual(numbers(50, 150));
    const earlier = /href="([^"]*\?back=1)"/.exec(newest)?.[1] ?? '';
    expect(steps((await anna.get(earlier)).body)).toEqual(numbers(0, 50));
  });
});

describe('(E3) files', () => {
  test('a visible file downloads byte for byte, under its own name', async () => {
    const anna = await office.signedIn();
    const { photo } = office.records.files;
    const { statusCode, headers, bytes } = await anna.get(`/portal/files/${photo.id}`);
    expect(statusCode).toBe(200);
    expect(bytes).toEqual(bytesOf(photo));
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `attachment; filename="IMG_4471.png"; filename*=UTF-8''IMG_4471.png`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  test('a picture may be shown in the page; whatever is kept is asked for again', async () => {
    const anna = await office.signedIn();
    const path = `/portal/files/${office.records.files.photo.id}?as=picture`;
    const shown = await anna.get(path);
    expect(String(shown.headers['content-disposition'])).toMatch(/^inline/);
    expect(shown.headers['cache-control']).toBe('private, no-cache');
    const again = await anna.get(path, { 'if-none-match': String(shown.headers.etag) });
    expect(again.statusCode).toBe(304);
    const { stages } = office.records;
    await office.staff('change_stage', {
      jobId: golf().id,
      entryId: build.anEntryId(),
      fromStageId: stages.workshop.id,
      toStageId: stages.insurer.id,
    });
    const gone = await anna.get(path, { 'if-none-match': String(shown.headers.etag) });
    expect(gone.statusCode).toBe(404);
  });

  test('a download that broke off goes on where it stopped', async () => {
    const anna = await office.signedIn();
    const { photo } = office.records.files;
    const rest = await anna.get(`/portal/files/${photo.id}`, { range: 'bytes=40-' });
    expect(rest.statusCode).toBe(206);
    expect(rest.bytes).toEqual(bytesOf(photo).subarray(40));
    const beyond = await anna.get(`/portal/files/${photo.id}`, { range: 'bytes=9999-' });
    expect(beyond.statusCode).toBe(416);
  });
});

function steps(body: string): readonly number[] {
  return [...wordsOn(body).matchAll(/Step (\d+) of many/g)].map(([, number]) => Number(number));
}

function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

// Filling in what the office asks for, as a customer's browser meets it. (E5)

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FormField } from '../../../sync-server/protocol/records.ts';
import { anEntryId } from '../../support/builders.ts';
import { formTo, type PortalBrowser, wordsOn } from '../../support/portal-browser.ts';
import {
  diskFull,
  openPortalOffice,
  type PortalOffice,
  SECRET,
} from '../../support/portal-office.ts';

let office: PortalOffice;
let anna: PortalBrowser;
beforeEach(async () => {
  office = await openPortalOffice();
  anna = await office.signedIn();
});
afterEach(() => office.close());

const golf = () => office.records.jobs.golf;
const golfPath = () => `/portal/jobs/${golf().id}`;
const now = ({ id }: FormField) => `now-${id}`;

async function openForm() {
  const form = formTo((await anna.get(golfPath())).body, 'details');
  return {
    form,
    save: (values: Record<string, string>, headers = {}) =>
      anna.post(form.action, { ...form.fields, ...values }, headers),
  };
}
const formNow = async () =>
  (await office.storage.recordById(office.records.workspace.id, 'job', golf().id))?.record.form;
const saves = async () =>
  (await office.storage.entriesOfJob(office.records.workspace.id, golf().id)).filter(
    ({ record }) => record.kind === 'form_save' && record.author.kind === 'customer',
  );

describe('(E5) filling in', () => {
  test('[P1] there, back, and there again is saved each time, and the same form sent twice once', async () => {
    const { claim } = office.records.fields;
    for (const value of ['A', 'B', 'A', 'B']) {
      const { save } = await openForm();
      for (let time = 0; time < 2; time += 1)
        expect((await save({ [now(claim)]: value })).headers.location).toContain('saved=1');
      expect((await formNow())?.[claim.id]).toBe(value);
    }
    expect(await saves()).toHaveLength(4);
  });

  test('[F2] where the server’s disk is full nothing typed is lost, and it can be saved later', async () => {
    const { claim } = office.records.fields;
    const { save } = await openForm();
    const full = vi.spyOn(office.storage, 'transact').mockRejectedValueOnce(diskFull());
    const refused = await save({ [now(claim)]: 'C-17' });
    expect(refused.statusCode).toBe(507);
    expect(wordsOn(refused.body)).toContain('no room just now, so nothing was saved');
    full.mockRestore();
    const form = formTo(refused.body, 'details');
    expect(form.fields[now(claim)]).toBe('C-17');
    await anna.post(form.action, form.fields);
    expect((await formNow())?.[claim.id]).toBe('C-17');
  });

  test('fields of every type are saved, logged as one form save from the customer, and shown', async () => {
    const { claim, mileage, pickUp, payer, glass, story } = office.records.fields;
    const { save } = await openForm();
    const saved = await save({
      [now(claim)]: 'C-17 ',
      [now(mileage)]: '84 200,5',
      [now(pickUp)]: '2026-11-30',
      [now(payer)]: 'My insurer',
      [now(glass)]: 'on',
      [now(story)]: 'Hail,\r\nat night',
    });
    expect(saved.headers.location).toBe(`${golfPath()}?saved=1#details`);
    expect(await formNow()).toMatchObject({
      [claim.id]: 'C-17 ',
      [mileage.id]: 84_200.5,
      [pickUp.id]: '2026-11-30',
      [payer.id]: 'My insurer',
      [glass.id]: true,
      [story.id]: 'Hail,\nat night',
    });
    expect(await saves()).toMatchObject([{ record: { audience: 'visible' } }]);
    const { body } = await anna.follow(saved);
    expect(wordsOn(body)).toMatch(/Your details Filled in Saved\..*You.*Claim number C-17/);
    expect(formTo(body, 'details').fields[now(claim)]).toBe('C-17 ');
  });

  test('[P1] nothing changed saves nothing; Save pressed twice saves once', async () => {
    const { claim } = office.records.fields;
    const { save } = await openForm();
    await save({});
    expect(await saves()).toHaveLength(0);
    await Promise.all([1, 2, 3].map(() => save({ [now(claim)]: 'C-17' })));
    expect(await saves()).toHaveLength(1);
  });

  test('a field can be emptied and a box unticked', async () => {
    const { claim, glass } = office.records.fields;
    await (await openForm()).save({ [now(claim)]: 'C-17', [now(glass)]: 'on' });
    const { form } = await openForm();
    const { [now(glass)]: _, ...without } = form.fields;
    await anna.post(form.action, { ...without, [now(claim)]: '' });
    expect(await formNow()).toMatchObject({ [claim.id]: null, [glass.id]: false });
  });

  test('(H5) what the office changed in other fields merges; the same field asks, and the next Save wins', async () => {
    const { claim, mileage } = office.records.fields;
    const { save } = await openForm();
    const officeSaves = (fieldId: string, to: unknown) =>
      office.staff('save_form', {
        jobId: golf().id,
        entryId: anEntryId(),
        changes: [{ fieldId, from: null, to }] as never,
      });
    await officeSaves(mileage.id, 90_000);
    expect((await save({ [now(claim)]: 'C-17' })).statusCode).toBe(303);
    expect(await formNow()).toMatchObject({ [claim.id]: 'C-17', [mileage.id]: 90_000 });
    const clash = await save({ [now(mileage)]: '80000' });
    expect(clash.statusCode).toBe(409);
    expect(wordsOn(clash.body)).toContain('The office wrote “90000” here meanwhile.');
    const again = formTo(clash.body, 'details');
    expect(again.fields[now(mileage)]).toBe('80000');
    await anna.post(again.action, again.fields);
    expect(await formNow()).toMatchObject({ [mileage.id]: 80_000 });
  });

  test('what does not fit comes back with its sentence, and all that was typed', async () => {
    const { claim, mileage, pickUp, payer } = office.records.fields;
    const answer = await (await openForm()).save({
      [now(claim)]: 'Mine <b>',
      [now(mileage)]: 'many',
      [now(pickUp)]: 'soon',
      [now(payer)]: 'Nobody',
    });
    expect(answer.statusCode).toBe(422);
    for (const sentence of ['Write a number here', 'Write a date here', 'Choose one of the list'])
      expect(wordsOn(answer.body)).toContain(sentence);
    expect(formTo(answer.body, 'details').fields[now(claim)]).toBe('Mine <b>');
    expect(await saves()).toHaveLength(0);
  });

  test('[V2] a field that is not the customer’s is neither shown nor saved', async () => {
    const [secret] = office.records.pipeline.fields;
    expect((await anna.get(golfPath())).body).not.toContain(SECRET);
    const answer = await (await openForm()).save({
      [`was-${secret?.id}`]: 'null',
      [`now-${secret?.id}`]: 'Mine',
    });
    expect(answer.statusCode).toBe(303);
    expect(await saves()).toHaveLength(0);
  });

  test('a job without such fields has no form, and one sent all the same changes nothing', async () => {
    const { form } = await openForm();
    const path = `/portal/jobs/${office.records.jobs.van.id}`;
    expect((await anna.get(path)).body).not.toContain('Your details');
    const before = await office.storage.headVersion(office.records.workspace.id);
    await anna.post(`${path}/details`, form.fields);
    expect(await office.storage.headVersion(office.records.workspace.id)).toBe(before);
  });

  test('a form from another website, a forged token and a signed-out browser change nothing', async () => {
    const { form, save } = await openForm();
    const values = { [now(office.records.fields.claim)]: 'Forged' };
    expect((await save(values, { origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await save({ ...values, formToken: 'made-up' })).statusCode).toBe(403);
    expect(
      (await office.browser().post(form.action, { ...form.fields, ...values })).statusCode,
    ).toBe(401);
    expect(await saves()).toHaveLength(0);
  });
});

import { expect, test } from 'vitest';
import { recordSchemas } from '../../sync-server/protocol/records.ts';
import * as builders from './builders.ts';

const BUILT = [
  ['workspace', builders.aWorkspace()],
  ['member', builders.aMember()],
  ['pipeline', builders.aPipeline()],
  ['customer', builders.aCustomer()],
  ['job', builders.aJob()],
  ['entry', builders.anEntry()],
  ['entry', builders.aFileEntry()],
  ['entry', builders.aStatusChange()],
  ['entry', builders.aFormSave()],
  ['entry', builders.anAssignment()],
  ['attachment', builders.anAttachment()],
  ['read_mark', builders.aReadMark()],
  ['portal_visit', builders.aPortalVisit()],
  ['canned_reply', builders.aCannedReply()],
] as const;

test.each(BUILT)('a built %s fits its schema', (kind, record) => {
  expect(recordSchemas[kind].parse(record)).toEqual(record);
});

test('built ids are all different and sort in the order they were made', () => {
  const ids = Array.from({ length: 500 }, () => builders.nextId());
  expect(new Set(ids).size).toBe(500);
  expect([...ids].sort()).toEqual(ids);
});

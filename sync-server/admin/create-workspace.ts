// Command line: opens an office with one admin and a pipeline to begin with. (J2)
//   node sync-server/admin/create-workspace.ts --data DIR --name NAME --admin-name NAME --admin-email EMAIL
// The admin's password is read from standard input, so that it stands in no list of processes and no shell history.

import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { hashPassword } from '../auth/passwords.ts';
import { memberId, pipelineId, stageId, uuidV7, workspaceId } from '../protocol/ids.ts';
import { parse } from '../protocol/parse.ts';
import { password } from '../protocol/password-rules.ts';
import type { KindedRecord, Member, Pipeline, Workspace } from '../protocol/records.ts';
import { name } from '../protocol/values.ts';
import type { Storage } from '../storage/storage.ts';
import { openForCommand } from './kept-where.ts';

export interface NewOffice {
  readonly name: string;
  readonly adminName: string;
  readonly adminEmail: string;
  readonly password: string;
}

const newOffice = z.object({
  name,
  adminName: name,
  adminEmail: z.email('must be an email address').max(254),
  password,
});

/** @throws ParseError where a value does not fit, Error where the email already signs in to an office of this server */
export async function createWorkspace(
  storage: Storage,
  wish: NewOffice,
): Promise<{ workspace: Workspace; admin: Member; pipeline: Pipeline }> {
  const office = parse(newOffice, wish, 'The new office');
  if ((await storage.signInByEmail(office.adminEmail)) !== undefined)
    throw new Error(`${office.adminEmail} already signs in to an office here. Use another email.`);
  const workspace = { id: workspaceId.parse(newId()), name: office.name };
  const admin: Member = {
    id: memberId.parse(newId()),
    name: office.adminName,
    email: office.adminEmail,
    role: 'admin',
  };
  const pipeline = firstPipeline();
  const records: KindedRecord[] = [
    { kind: 'workspace', record: workspace },
    { kind: 'member', record: admin },
    { kind: 'pipeline', record: pipeline },
  ];
  await storage.createWorkspace({
    workspaceId: workspace.id,
    records,
    signIns: [
      {
        memberId: admin.id,
        email: admin.email,
        passwordHash: await hashPassword(office.password),
      },
    ],
    blobs: [],
    references: { prefix: '#', next: 1001 },
  });
  return { workspace, admin, pipeline };
}

/** What nearly every office can begin with: what the customer sees, and one stage that only the team sees. */
function firstPipeline(): Pipeline {
  const stage = (stageName: string, hue: Pipeline['hue'], visibleToCustomer = true) => ({
    id: stageId.parse(newId()),
    name: stageName,
    hue,
    visibleToCustomer,
  });
  return {
    id: pipelineId.parse(newId()),
    name: 'Jobs',
    hue: 'blue',
    position: 0,
    stages: [
      stage('New', 'blue'),
      stage('To check', 'amber', false),
      stage('In progress', 'violet'),
      stage('Done', 'green'),
    ],
    fields: [],
    customerCanReply: true,
    customerCanUpload: false,
  };
}

function newId(): string {
  return uuidV7(Date.now(), randomBytes(10));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '.docket' },
      name: { type: 'string', default: '' },
      'admin-name': { type: 'string', default: '' },
      'admin-email': { type: 'string', default: '' },
    },
  });
  const { storage } = await openForCommand(values.data);
  try {
    const { workspace } = await createWorkspace(storage, {
      name: values.name,
      adminName: values['admin-name'],
      adminEmail: values['admin-email'],
      password: (await text(process.stdin)).trim(),
    });
    process.stdout.write(`${JSON.stringify({ event: 'created', workspaceId: workspace.id })}\n`);
  } finally {
    await storage.close();
  }
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

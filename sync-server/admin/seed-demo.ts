// Command line: fills a new data folder with the demo office, or with an empty one. Where there is an office already it
// changes nothing, so it may run before every start.
//   node sync-server/admin/seed-demo.ts --data DIR [--empty]

import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hashPassword } from '../auth/passwords.ts';
import { mediaTypeOfFile } from '../blobs/media-type.ts';
import type { OpenData } from '../blobs/open-data-folder.ts';
import type { BlobRow, SignIn } from '../storage/storage.ts';
import { createWorkspace } from './create-workspace.ts';
import { buildDemoOffice } from './demo-office/build-demo-office.ts';
import { seededRandom } from './demo-office/chance.ts';
import { openForCommand } from './kept-where.ts';
import { DEMO_FILES_FOLDER, type DemoFile, readDemoFiles } from './demo-office/demo-files.ts';
import { colleagues, DEMO_SIGN_INS, DEMO_WORKSPACE_ID, nordhafen } from './demo-office/office.ts';

/** Who can sign in, with the words to show. */
export interface ShownSignIn {
  readonly email: string;
  readonly password: string;
}

export interface Seeded {
  readonly created: boolean;
  readonly signIns: readonly ShownSignIn[];
}

export interface Seeding extends Pick<OpenData, 'storage' | 'blobs'> {
  readonly nowMs: number;
  readonly utcOffsetMinutes: number;
}

const SEED = 2291;
const PASSWORD_BYTES = 9;

/** The demo office with its bytes; bytes first, as for every record that names them. [B2] */
export async function seedDemo({
  storage,
  blobs,
  nowMs,
  utcOffsetMinutes,
}: Seeding): Promise<Seeded> {
  const standing = await standingOffice(storage);
  if (standing !== undefined) return standing;
  const files = await readDemoFiles();
  const office = buildDemoOffice({ nowMs, utcOffsetMinutes, files, random: seededRandom(SEED) });
  const rows: BlobRow[] = [];
  for (const file of files) rows.push(await keepBytes(blobs, file));
  await storage.createWorkspace({
    workspaceId: nordhafen.id,
    records: office.records,
    signIns: await Promise.all(DEMO_SIGN_INS.map(signInOf)),
    blobs: rows,
    references: { prefix: '#', next: office.nextReference },
  });
  return { created: true, signIns: DEMO_SIGN_INS };
}

/** One admin, one pipeline, nothing else. The password is made up here and shown this once. */
export async function seedEmpty({ storage }: Pick<OpenData, 'storage'>): Promise<Seeded> {
  const standing = await standingOffice(storage);
  if (standing !== undefined) return standing;
  const signIn = {
    email: 'admin@office.example',
    password: randomBytes(PASSWORD_BYTES).toString('base64url'),
  };
  await createWorkspace(storage, {
    name: 'My office',
    adminName: 'Admin',
    adminEmail: signIn.email,
    password: signIn.password,
  });
  return { created: true, signIns: [signIn] };
}

/** What there is already; undefined where the folder is new. */
async function standingOffice(storage: OpenData['storage']): Promise<Seeded | undefined> {
  const [first, ...others] = await storage.workspaceIds();
  if (first === undefined) return undefined;
  if ([first, ...others].some((id) => id === DEMO_WORKSPACE_ID))
    return { created: false, signIns: DEMO_SIGN_INS };
  const members = await storage.recordsOfKind(first, 'member');
  return {
    created: false,
    signIns: members
      .filter(({ record }) => record.role === 'admin')
      .map(({ record }) => ({ email: record.email, password: '(printed at the first start)' })),
  };
}

async function signInOf({ key, email, password }: (typeof DEMO_SIGN_INS)[number]): Promise<SignIn> {
  return { memberId: colleagues[key].id, email, passwordHash: await hashPassword(password) };
}

async function keepBytes(blobs: OpenData['blobs'], file: DemoFile): Promise<BlobRow> {
  return blobs.receive(createReadStream(join(DEMO_FILES_FOLDER, file.path)), async (received) => {
    const mediaType = (await mediaTypeOfFile(received.path)) ?? file.mediaType;
    await blobs.adopt(nordhafen.id, received);
    return { blobId: received.blobId, sizeBytes: received.sizeBytes, mediaType };
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '.docket' },
      empty: { type: 'boolean', default: false },
    },
  });
  const data = await openForCommand(values.data);
  try {
    const now = new Date();
    const seeded = values.empty
      ? await seedEmpty(data)
      : await seedDemo({
          ...data,
          nowMs: now.getTime(),
          utcOffsetMinutes: -now.getTimezoneOffset(),
        });
    const signIns = seeded.signIns.map(({ email, password }) => ({ email, password }));
    process.stdout.write(
      `${JSON.stringify({ event: 'seeded', created: seeded.created, signIns })}\n`,
    );
  } finally {
    await data.storage.close();
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

// The desktop program. It knows no Electron, no window and no browser: a host starts it and carries its messages.

import type { DeviceEnd } from '../../sync-server/protocol/device-end.ts';
import { addFile } from './attachments/add-file.ts';
import { type OpenedFile, openAttachment, openLocalBlob } from './attachments/open-attachment.ts';
import { openZip } from './attachments/zip-files.ts';
import { type Backend, type CorePort, connect } from './api/connection.ts';
import type { QueryName, RequestName, Requests } from './api/contract.ts';
import type { None } from './api/none-contract.ts';
import type { AddFileResult, FileForm } from './api/files-contract.ts';
import type { SessionState, SignInResult } from './api/session-contract.ts';
import { openInboxFile } from './api/inbox.ts';
import { mirrorFile, type Office, openOffice } from './api/office.ts';
import { officeQueries } from './api/queries.ts';
import { officeRequests } from './api/requests.ts';
import { rescueOffice } from './api/rescue-office.ts';
import { wipeOffice } from './api/wipe-office.ts';
import { AppError, fromDisk } from './errors.ts';
import type { Host } from './host.ts';
import { type Mirror, openMirror as openMirrorFile } from './mirror/database.ts';
import type { Account } from './session/device-file.ts';
import { openSession, type Session } from './session/session.ts';
import {
  allSignedOut,
  forgetSignedOut,
  readSignedOut,
  type SignedOut,
  writeSignedOut,
} from './session/signed-out.ts';

export type { CorePort } from './api/connection.ts';
export type { OpenedFile } from './attachments/open-attachment.ts';
export { AppError } from './errors.ts';

export interface Core {
  /** Gives a window its line to the core. */
  connect(port: CorePort): void;
  /** Takes a file in; it is safe on this disk when the answer says `added`. @throws AppError */
  addFile(name: string, bytes: AsyncIterable<Uint8Array>): Promise<AddFileResult>;
  /** @throws AppError `signed-out`, `not-there`, `blob-missing`, `blob-damaged`, `not-online` */
  openAttachment(attachmentId: string, form?: FileForm): Promise<OpenedFile>;
  /** A file of a draft, not posted yet. @throws AppError `signed-out`, `not-there` */
  openDraftFile(blobId: string, form?: FileForm): Promise<OpenedFile>;
  /** A file in a watched folder. @throws AppError `signed-out`, `not-there` */
  openInboxFile(fileId: string): Promise<OpenedFile>;
  /** What `files.zip` offered. @throws AppError `signed-out`, `not-there`, `blob-missing` */
  openZip(zipId: string): Promise<OpenedFile>;
  /** What `exports.begin` made. @throws AppError `signed-out`, `not-there`, `blob-missing` */
  openExport(exportId: string): Promise<OpenedFile>;
  /** Ends all work. What was accepted is on the disk already, so nothing is lost by not calling it. [F1] */
  close(): Promise<void>;
}

/**
 * @param openMirror how a member's database is opened; a test puts a disk of its own here
 * @param defaultServerUrl the address offered at the first sign-in; '' where the host knows none
 * @throws AppError `disk-full`, `disk-not-writable`, `database-damaged`, `database-too-new`
 */
export async function startCore(
  host: Host,
  defaultServerUrl: string,
  openMirror = openMirrorFile,
): Promise<Core> {
  const session = await openSession(host);
  const program = new Program(host, session, { defaultServerUrl, openMirror });
  await program.begin();
  return {
    connect: (port) => connect(port, program),
    addFile: async (name, bytes) => addFile(program.office(), name, bytes),
    openAttachment: async (attachmentId, form) =>
      openAttachment(program.office(), attachmentId, form),
    openDraftFile: async (blobId, form) => openLocalBlob(program.office(), blobId, form),
    openInboxFile: async (fileId) => openInboxFile(program.office(), fileId),
    openZip: async (zipId) => {
      const office = program.office();
      return openZip(office.blobs, office.zips.plan(zipId));
    },
    openExport: async (exportId) => program.office().exports.open(exportId),
    close: () => program.close(),
  };
}

/** From one start of the program to the next. */
const MOST_MENDINGS = 2;

const EVERYTHING_CHANGED: ReadonlySet<string> = new Set([
  'session',
  ...Object.values(officeQueries).flatMap(({ reads }) => reads),
]);

interface ProgramOptions {
  readonly defaultServerUrl: string;
  readonly openMirror: (file: string) => Mirror;
}

class Program implements Backend {
  readonly #host: Host;
  readonly #session: Session;
  readonly #options: ProgramOptions;
  readonly #listeners = new Set<(tables: ReadonlySet<string>) => void>();
  #office: Office | null = null;
  /** Of the office that is open, or was tried to be; what an earlier one still has to say is of no interest. */
  #opening: object | null = null;
  #turns: Promise<unknown> = Promise.resolve();
  /** Why the office on this disk is not open although somebody is signed in. */
  #closedBecause: AppError | null = null;
  #mendings = 0;
  #isMending = false;
  /** That the device was signed out by somebody else, until the same member signs in again. */
  #ended: SignedOut | null = null;
  /** Why not all that is the office's could be removed. */
  #wipeProblem: string | null = null;

  constructor(host: Host, session: Session, options: ProgramOptions) {
    this.#host = host;
    this.#session = session;
    this.#options = options;
  }

  get clock() {
    return this.#host.clock;
  }

  log(line: Parameters<Host['log']>[0]): void {
    this.#host.log(line);
  }

  onChange(listener: (tables: ReadonlySet<string>) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  office(): Office {
    if (this.#office === null) throw this.#closedBecause ?? new AppError('signed-out');
    return this.#office;
  }

  /** Before anything is shown, what was begun when the program ended is brought to its end, whoever it was about. (J1) */
  async begin(): Promise<void> {
    const ended = allSignedOut(this.#host.dataFolder);
    if (ended.length > 0)
      await this.#inTurn(async () => {
        for (const one of ended) await this.#wipe(one);
      });
    await this.openOffice();
  }

  openOffice(): Promise<void> {
    return this.#inTurn(() => this.#open());
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#closeOffice());
  }

  /** Two windows may ask at once: one after the other the office is opened once, and none is left open. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turns.then(work);
    this.#turns = done.catch(() => undefined);
    return done;
  }

  async #open(): Promise<void> {
    const { account, status } = this.#session;
    this.#ended = account && (readSignedOut(this.#host.dataFolder, account) ?? null);
    // Only what was not finished has to be done without.
    if (this.#ended !== null && status === 'signed-in') await this.#session.expire();
    if (account === null || status !== 'signed-in' || this.#ended !== null) return;
    const opening = {};
    this.#opening = opening;
    // Not now: whoever met it is still in the middle of asking.
    const whileOpen = (work: () => Promise<void>) => () =>
      void this.#inTurn(async () => {
        if (this.#opening === opening) await work();
      });
    try {
      this.#office = await openOffice({
        host: this.#host,
        account,
        deviceId: this.#session.clientId,
        openMirror: this.#options.openMirror,
        connect: (signal) => this.#session.server(signal),
        onChange: (tables) => this.#tell(tables),
        onExpired: (end) => whileOpen(() => this.#expire(account, end))(),
        onDamaged: whileOpen(() => this.#mend(account)),
      });
      this.#closedBecause = null;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#closedBecause = error;
      if (error.kind === 'database-damaged') await this.#mend(account);
    }
    this.#tell(EVERYTHING_CHANGED);
  }

  /** Replaces a damaged database, once or twice; a disk that damages it again and again is a person's business. [F2] */
  async #mend(account: Account): Promise<void> {
    this.#isMending = true;
    try {
      await this.#closeOffice();
      this.#closedBecause = new AppError(
        this.#mendings < MOST_MENDINGS ? 'database-damaged' : 'disk-failing',
      );
      if (this.#mendings >= MOST_MENDINGS) return;
      this.#mendings += 1;
      this.#host.log({ level: 'error', event: 'mirror-damaged' });
      const { memberId, member } = account;
      rescueOffice({
        file: mirrorFile(this.#host, account),
        actor: { kind: 'member', memberId, role: member.role },
        now: new Date(this.#host.clock.now()).toISOString(),
        openMirror: this.#options.openMirror,
      });
    } catch (error) {
      const known = fromDisk(error);
      this.#closedBecause =
        known instanceof AppError ? known : new AppError('database-damaged', { cause: error });
      return;
    } finally {
      this.#isMending = false;
      this.#tell(EVERYTHING_CHANGED);
    }
    await this.#open();
  }

  async #closeOffice(): Promise<void> {
    const office = this.#office;
    this.#office = null;
    this.#opening = null;
    await office?.close();
  }

  tablesOf(name: QueryName): readonly string[] {
    // Every query answers differently once somebody signs in or out.
    return name === 'session' ? ['session'] : [...officeQueries[name].reads, 'session'];
  }

  query(name: QueryName, args: never): unknown {
    if (name === 'session') return this.#sessionState();
    const query: { run(office: Office, args: never): unknown } = officeQueries[name];
    return query.run(this.office(), args);
  }

  async request(name: RequestName, args: never): Promise<unknown> {
    if (name === 'session.sign-in') return this.#signIn(args);
    if (name === 'session.sign-out') return this.#signOut();
    if (name === 'session.open') return this.#openAgain();
    const perform: (office: Office, args: never) => unknown = officeRequests[name];
    return perform(this.office(), args);
  }

  async #signIn(args: Requests['session.sign-in']['args']): Promise<SignInResult> {
    try {
      await this.#session.signIn(args);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { kind: 'refused', sentence: signInSentence(error) };
    }
    await this.#inTurn(async () => {
      await this.#closeOffice();
      // Whoever has proved who they are gets all of it again.
      const { account } = this.#session;
      if (account !== null) forgetSignedOut(this.#host.dataFolder, account);
      await this.#open();
    });
    return { kind: 'signed-in' };
  }

  async #signOut(): Promise<Requests['session.sign-out']['answer']> {
    const tellServer = await this.#inTurn(async () => {
      await this.#closeOffice();
      return this.#session.signOut();
    });
    this.#tell(EVERYTHING_CHANGED);
    await tellServer();
    return {};
  }

  async #openAgain(): Promise<None> {
    await this.#inTurn(async () => {
      this.#mendings = 0;
      if (this.#office === null) await this.#open();
    });
    return {};
  }

  /** The token is gone; the mirror and all that is unsent wait for the same member's next sign-in. [F4] */
  async #expire(account: Account, end: DeviceEnd | undefined): Promise<void> {
    if (end !== undefined) return this.#end(account, end);
    // Somebody may have signed in again meanwhile.
    if (this.#session.account === account) await this.#session.expire();
    await this.#closeOffice();
    this.#tell(EVERYTHING_CHANGED);
  }

  /**
   * Somebody else signed this device out: it is written down first, so that a program which is killed now goes on with it at its
   * next start, and the token goes last, so that one whose note was lost hears of it again. (J1)
   */
  async #end(account: Account, by: DeviceEnd): Promise<void> {
    const { workspaceId, memberId, member } = account;
    const at = new Date(this.#host.clock.now()).toISOString();
    const ended = { workspaceId, memberId, role: member.role, by, at, unsent: null };
    this.#host.log({ level: 'warn', event: 'device-signed-out', details: { by } });
    let isNoted = true;
    try {
      writeSignedOut(this.#host.dataFolder, ended);
    } catch {
      isNoted = false;
      this.#host.log({ level: 'error', event: 'sign-out-not-noted' });
    }
    this.#ended = ended;
    this.#wipeProblem = null;
    const closed = this.#closeOffice();
    this.#tell(EVERYTHING_CHANGED);
    await closed;
    const isWiped = await this.#wipe(ended);
    // Without either, the next start has to be told again.
    if ((isNoted || isWiped) && this.#session.account === account) await this.#session.expire();
    this.#tell(EVERYTHING_CHANGED);
  }

  async #wipe(ended: SignedOut): Promise<boolean> {
    const isShown = this.#session.account?.memberId === ended.memberId;
    try {
      const unsent = await wipeOffice(this.#host, ended, this.#options.openMirror);
      if (isShown) this.#ended = { ...ended, unsent };
      return true;
    } catch (error) {
      const known = fromDisk(error);
      const details = { error: known instanceof AppError ? known.kind : 'other' };
      this.#host.log({ level: 'error', event: 'office-not-wiped', details });
      if (isShown) this.#wipeProblem = wipeSentence(known);
      return false;
    }
  }

  #sessionState(): SessionState {
    const { account, status } = this.#session;
    if (account === null)
      return { kind: 'signed-out', serverUrl: this.#options.defaultServerUrl, email: '' };
    const { member, workspace, serverUrl } = account;
    if (this.#ended !== null) {
      const { by, unsent } = this.#ended;
      const ended = { by, officeName: workspace.name, unsent, problem: this.#wipeProblem };
      return { kind: 'ended', serverUrl, email: member.email, ...ended };
    }
    if (status === 'signed-in' && this.#closedBecause !== null && !this.#isMending)
      return { kind: 'closed', sentence: this.#closedBecause.message, workspace };
    if (status === 'signed-in') return { kind: 'signed-in', member, workspace, serverUrl };
    return { kind: status, serverUrl, email: member.email };
  }

  #tell(tables: ReadonlySet<string>): void {
    for (const listener of this.#listeners) listener(tables);
  }
}

function wipeSentence(error: unknown): string {
  return error instanceof AppError && error.kind === 'disk-full'
    ? 'Not everything could be removed, because the disk is full. Free some space, then start Docket again.'
    : 'Not everything could be removed: another program may hold a file open. Close it, then start Docket again.';
}

function signInSentence(error: AppError): string {
  switch (error.kind) {
    case 'server-unreachable':
      return 'The server cannot be reached. The first sign-in needs it; check the address and your network.';
    case 'not-there':
      return new AppError('not-a-docket-server').message;
    default:
      return error.message;
  }
}

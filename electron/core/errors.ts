// The failures of the world a core can meet, each with the sentence a person reads.

const sentences = {
  'server-unreachable':
    'The server cannot be reached. What you do is kept on this device and sent later.',
  'not-a-docket-server':
    'No Docket server answers at this address. Check the address, or ask who runs your server.',
  'server-failed': 'The server had a problem. Docket tries again by itself; nothing is lost.',
  'server-not-understood':
    'The server’s answer was not understood. Update Docket, or ask who runs your server.',
  'server-insists':
    'The server keeps this device busy without an end. Docket asks more slowly now; ask who runs your server.',
  'server-refused': 'The server did not accept this request.',
  'too-large': 'This is more than the server takes at once. Send less at a time.',
  'update-needed': 'This Docket is too old or too new for the server. Update the older of the two.',
  'signed-out': 'You are signed out. Sign in to go on.',
  'session-expired':
    'The server has signed this device out. Sign in again; everything unsent is kept.',
  'device-signed-out': 'This device was signed out by somebody else.',
  'rate-limited': 'Too many attempts. Wait a minute, then try again.',
  'not-online':
    'This needs the server, which cannot be reached now. Try again when you are online.',
  'blob-missing':
    'The bytes of this file are not on this device, and the server does not have them.',
  'blob-damaged':
    'This file arrived damaged and was not kept. Docket fetches it again when you open it.',
  'disk-full': 'The disk is full, so this was not saved. Free some space, then try again.',
  'disk-not-writable':
    'Docket may not write to its folder, so this was not saved. Check the folder’s permissions.',
  'database-damaged':
    'The local database is damaged; nothing on the server is. Docket saves what waits on this device and fetches the rest again.',
  'disk-failing':
    'The local database was damaged again right after it was mended, so the disk of this computer may be failing. Nothing on the server is damaged. Ask who looks after your computer.',
  'mirror-differs':
    'This device’s copy differs from the server’s, also after it was fetched anew twice. Get a fresh copy once more; if that does not help, save the sync log and hand it to who runs your server.',
  'database-too-new': 'This database was written by a newer Docket. Update Docket to open it.',
  'mention-to-customer': 'A customer reply cannot call a colleague. Write an internal note.',
  'not-understood': 'Docket did not understand this request. Reload the window.',
  'not-there': 'This is no longer there.',
} as const;

export type ErrorKind = keyof typeof sentences;

/** A failure of the world, translated where it entered. `message` is the sentence a person reads. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  /** The server surely did nothing of what was asked; false where nobody can know. [P1] */
  readonly neverArrived: boolean;
  /** The server's own word for why it said no; null where it said none. */
  readonly serverSaid: string | null;

  constructor(
    kind: ErrorKind,
    options: {
      readonly cause?: unknown;
      readonly sentence?: string;
      readonly neverArrived?: boolean;
      readonly serverSaid?: string;
    } = {},
  ) {
    super(options.sentence ?? sentences[kind], { cause: options.cause });
    this.name = 'AppError';
    this.kind = kind;
    this.neverArrived = options.neverArrived ?? false;
    this.serverSaid = options.serverSaid ?? null;
  }
}

/** What the disk's refusals mean to a person; other errors pass as they are. [F2] */
export function fromDisk(cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT' || code.startsWith('SQLITE_FULL'))
    return new AppError('disk-full', { cause });
  if (
    code === 'EACCES' ||
    code === 'EPERM' ||
    code === 'EROFS' ||
    code.startsWith('SQLITE_READONLY')
  )
    return new AppError('disk-not-writable', { cause });
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new AppError('database-damaged', { cause });
  return cause;
}

// Everything the server says no with: kind, HTTP status and the sentence a person reads, in one table.

const failures = {
  'not-valid': [400, 'The request was not understood.'],
  'signed-out': [401, 'You are not signed in on this device. Sign in to go on.'],
  // To a token that was this device's, and to nobody else: the device wipes what it holds. (J1)
  'signed-out-by-admin': [401, 'An administrator of your office signed this device out.'],
  'signed-out-by-owner': [401, 'You signed this device out from another one.'],
  'signed-out-by-password': [401, 'This device was signed out when your password was changed.'],
  'signed-out-by-removal': [401, 'You are no longer a member of this office.'],
  'sign-in-wrong': [401, 'This email and password do not go together. Check both and try again.'],
  // Not 401: whoever mistypes a password is signed in all the same.
  'password-wrong': [403, 'The old password is not right. Nothing was changed; try again.'],
  'admins-only': [403, 'Only an admin can do this. Ask an admin of your office.'],
  'not-found': [404, 'There is nothing here that you can open.'],
  'method-not-allowed': [405, 'That cannot be done here.'],
  'member-not-changed': [409, 'The member was not changed.'],
  'upload-elsewhere': [
    409,
    'The server holds another part of this file than the one that was sent on. Ask how far it came, then go on there.',
  ],
  'too-large': [413, 'This is more than the server takes at once. Send less at a time.'],
  'blob-too-large': [413, 'This file is larger than 25 MB. Choose a smaller one.'],
  'type-not-supported': [415, 'The server does not take this kind of content.'],
  'range-not-there': [416, 'The file has no such part. Start the download again.'],
  'blob-hash-wrong': [422, 'The file was damaged on the way and was not kept. Send it again.'],
  'blob-empty': [422, 'This file is empty. Choose one that has something in it.'],
  'blob-type-refused': [
    422,
    'This kind of file is not supported. Pictures, PDF, Word, Excel, Numbers, HEIC and plain text are.',
  ],
  'update-client': [
    426,
    'This version of Docket is too old for the server. Update Docket on this device.',
  ],
  'update-server': [
    426,
    'This version of Docket is newer than the server. Ask your office to update the server.',
  ],
  // Not 429: a browser's script would try again in a minute.
  'too-much-today': [
    413,
    'You have sent as much as fits in one day. Send the rest tomorrow, or call the office.',
  ],
  'too-many-tries': [429, 'Too many tries. Wait a minute, then try again.'],
  'disk-full': [
    507,
    'The server’s disk is full, so this was not kept. Tell who runs your server; Docket tries again by itself.',
  ],
  'database-unreachable': [
    503,
    'The server cannot reach its database at the moment. Nothing was lost; Docket tries again by itself.',
  ],
  'store-unreachable': [
    503,
    'The server cannot reach its store for files at the moment. Nothing was lost; Docket tries again by itself.',
  ],
  'own-failure': [500, 'Something went wrong on the server. Nothing was changed; try again.'],
} as const satisfies Record<string, readonly [number, string]>;

const LONGEST_SENTENCE = 300;

export type FailureKind = keyof typeof failures;

/** A request that ends in an answer other than the wished one. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly kind: FailureKind;
  readonly statusCode: number;
  /** For a person: what happened, to what, what to do. */
  readonly sentence: string;

  constructor(kind: FailureKind, options: { sentence?: string; cause?: unknown } = {}) {
    const [statusCode, sentence] = failures[kind];
    super(kind, { cause: options.cause });
    this.kind = kind;
    this.statusCode = statusCode;
    this.sentence = options.sentence ?? sentence;
  }
}

/** What offices are kept in cannot be used; the message is a sentence for the person who started the server. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** What a request that failed is answered with. */
export function failureBody({ kind, sentence }: AppError): {
  readonly error: string;
  readonly sentence: string;
} {
  return { error: kind, sentence: sentence.slice(0, LONGEST_SENTENCE) };
}

/** What a disk says no with; other errors pass as they are. [F2] */
export function fromDisk(cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL';
  return isFull ? new AppError('disk-full', { cause }) : cause;
}

export function isDiskFull(cause: unknown): boolean {
  const failure = fromDisk(cause);
  return failure instanceof AppError && failure.kind === 'disk-full';
}

/** The failure that stands for an HTTP status somebody else chose, a parser or a plug-in. */
export function failureForStatus(statusCode: number): FailureKind {
  const kinds: Readonly<Record<number, FailureKind>> = {
    401: 'signed-out',
    404: 'not-found',
    405: 'method-not-allowed',
    409: 'upload-elsewhere',
    410: 'not-found',
    413: 'too-large',
    415: 'type-not-supported',
    429: 'too-many-tries',
  };
  return kinds[statusCode] ?? (statusCode >= 400 && statusCode < 500 ? 'not-valid' : 'own-failure');
}

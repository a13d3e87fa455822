// The protocol's version, sent with every request. The server serves this one and the one before. [H9]
//
// 1  2026-11  first

export const PROTOCOL_VERSION = 1;
export const OLDEST_SERVED_VERSION = 1;
/** Header of every request between a desktop and the server. */
export const PROTOCOL_HEADER = 'docket-protocol';

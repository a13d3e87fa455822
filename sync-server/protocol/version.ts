// The protocol's version, sent with every request. The server serves this one and the one before. [H9]
//
// 1  2026-11  first
// 2  2026-11  wishes that were not applied, what was done to files, renditions, follows, settings, mails and portal links;
//             a push names its epoch; who is on a job

export const PROTOCOL_VERSION = 2;
export const OLDEST_SERVED_VERSION = 1;
/** Header of every request between a desktop and the server. */
export const PROTOCOL_HEADER = 'docket-protocol';

import { deviceEnd } from '../protocol/device-end.ts';
import type { ClientId, MemberId, WorkspaceId } from '../protocol/ids.ts';
import type { Device, KnownDevice } from './storage.ts';
import type { DeviceTable } from './tables.ts';

/** Of a device that is new here. */
export function rowOfDevice(device: Device): DeviceTable {
  return {
    token_hash: device.tokenHash,
    workspace_id: device.workspaceId,
    member_id: device.memberId,
    client_id: device.clientId,
    name: device.name,
    created_at: device.createdAt,
    expires_at: device.expiresAt,
    revoked_at: null,
    last_seen_at: null,
    ended_how: null,
  };
}

export function deviceOf(row: DeviceTable): KnownDevice {
  return {
    tokenHash: row.token_hash,
    workspaceId: row.workspace_id as WorkspaceId,
    memberId: row.member_id as MemberId,
    clientId: row.client_id as ClientId,
    name: row.name,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    // A newer server may know ways that this one does not: signed out by somebody else it is all the same.
    endedHow: row.ended_how === null ? null : deviceEnd.catch('admin').parse(row.ended_how),
    lastSeenAt: row.last_seen_at,
  };
}

// Who is signed in on this device. Signing out, or a session that ran out, keeps the mirror and everything unsent. [F4] Being signed
// out by somebody else is core.ts's business. [F5]

import { type ClientId, uuidV7 } from '../../../sync-server/protocol/ids.ts';
import { AppError } from '../errors.ts';
import type { Host } from '../host.ts';
import { tokenName } from './account.ts';
import {
  type Account,
  type DeviceState,
  readDeviceState,
  writeDeviceState,
} from './device-file.ts';
import { type ServerClient, serverClient } from './server-client.ts';
import { normalServerUrl } from './server-url.ts';

export interface Session {
  readonly account: Account | null;
  /** Signed in and holding a token; `expired` holds none any more. */
  readonly status: 'signed-out' | 'signed-in' | 'expired';
  readonly clientId: ClientId;
  /** @throws AppError as the server or the network says */
  signIn(request: { serverUrl: string; email: string; password: string }): Promise<Account>;
  /** Forgets it on this device. What it answers tells the server, which may be out of reach. */
  signOut(): Promise<() => Promise<void>>;
  /** The server said so. */
  expire(): Promise<void>;
  /** @param signal ends every request under way. @throws AppError `signed-out` */
  server(signal?: AbortSignal): ServerClient;
}

export async function openSession(host: Host): Promise<Session> {
  const stored = readDeviceState(host.dataFolder);
  const state = stored ?? { clientId: newClientId(host), account: null };
  if (stored === undefined) writeDeviceState(host.dataFolder, state);
  const token =
    state.account === null ? undefined : await host.secrets.read(tokenName(state.account));
  return new DeviceSession(host, state, token);
}

class DeviceSession implements Session {
  readonly #host: Host;
  #state: DeviceState;
  #token: string | undefined;

  constructor(host: Host, state: DeviceState, token: string | undefined) {
    this.#host = host;
    this.#state = state;
    this.#token = token;
  }

  get account(): Account | null {
    return this.#state.account;
  }

  get clientId(): ClientId {
    return this.#state.clientId;
  }

  get status(): Session['status'] {
    if (this.#state.account === null || !this.#state.account.isSignedIn) return 'signed-out';
    return this.#token === undefined ? 'expired' : 'signed-in';
  }

  async signIn(request: { serverUrl: string; email: string; password: string }): Promise<Account> {
    const serverUrl = normalServerUrl(request.serverUrl);
    const answer = await serverClient({
      serverUrl,
      network: this.#host.network,
      now: () => this.#host.clock.now(),
    }).signIn({
      email: request.email.trim(),
      password: request.password,
      clientId: this.clientId,
      deviceName: this.#host.deviceName,
    });
    const account: Account = {
      serverUrl,
      workspaceId: answer.workspace.id,
      memberId: answer.member.id,
      member: answer.member,
      workspace: answer.workspace,
      isSignedIn: true,
    };
    // The token first: a device that believes it is signed in must be able to prove it.
    await this.#host.secrets.write(tokenName(account), answer.token);
    this.#token = answer.token;
    this.#store(account);
    return account;
  }

  async signOut(): Promise<() => Promise<void>> {
    const { account } = this.#state;
    if (account === null) return () => Promise.resolve();
    const server = this.#token === undefined ? undefined : this.server();
    await this.#forgetToken(account);
    this.#store({ ...account, isSignedIn: false });
    // This device has no token any more either way.
    return async () => server?.signOut().catch(() => undefined);
  }

  async expire(): Promise<void> {
    if (this.#state.account !== null) await this.#forgetToken(this.#state.account);
  }

  server(signal?: AbortSignal): ServerClient {
    const { account } = this.#state;
    if (account === null || this.#token === undefined) throw new AppError('signed-out');
    return serverClient({
      now: () => this.#host.clock.now(),
      serverUrl: account.serverUrl,
      token: this.#token,
      network: this.#host.network,
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async #forgetToken(account: Account): Promise<void> {
    this.#token = undefined;
    await this.#host.secrets.remove(tokenName(account));
  }

  #store(account: Account): void {
    this.#state = { ...this.#state, account };
    writeDeviceState(this.#host.dataFolder, this.#state);
  }
}

function newClientId(host: Host): ClientId {
  return uuidV7(host.clock.now(), host.randomBytes(10)) as ClientId;
}

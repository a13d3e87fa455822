// Asks for several things in turn over one connection, so that what slows one down slows them all.

import { Agent, request } from 'node:http';

export interface Asked {
  readonly path: string;
  readonly cookie: string;
}

/** @returns how long each answer of `status` took, in milliseconds, by what was asked */
export async function askInTurn(
  url: string,
  asked: readonly Asked[],
  { rounds, status }: { readonly rounds: number; readonly status: number },
): Promise<readonly (readonly number[])[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const tookMs = asked.map((): number[] => []);
  try {
    for (let round = -WARM_UP; round < rounds; round += 1)
      for (const [index, each] of asked.entries()) {
        const startMs = performance.now();
        const answered = await statusOf(agent, url, each);
        const ms = performance.now() - startMs;
        if (answered !== status) throw new Error(`${each.path} was answered with ${answered}.`);
        if (round >= 0) tookMs[index]?.push(ms);
      }
    return tookMs;
  } finally {
    agent.destroy();
  }
}

const WARM_UP = 200;

function statusOf(agent: Agent, url: string, { path, cookie }: Asked): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = request(url + path, { agent, headers: { cookie } }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    asking.once('error', reject);
    asking.end();
  });
}

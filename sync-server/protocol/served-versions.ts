// The versions the server speaks, and how it says its answers in each. [H9]

import {
  pullAnswerForVersion1,
  pushAnswerForVersion1,
  signInAnswerForVersion1,
} from './for-version-1.ts';
import type { PullAnswer, PushAnswer, SignInAnswer } from './sync.ts';
import { OLDEST_SERVED_VERSION, PROTOCOL_VERSION } from './version.ts';

export type ServedVersion = 1 | 2;

interface Answers {
  pull(answer: PullAnswer): PullAnswer;
  push(answer: PushAnswer): PushAnswer;
  signIn(answer: SignInAnswer): SignInAnswer;
}

const asTheyAre: Answers = {
  pull: (answer) => answer,
  push: (answer) => answer,
  signIn: (answer) => answer,
};

const answers: Readonly<Record<ServedVersion, Answers>> = {
  1: {
    pull: pullAnswerForVersion1,
    push: pushAnswerForVersion1,
    signIn: signInAnswerForVersion1,
  },
  2: asTheyAre,
};

export const answersIn = (version: ServedVersion): Answers => answers[version];

export function isServed(version: number): version is ServedVersion {
  return version >= OLDEST_SERVED_VERSION && version <= PROTOCOL_VERSION;
}

// How bad things are: every probability of a fault in one place. Each seed has a weather of its own, in which some faults
// are frequent and others never happen, because faults that are always all there hide each other.

import type { Chance } from './chance.ts';

export interface Weather {
  /** Of a request, that it never arrives. */
  readonly drop: number;
  /** Of a request or its answer, that it comes after its sender has given up. */
  readonly late: number;
  /** Of a request, that it arrives twice. */
  readonly duplicate: number;
  /** That the server has done it and its answer is lost. */
  readonly loseAnswer: number;
  /** Of bytes on their way up or down, that they break off. */
  readonly cutUpload: number;
  /** That somebody else answers: a captive portal, a proxy. */
  readonly stranger: number;
  /** Of a live line, that it breaks, and that it goes silent without anybody noticing. */
  readonly breakLive: number;
  readonly silenceLive: number;
  /** Of a desk, right before and right after each of its commits, that it dies there. */
  readonly deskCrash: number;
  /** Of the server, likewise. */
  readonly serverCrash: number;
  /** Of a mail that is handed over, that it is not taken as it should be. */
  readonly mailTrouble: number;
  /** Of the server, at each question to its storage, that other requests come in between. */
  readonly serverPause: number;
  readonly latencyMs: number;
}

export const CALM: Weather = {
  drop: 0,
  late: 0,
  duplicate: 0,
  loseAnswer: 0,
  cutUpload: 0,
  stranger: 0,
  breakLive: 0,
  silenceLive: 0,
  deskCrash: 0,
  serverCrash: 0,
  mailTrouble: 0,
  serverPause: 0.1,
  latencyMs: 20,
};

export function someWeather(chance: Chance): Weather {
  const about = (usual: number) => usual * chance.pick([0, 0.5, 1, 3]);
  return {
    drop: about(0.04),
    late: about(0.03),
    duplicate: about(0.05),
    loseAnswer: about(0.08),
    cutUpload: about(0.2),
    stranger: about(0.02),
    breakLive: about(0.2),
    silenceLive: about(0.1),
    deskCrash: about(0.006),
    serverCrash: about(0.006),
    mailTrouble: about(0.25),
    serverPause: about(0.15),
    latencyMs: chance.pick([10, 80, 600]),
  };
}

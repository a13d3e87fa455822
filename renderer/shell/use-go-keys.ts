import { useRef } from 'react';
import { useLocation } from 'wouter';
import { lastSearchAddress } from '../search/last-search.ts';
import { useShortcut } from './use-shortcut.ts';

const PLACES: Readonly<Record<string, string | (() => string)>> = {
  m: '/mine',
  s: lastSearchAddress,
  u: '/unread',
  a: '/all',
  w: '/waiting',
  c: '/customers',
  p: '/settings/pipelines',
  r: '/settings/canned-replies',
  i: '/inbox',
  o: '/settings/members',
  ',': '/settings',
};
const TOGETHER_MS = 1_200;

/** "G, then M": two keys one after the other go to a place. */
export function useGoKeys(): void {
  const [, goTo] = useLocation();
  const pressedAt = useRef(-TOGETHER_MS);

  useShortcut([{ key: 'g' }], (event) => {
    pressedAt.current = event.timeStamp;
  });
  useShortcut(
    Object.keys(PLACES).map((key) => ({ key })),
    (event) => {
      const to = PLACES[event.key.toLowerCase()];
      const isSecond = event.timeStamp - pressedAt.current < TOGETHER_MS;
      pressedAt.current = -TOGETHER_MS;
      if (to === undefined || !isSecond) return false;
      goTo(typeof to === 'string' ? to : to());
      return true;
    },
    true,
  );
}

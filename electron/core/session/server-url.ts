import { AppError } from '../errors.ts';

/**
 * The address a person typed, as requests use it: "docket.example.com" -> "https://docket.example.com"; this machine's own
 * names get http.
 *
 * @throws AppError `not-a-docket-server` where it is no address
 */
export function normalServerUrl(typed: string): string {
  const trimmed = typed.trim();
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(trimmed);
  const withScheme = /^[a-z]+:\/\//i.test(trimmed)
    ? trimmed
    : `${isLocal ? 'http' : 'https'}://${trimmed}`;
  let url: URL;
  try {
    url = new URL(withScheme);
  } catch (cause) {
    throw notAnAddress(typed, cause);
  }
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.username !== '')
    throw notAnAddress(typed, undefined);
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function notAnAddress(typed: string, cause: unknown): AppError {
  return new AppError('not-a-docket-server', {
    cause,
    sentence: `“${typed.slice(0, 80)}” is not the address of a server. It looks like https://docket.example.com.`,
  });
}

import { expect, test } from 'vitest';
import { disposition } from '../../../sync-server/portal/download.ts';

test.each([
  ['estimate.pdf', `attachment; filename="estimate.pdf"; filename*=UTF-8''estimate.pdf`],
  [
    'Prüfbericht (2).pdf',
    `attachment; filename="Pr_fbericht (2).pdf"; filename*=UTF-8''Pr%C3%BCfbericht%20%282%29.pdf`,
  ],
  [
    'a"; filename="evil.exe',
    `attachment; filename="a_; filename=_evil.exe"; filename*=UTF-8''a%22%3B%20filename%3D%22evil.exe`,
  ],
  [
    'two\r\nSet-Cookie: x=1.pdf',
    `attachment; filename="two Set-Cookie: x=1.pdf"; filename*=UTF-8''two%20Set-Cookie%3A%20x%3D1.pdf`,
  ],
  [
    '../../etc/passwd',
    `attachment; filename=".._.._etc_passwd"; filename*=UTF-8''.._.._etc_passwd`,
  ],
  ['photo\u202egpj.exe', `attachment; filename="photogpj.exe"; filename*=UTF-8''photogpj.exe`],
  ['\u0000', `attachment; filename="file"; filename*=UTF-8''file`],
])('a file called %j is offered under a name that breaks nothing', (name, header) => {
  expect(disposition('attachment', name)).toBe(header);
});

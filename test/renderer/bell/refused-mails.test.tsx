// @vitest-environment jsdom

import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { RefusedMail } from '../../../electron/core/api/bell-contract.ts';
import { RefusedMails } from '../../../renderer/bell/refused-mails.tsx';
import { aJobId } from '../../support/builders.ts';

const mail: RefusedMail = {
  mailId: 'one',
  jobId: aJobId(),
  jobTitle: 'Rear bumper',
  customerName: 'Anna Berg',
  refused: [{ to: 'anna@berg.example', reason: '550 No such mailbox' }],
  reachedOthers: false,
  at: '2026-11-12T10:30:00',
};

test('(F2) a refused mail says to whom, in whose words, and opens its job', () => {
  const opened: string[] = [];
  render(<RefusedMails mails={[mail]} onOpen={(jobId) => opened.push(jobId)} />);
  const row = screen.getByRole('button', { name: /Rear bumper/ });
  expect(row.textContent).toContain(
    'Anna Berg was not told by mail. The mail to anna@berg.example was refused: 550 No such mailbox.',
  );
  fireEvent.click(row);
  expect(opened).toEqual([mail.jobId]);
});

test('(F2) where another address has it, nobody is said not to have been told', () => {
  const mails = [{ ...mail, reachedOthers: true }];
  const { container } = render(<RefusedMails mails={mails} onOpen={() => undefined} />);
  expect(container.textContent).toContain('was refused');
  expect(container.textContent).not.toContain('was not told');
});

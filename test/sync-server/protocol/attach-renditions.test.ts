import { describe, expect, it } from 'vitest';
import { type Actor, runSync } from '../../../sync-server/protocol/mutator.ts';
import { startMutation } from '../../../sync-server/protocol/mutators.ts';
import { attachment as schema, type Attachment } from '../../../sync-server/protocol/entries.ts';
import {
  aBlobId,
  aMember,
  aMutationId,
  anAttachment,
  renditionsOfNothing,
} from '../../support/builders.ts';

const asMara: Actor = { kind: 'member', memberId: aMember().id, role: 'member' };
const WHEN = '2026-11-02T10:00:00.000Z';

/** The attachment as it stands afterwards; undefined where nothing changed. */
function attach(stands: Attachment, said: Partial<Parameters<typeof argsOf>[1]>) {
  const outcome = runSync(
    startMutation(
      { name: 'attach_renditions', args: argsOf(stands, said) },
      {
        mutationId: aMutationId(),
        actor: asMara,
        writtenAt: WHEN,
        arrivedAt: WHEN,
        nextReference: null,
      },
    ),
    (ask) => (ask.kind === 'attachment' && ask.id === stands.id ? stands : undefined),
  );
  if (outcome.kind !== 'applied') throw new Error(`It was ${outcome.kind}.`);
  const [put] = outcome.puts;
  return put && schema.parse(put.record);
}

function argsOf(
  { id, blobId }: Attachment,
  said: { attachmentId?: string; blobId?: string; renditions?: object },
) {
  const renditions = { ...renditionsOfNothing, ...said.renditions };
  return { attachmentId: id, blobId, ...said, renditions };
}

describe('(D5) attach_renditions', () => {
  it('says what was made of a file, and changes nothing else of it [V1]', () => {
    const file = anAttachment({ audience: 'internal' });
    const thumbnail = aBlobId();
    expect(attach(file, { renditions: { thumbnail } })).toEqual({
      ...file,
      renditions: { ...renditionsOfNothing, thumbnail },
    });
  });

  it('[P1] said by a second desktop changes nothing', () => {
    const renditions = { ...renditionsOfNothing, thumbnail: aBlobId(), preview: aBlobId() };
    expect(attach(anAttachment({ renditions }), { renditions })).toBeUndefined();
    const other = { thumbnail: aBlobId(), preview: aBlobId() };
    expect(attach(anAttachment({ renditions }), { renditions: other })).toBeUndefined();
  });

  it('fills in what is missing', () => {
    const thumbnail = aBlobId();
    const withoutLocation = aBlobId();
    const stands = { ...renditionsOfNothing, thumbnail };
    expect(
      attach(anAttachment({ renditions: stands }), { renditions: { withoutLocation } }),
    ).toMatchObject({ renditions: { thumbnail, withoutLocation } });
  });

  it('lets a picture take the place of a reason why there is none', () => {
    const problem = 'The file ends too early.';
    const preview = aBlobId();
    const stands = { ...renditionsOfNothing, problem };
    expect(attach(anAttachment({ renditions: stands }), { renditions: { preview } })).toMatchObject(
      { renditions: { preview, problem: null } },
    );
    const shown = { ...renditionsOfNothing, preview };
    expect(attach(anAttachment({ renditions: shown }), { renditions: { problem } })).toBe(
      undefined,
    );
  });

  it('says nothing about a file that is gone, was removed for good, or has other bytes (C10)', () => {
    const thumbnail = aBlobId();
    const file = anAttachment();
    const redacted = { memberId: aMember().id, at: WHEN };
    expect(attach(anAttachment({ redacted }), { renditions: { thumbnail } })).toBeUndefined();
    expect(attach(file, { blobId: aBlobId(), renditions: { thumbnail } })).toBeUndefined();
    expect(
      attach(file, { attachmentId: anAttachment().id, renditions: { thumbnail } }),
    ).toBeUndefined();
    expect(attach(file, {})).toBeUndefined();
  });
});

import { ListPlus, MessageSquareQuote, Settings2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { JobPage } from '../../electron/core/api/jobs-contract.ts';
import { CANNED_PLACE } from '../canned/canned-head.tsx';
import { SaveCannedDialog } from '../canned/save-canned.tsx';
import { variableValues, withVariables } from '../canned/variables.ts';
import type { DraftContent } from '../drafts/drafts.ts';
import { useOffice } from '../shell/office.tsx';
import { IconButton } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx';

/** What can be done with canned replies while writing, for the mouse. (C6) */
export function CannedMenu({
  page,
  draft,
  onInsert,
}: {
  page: JobPage;
  draft: DraftContent;
  onInsert: () => void;
}) {
  const office = useOffice();
  const [, goTo] = useLocation();
  const [isSaving, setIsSaving] = useState(false);
  const text = withVariables(draft.text.trim(), variableValues(page, office));
  const files = draft.files.map(({ blobId, name, mediaType, sizeBytes }) => ({
    blobId,
    name,
    mediaType,
    sizeBytes,
  }));
  const hasSomething = text !== '' || files.length > 0;
  return (
    <>
      <Menu
        label="Canned replies"
        trigger={
          <IconButton label="Canned replies">
            <MessageSquareQuote aria-hidden size={16} />
          </IconButton>
        }
      >
        <MenuItem
          icon={<MessageSquareQuote aria-hidden size={15} />}
          // The menu gives the focus back to its button first.
          onSelect={() => requestAnimationFrame(onInsert)}
        >
          <span className="flex-1">Insert a canned reply</span>
          <Kbd>/</Kbd>
        </MenuItem>
        {hasSomething && (
          <MenuItem icon={<ListPlus aria-hidden size={15} />} onSelect={() => setIsSaving(true)}>
            Save as canned reply
          </MenuItem>
        )}
        <MenuLine />
        <MenuItem icon={<Settings2 aria-hidden size={15} />} onSelect={() => goTo(CANNED_PLACE)}>
          Edit the canned replies
        </MenuItem>
      </Menu>
      {isSaving && (
        <SaveCannedDialog
          content={{ title: '', text, files }}
          hasVariables={text !== draft.text.trim()}
          onClose={() => setIsSaving(false)}
        />
      )}
    </>
  );
}

import { Check, Copy } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { DialogFoot } from '../ui/dialog.tsx';
import { copyText } from '../ui/copy-text.ts';

/** A password that was made for somebody: it stands here once, and nowhere else. (J1) */
export function ShownPassword({
  name,
  email,
  password,
  onClose,
}: {
  name: string;
  email: string;
  password: string;
  onClose: () => void;
}) {
  const id = useId();
  const [isCopied, setIsCopied] = useState<boolean | null>(null);
  return (
    <>
      <div className="grid gap-3 px-5 pt-1 pb-5">
        <p className="text-pretty text-ink-2">
          {name} signs in with <b className="font-semibold text-ink">{email}</b> and this password.
          It is shown only now: pass it on in person or on the phone. They can change it in their
          settings whenever they want.
        </p>
        <div>
          <label htmlFor={id} className="mb-1 block text-sm font-medium text-ink-2">
            Password
          </label>
          <div className="flex items-center gap-2">
            <input
              id={id}
              readOnly
              value={password}
              onFocus={(event) => event.target.select()}
              className="h-9 min-w-0 flex-1 rounded-lg border border-line-strong bg-surface-2 px-3 font-reference text-read tracking-wide"
            />
            <Button
              look="primary"
              className="h-9"
              autoFocus
              onClick={() => void copyText(password).then(setIsCopied)}
            >
              {isCopied === true ? <Check aria-hidden size={15} /> : <Copy aria-hidden size={15} />}
              {isCopied === true ? 'Copied' : 'Copy'}
            </Button>
          </div>
          <p role="status" className="mt-1 min-h-5 text-sm text-ink-3">
            {isCopied === true && 'The password is on the clipboard.'}
            {isCopied === false && 'It could not be copied. Select it and copy it yourself.'}
          </p>
        </div>
      </div>
      <DialogFoot>
        <Button onClick={onClose}>Done</Button>
      </DialogFoot>
    </>
  );
}

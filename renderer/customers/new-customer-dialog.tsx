import { type SubmitEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogFoot } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useRequest } from '../use-request.ts';

/** Adds a customer and opens their page; offline too. (A6) */
export function NewCustomerDialog({ onClose }: { onClose: () => void }) {
  const [, goTo] = useLocation();
  const [draft, setDraft] = useState({ name: '', email: '', phone: '' });
  const [missing, setMissing] = useState(false);
  const create = useRequest('customers.create');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const name = draft.name.trim();
    setMissing(name === '');
    if (name === '') return;
    const email = draft.email.trim();
    const made = await create.send({ name, email, phone: draft.phone.trim() });
    if (made === undefined) return;
    onClose();
    goTo(`/customers/${made.customerId}`);
  };
  const field = (key: keyof typeof draft) => ({
    value: draft[key],
    onChange: (event: { target: { value: string } }) =>
      setDraft({ ...draft, [key]: event.target.value }),
  });
  return (
    <Dialog title="New customer" onClose={onClose}>
      <form noValidate className="contents" onSubmit={(event) => void submit(event)}>
        <div className="grid gap-3.5 px-5 pt-1 pb-5">
          <TextField
            label="Name"
            dir="auto"
            maxLength={200}
            error={missing ? 'A customer needs a name.' : null}
            autoFocus
            {...field('name')}
          />
          <div className="grid grid-cols-2 gap-3">
            <TextField label="Email" type="email" maxLength={254} {...field('email')} />
            <TextField label="Phone" type="tel" maxLength={60} {...field('phone')} />
          </div>
          {create.sentence !== null && <Notice look="danger">{create.sentence}</Notice>}
        </div>
        <DialogFoot>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={create.busy}>
            Add customer
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

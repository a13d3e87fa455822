import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import type { Offers } from './use-typed-place.ts';

export const offerOption = (list: string, index: number): string => `${list}-${index}`;

/** Of the text that is written in, while a list is offered there. */
export function offerAttributes(list: string, { offered, chosen }: Offers<unknown>) {
  return offered.length === 0
    ? {}
    : { 'aria-controls': list, 'aria-activedescendant': offerOption(list, chosen) };
}

/** Above the composer, so that what is being written stays in sight. The focus stays in the text. */
export function OfferList<T>({
  id,
  label,
  offers,
  keyOf,
  children,
  className,
}: {
  id: string;
  label: string;
  offers: Offers<T>;
  keyOf: (item: T) => string;
  children: (item: T) => ReactNode;
  className?: string;
}) {
  const { offered, chosen, take } = offers;
  return (
    <div id={id} role="listbox" aria-label={label} className={className}>
      {offered.map((item, index) => (
        // By keyboard it is chosen from the text, which keeps the focus.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={keyOf(item)}
          id={offerOption(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => take(item)}
          className={classNames(
            'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2',
            index === chosen ? 'bg-surface-3' : 'hover:bg-surface-3/60',
          )}
        >
          {children(item)}
        </div>
      ))}
    </div>
  );
}

export const OFFER_WINDOW =
  'absolute bottom-full left-3 z-10 mb-1.5 max-w-[calc(100%-24px)] animate-float-in overflow-hidden rounded-[10px] border border-line bg-surface shadow-float';

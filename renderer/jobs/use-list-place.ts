import { useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { type ListPlace, listAddress, listPlaceFrom, placeOf } from './list-place.ts';

const KEY = 'docket.list';

/**
 * The list's place. On a list's address it is the address; while a job is open it is the list the person came from,
 * remembered over a reload.
 */
export function useListPlace(): readonly [ListPlace, (place: ListPlace) => void] {
  const [path, goTo] = useLocation();
  const search = useSearch();
  const here = listPlaceFrom(path, search);
  const [last, setLast] = useState(lastPlace);

  if (here !== undefined && listAddress(here) !== listAddress(last)) setLast(here);
  const place = here ?? last;

  const address = listAddress(place);
  useEffect(() => sessionStorage.setItem(KEY, address), [address]);

  const setPlace = (next: ListPlace) => {
    setLast(next);
    if (here !== undefined) goTo(listAddress(next), { replace: true });
  };
  return [place, setPlace];
}

function lastPlace(): ListPlace {
  const [path = '/all', search = ''] = (sessionStorage.getItem(KEY) ?? '/all').split('?');
  return listPlaceFrom(path, search) ?? placeOf({ kind: 'all' });
}

import { useState } from 'react';

/** What is chosen; the first of the list whenever the list answers another search. */
export function useFirstChosen(first: string, answeredSearch: string | undefined) {
  const [chosen, setChosen] = useState(first);
  const [chosenFor, setChosenFor] = useState(answeredSearch);
  if (chosenFor !== answeredSearch) {
    setChosenFor(answeredSearch);
    setChosen(first);
  }
  return [chosen, setChosen] as const;
}

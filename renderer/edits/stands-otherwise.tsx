import { Button } from '../ui/button.tsx';

/** While this one was typed, its author put another text there on another device: beside each other, for them to choose. (H5) */
export function StandsOtherwise({
  text,
  onKeepMine,
  onTakeThat,
}: {
  text: string;
  onKeepMine: () => void;
  onTakeThat: () => void;
}) {
  return (
    <div role="alert" className="mx-2.5 mb-2 rounded-md bg-warn-soft px-2.5 py-2 text-sm">
      <p className="font-semibold text-warn">You edited this on another device meanwhile:</p>
      <blockquote
        dir="auto"
        className="my-1.5 max-h-32 overflow-y-auto border-l-3 border-line-strong pl-2.5 break-words whitespace-pre-wrap"
      >
        {text}
      </blockquote>
      <div className="flex flex-wrap gap-1.5">
        <Button small onClick={onKeepMine}>
          Go on with mine
        </Button>
        <Button small look="quiet" onClick={onTakeThat}>
          Leave that one
        </Button>
      </div>
    </div>
  );
}

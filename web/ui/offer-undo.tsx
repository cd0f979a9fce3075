import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';

/**
 * Says what was done, for some seconds with a button that undoes it. `undoLabel` is the verb on the button. When undoing
 * fails, the reason is shown like that of any action and the button stays, to be tried again.
 */
export function offerUndo(message: string, undoLabel: string, undo: () => Promise<unknown>): void {
  const id = notifications.show({
    message: (
      <span>
        {message} <UndoButton label={undoLabel} undo={undo} onDone={() => notifications.hide(id)} />
      </span>
    ),
    autoClose: 12_000,
  });
}

interface UndoButtonProps {
  readonly label: string;
  readonly undo: () => Promise<unknown>;
  readonly onDone: () => void;
}

function UndoButton({ label, undo, onDone }: UndoButtonProps) {
  const undoing = useMutation({ mutationFn: undo, onSuccess: onDone });
  return (
    <button type="button" className="v-link-button" disabled={undoing.isPending} onClick={() => undoing.mutate()}>
      {label}
    </button>
  );
}

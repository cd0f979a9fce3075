import { notifications } from '@mantine/notifications';

/** Says what was done, for some seconds with a button that undoes it. `undoLabel` is the verb on the button. */
export function offerUndo(message: string, undoLabel: string, undo: () => void): void {
  const id = notifications.show({
    message: (
      <span>
        {message}{' '}
        <button
          type="button"
          className="v-link-button"
          onClick={() => {
            undo();
            notifications.hide(id);
          }}
        >
          {undoLabel}
        </button>
      </span>
    ),
    autoClose: 12_000,
  });
}

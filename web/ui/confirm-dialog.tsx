import { Button, Group, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useUi } from './words.ts';

interface ConfirmDialogProps {
  opened: boolean;
  title: string;
  /** What will happen, to what, and whether it can be undone. */
  children: ReactNode;
  /** The verb on the button: never "OK". */
  verb: string;
  onConfirm: () => unknown;
  onClose: () => void;
}

/** Asks before something that cannot be undone. The button waits for the answer; a refusal is shown in place. */
export function ConfirmDialog({ opened, title, children, verb, onConfirm, onClose }: ConfirmDialogProps) {
  const { words } = useUi();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (refused) {
      setError(refused instanceof Error ? refused.message : String(refused));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={<strong>{title}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      <div>{children}</div>
      {error !== undefined && (
        <p className="v-problem-text" role="alert">
          {error}
        </p>
      )}
      <Group justify="flex-end" gap={8} mt={18}>
        <Button variant="default" onClick={onClose}>
          {words.actions.cancel}
        </Button>
        <Button loading={busy} onClick={() => void confirm()} data-autofocus="">
          {verb}
        </Button>
      </Group>
    </Modal>
  );
}

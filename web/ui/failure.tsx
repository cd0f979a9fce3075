import { IconAlertTriangle } from '@tabler/icons-react';
import { ActionButton } from './action-button.tsx';
import { EmptyState } from './empty-state.tsx';
import { useUi } from './words.ts';

interface FailureProps {
  title?: string;
  /** What happened and what to do, in the reader's language. */
  message?: string | undefined;
  /** The number under which the server logged it. */
  reference?: string | undefined;
  onRetry?: () => void;
}

/** What could not be shown, why, and what to do. */
export function Failure({ title, message, reference, onRetry }: FailureProps) {
  const { words } = useUi();
  return (
    <div role="alert">
      <EmptyState
        icon={<IconAlertTriangle size={28} stroke={1.5} />}
        title={title ?? words.failure.title}
        {...(onRetry === undefined
          ? {}
          : { action: <ActionButton onClick={onRetry}>{words.actions.retry}</ActionButton> })}
      >
        <p>{message ?? words.failure.sentence}</p>
        {reference !== undefined && <p className="v-quiet v-number">{words.failure.reference(reference)}</p>}
      </EmptyState>
    </div>
  );
}

import { IconAlertTriangle } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
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

interface BoundaryProps {
  children: ReactNode;
  /** Tells the server about it, and answers with the number to show. */
  report: (error: Error) => string;
}

/** Keeps a fault of one part from taking the page along. */
export class ErrorBoundary extends Component<BoundaryProps, { reference: string | undefined }> {
  override state: { reference: string | undefined } = { reference: undefined };

  static getDerivedStateFromError(): { reference: string } {
    return { reference: '' };
  }

  override componentDidCatch(error: Error): void {
    this.setState({ reference: this.props.report(error) });
  }

  override render(): ReactNode {
    const { reference } = this.state;
    if (reference === undefined) return this.props.children;
    return (
      <Failure
        reference={reference === '' ? undefined : reference}
        onRetry={() => this.setState({ reference: undefined })}
      />
    );
  }
}

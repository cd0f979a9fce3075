import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { KbdHint } from './kbd-hint.tsx';

interface ActionButtonProps {
  children: ReactNode;
  icon?: ReactNode;
  onClick?: () => void;
  /** An address instead of an action. */
  to?: string;
  /** Shown on hover; the binding itself is made with `useKeys`. */
  keys?: string;
  /** Why it may not be done now: the button is shown disabled and says so. */
  refusal?: string | undefined;
  main?: boolean;
  submit?: boolean;
  busy?: boolean;
  /** Other name for readers of the screen, when many buttons carry the same word. */
  label?: string;
}

/** A verb one can do here. Forbidden ones stay in their place, disabled, with the reason on hover and on focus. */
export function ActionButton(props: ActionButtonProps) {
  const { children, icon, onClick, to, keys, refusal, main = false, submit = false, busy = false } = props;
  const look: ButtonProps = {
    variant: main ? 'filled' : 'default',
    loading: busy,
    ...(icon === undefined ? {} : { leftSection: icon }),
  };
  const named = props.label === undefined ? {} : { 'aria-label': props.label };
  if (refusal !== undefined) {
    // Kept in the tab order, so that the reason can be reached without a mouse.
    return (
      <Tooltip label={refusal} openDelay={100} multiline maw={320}>
        <Button {...look} {...named} data-disabled aria-disabled="true" type="button" onClick={stop}>
          {children}
        </Button>
      </Tooltip>
    );
  }
  const button =
    to === undefined ? (
      <Button {...look} {...named} type={submit ? 'submit' : 'button'} {...(onClick === undefined ? {} : { onClick })}>
        {children}
      </Button>
    ) : (
      <Button {...look} {...named} component={Link} to={to}>
        {children}
      </Button>
    );
  return keys === undefined ? button : <Tooltip label={<KbdHint keys={keys} spoken />}>{button}</Tooltip>;
}

function stop(event: { preventDefault: () => void }): void {
  event.preventDefault();
}

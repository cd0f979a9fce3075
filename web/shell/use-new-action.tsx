import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Permission } from '#contract/permission.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { useRefusal } from './session.ts';

interface NewAction {
  /** The list's title, over the key in the help. */
  readonly list: string;
  readonly label: string;
  /** The form's address. */
  readonly to: string;
  readonly permission: Permission;
  /** Instead of the plus. */
  readonly icon?: ReactNode;
}

/** How something is added to a list: the button in its head and its empty state, and the key N. */
export function useNewAction({ list, label, to, permission, icon }: NewAction): ReactNode {
  const navigate = useNavigate();
  const refusal = useRefusal(permission);
  useKeys(list, [{ keys: 'n', label, run: () => void (refusal === undefined && navigate(to)) }]);
  return (
    <ActionButton main to={to} keys="n" icon={icon ?? <IconPlus size={15} />} refusal={refusal}>
      {label}
    </ActionButton>
  );
}

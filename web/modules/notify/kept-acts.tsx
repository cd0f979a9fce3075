import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { api } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { IconAct } from '#web/ui/icon-act.tsx';

interface KeptActsProps {
  readonly name: string;
  /** The form that changes it. */
  readonly to: string;
  readonly texts: {
    readonly change: string;
    readonly remove: string;
    readonly removeTitle: (name: string) => string;
    readonly removeText: string;
  };
  readonly remove: () => Promise<unknown>;
  /** What else can be done with it, before these. */
  readonly children?: ReactNode;
}

/** Changes or removes a route or a policy; removing asks first. */
export function KeptActs({ name, to, texts, remove, children }: KeptActsProps) {
  const refusal = useRefusal('notify.write');
  const [removing, setRemoving] = useState(false);
  const confirmed = async (): Promise<void> => {
    await spoken(remove());
    await queryClient.invalidateQueries({ queryKey: api.notify.key() });
  };
  return (
    <span className="v-route-acts">
      {children}
      <IconAct label={`${texts.change} – ${name}`} icon={<IconPencil size={14} />} to={to} />
      <IconAct
        label={`${texts.remove} – ${name}`}
        icon={<IconTrash size={14} />}
        refusal={refusal}
        onClick={() => setRemoving(true)}
      />
      <ConfirmDialog
        opened={removing}
        title={texts.removeTitle(name)}
        verb={texts.remove}
        onConfirm={confirmed}
        onClose={() => setRemoving(false)}
      >
        {texts.removeText}
      </ConfirmDialog>
    </span>
  );
}

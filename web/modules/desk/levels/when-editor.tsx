import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useNow } from '#web/ui/clock.ts';
import { WhenInput } from '#web/ui/form/when-input.tsx';
import { useUi } from '#web/ui/words.ts';
import { soonAt, soonNames } from '../list/soon.ts';
import { useWorkTexts } from '../tickets/work-texts.ts';

interface WhenEditorProps {
  readonly label: string;
  readonly value: string | null;
  readonly save: (value: string | null) => Promise<unknown>;
  readonly onEnd: () => void;
}

/** Sets a moment: one of the usual ones with one key, or any other. */
export function WhenEditor({ label, value, save, onEnd }: WhenEditorProps) {
  const { when: texts } = useWorkTexts();
  const { words } = useUi();
  const now = useNow();
  const [typed, setTyped] = useState(value);
  const put = useMutation({ meta: { quiet: true }, mutationFn: save, onSuccess: onEnd });
  const usual = soonNames.flatMap((name) => {
    const at = soonAt(name, new Date(now));
    return at === null ? [] : [{ name, at }];
  });
  return (
    <form
      className="v-when"
      onSubmit={(event) => {
        event.preventDefault();
        put.mutate(typed);
      }}
    >
      <WhenInput label={label} bare size="xs" focused value={typed} error={put.error?.message} onChange={setTyped} />
      <div className="v-when-usual">
        {usual.map(({ name, at }) => (
          <button key={name} type="button" className="v-link-button" onClick={() => put.mutate(at.toISOString())}>
            {texts.soon[name]}
          </button>
        ))}
        {value !== null && (
          <button type="button" className="v-link-button" onClick={() => put.mutate(null)}>
            {texts.none}
          </button>
        )}
      </div>
      <div className="v-when-usual">
        <ActionButton main submit busy={put.isPending}>
          {texts.set}
        </ActionButton>
        <ActionButton onClick={onEnd}>{words.actions.cancel}</ActionButton>
      </div>
    </form>
  );
}

import { useState } from 'react';
import type { Requester } from '#contract/desk-words.ts';
import { api } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useUi } from '#web/ui/words.ts';
import { RequesterDialog, RequesterPicker } from '../opening/requester-picker.tsx';
import { useTicketTexts } from './ticket-texts.ts';
import { useWorkTexts } from './work-texts.ts';

interface RequesterEditorProps {
  readonly requester: Requester | null;
  readonly save: (requesterId: string | null) => Promise<unknown>;
  readonly onEnd: () => void;
}

/** Who asked: somebody else, somebody new, or the same with another address. */
export function RequesterEditor({ requester, save, onEnd }: RequesterEditorProps) {
  const { facts } = useTicketTexts();
  const { requester: texts } = useWorkTexts();
  const { words } = useUi();
  const [edits, setEdits] = useState(false);
  const [error, setError] = useState<string>();
  const choose = async (id: string | null): Promise<void> => {
    try {
      await save(id);
      onEnd();
    } catch (refused) {
      setError(refused instanceof Error ? refused.message : String(refused));
    }
  };
  return (
    <div className="v-when">
      <RequesterPicker
        label={facts.requester}
        bare
        focused
        size="xs"
        error={error}
        chosen={requester === null ? null : { id: requester.id, label: requester.name }}
        onChoose={(pick) => void choose(pick?.id ?? null)}
      />
      <div className="v-when-usual">
        {requester !== null && <ActionButton onClick={() => setEdits(true)}>{texts.edit}</ActionButton>}
        <ActionButton onClick={onEnd}>{words.actions.cancel}</ActionButton>
      </div>
      {edits && requester !== null && (
        <RequesterDialog
          title={texts.edit}
          verb={texts.save}
          start={{ ...requester, mail: requester.mail ?? '' }}
          onKept={() => void queryClient.invalidateQueries({ queryKey: api.desk.tickets.sheet.key() }).then(onEnd)}
          onClose={() => setEdits(false)}
        />
      )}
    </div>
  );
}

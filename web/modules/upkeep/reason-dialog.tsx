import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { spoken } from '#web/shell/spoken.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { useKeptText } from '#web/ui/form/use-kept-text.ts';
import './upkeep.css';

interface ReasonDialogProps<Answer> {
  title: string;
  lead?: string;
  /** Of the field; without it nothing is asked but the question itself. */
  label?: string;
  help?: string;
  /** What to say when nothing was typed; without it the field may stay empty. */
  needed?: string;
  verb: string;
  send: (reason: string) => Promise<Answer>;
  onDone: (answer: Answer) => void;
  onClose: () => void;
  /** Under this name the text outlives the dialog until it is sent. */
  keptName: string;
}

/** Asks before something weighty, with a reason where one is owed. */
export function ReasonDialog<Answer>(props: ReasonDialogProps<Answer>) {
  const reason = useKeptText(props.keptName);
  const [missing, setMissing] = useState(false);
  const confirm = async (): Promise<void> => {
    const text = reason.text.trim();
    if (props.needed !== undefined && text === '') {
      setMissing(true);
      throw new Error(props.needed);
    }
    const answer = await spoken(props.send(text));
    reason.drop();
    props.onDone(answer);
  };
  return (
    <ConfirmDialog opened title={props.title} verb={props.verb} onConfirm={confirm} onClose={props.onClose}>
      {props.lead !== undefined && <p className="v-upkeep-none">{props.lead}</p>}
      {props.label !== undefined && (
        <Textarea
          mt={12}
          label={props.label}
          description={props.help}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={500}
          data-autofocus=""
          error={missing && reason.text.trim() === ''}
          value={reason.text}
          onChange={(event) => reason.change(event.currentTarget.value.replaceAll(/[\r\n]+/g, ' '))}
        />
      )}
    </ConfirmDialog>
  );
}

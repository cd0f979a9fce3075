import { ActionIcon, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { StepDraft } from './runbook-draft.ts';
import type { RunbookEditor } from './use-runbook-editor.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import './upkeep.css';

interface StepEditorProps {
  step: StepDraft;
  position: number;
  count: number;
  editor: RunbookEditor;
  onChange: (changed: Partial<StepDraft>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

/** One step of the four kinds; Alt and the arrows move it from any of its fields. */
export function StepEditor(props: StepEditorProps) {
  const { step, position, count, onMove } = props;
  const texts = useUpkeepTexts();
  return (
    <fieldset className="v-edit-item">
      <legend>
        <span>{texts.editor.step(position)}</span> <span className="v-quiet">{texts.kinds[step.kind]}</span>
      </legend>
      <div className="v-edit-tools">
        <ActionIcon
          aria-label={`${texts.editor.up} – ${texts.editor.step(position)}`}
          disabled={position === 1}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={15} />
        </ActionIcon>
        <ActionIcon
          aria-label={`${texts.editor.down} – ${texts.editor.step(position)}`}
          disabled={position === count}
          onClick={() => onMove(1)}
        >
          <IconArrowDown size={15} />
        </ActionIcon>
        <ActionIcon aria-label={`${texts.editor.remove} – ${texts.editor.step(position)}`} onClick={props.onRemove}>
          <IconTrash size={15} />
        </ActionIcon>
      </div>
      <p className="v-group-help">{texts.kindHelp[step.kind]}</p>
      <StepFields {...props} />
    </fieldset>
  );
}

type TextName = 'title' | 'command' | 'instruction' | 'timeout' | 'seconds';

function StepFields({ step, editor, onChange, onMove }: StepEditorProps) {
  const { editor: texts } = useUpkeepTexts();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  const bind = (name: TextName) => {
    const path = `steps.${step.key}.${name}`;
    return {
      id: `runbook-${path}`,
      value: step[name],
      error: editor.errorOf(path),
      onKeyDown,
      onBlur: () => editor.leave(path),
      onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
    };
  };
  return (
    <>
      <TextInput label={texts.title} {...bind('title')} />
      {step.kind === 'command' && (
        <Textarea
          label={texts.command}
          autosize
          minRows={2}
          maxRows={20}
          spellCheck={false}
          classNames={{ input: 'v-mono' }}
          {...bind('command')}
        />
      )}
      {step.kind === 'manual' && (
        <Textarea label={texts.instruction} autosize minRows={2} maxRows={16} {...bind('instruction')} />
      )}
      <div className="v-edit-row">
        {step.kind === 'wait' && <TextInput label={texts.seconds} inputMode="numeric" {...bind('seconds')} />}
        {(step.kind === 'command' || step.kind === 'check') && (
          <TextInput label={texts.timeout} inputMode="numeric" {...bind('timeout')} />
        )}
        <NativeSelect
          label={texts.onFailure}
          id={`runbook-steps.${step.key}.onFailure`}
          value={step.onFailure}
          onKeyDown={onKeyDown}
          onChange={(event) => onChange({ onFailure: event.currentTarget.value === 'continue' ? 'continue' : 'stop' })}
          data={[
            { value: 'stop', label: texts.stop },
            { value: 'continue', label: texts.continue },
          ]}
        />
        {step.kind === 'command' && (
          <Checkbox
            label={texts.sudo}
            id={`runbook-steps.${step.key}.sudo`}
            checked={step.sudo}
            onKeyDown={onKeyDown}
            onChange={(event) => onChange({ sudo: event.currentTarget.checked })}
          />
        )}
      </div>
    </>
  );
}

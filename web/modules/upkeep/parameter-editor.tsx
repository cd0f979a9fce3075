import { ActionIcon, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useUi } from '#web/ui/words.ts';
import { parameterKinds, type ParameterDraft } from './runbook-draft.ts';
import type { RunbookEditor } from './use-runbook-editor.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import './upkeep.css';

interface ParameterEditorProps {
  parameter: ParameterDraft;
  editor: RunbookEditor;
  onChange: (changed: Partial<ParameterDraft>) => void;
  onRemove: () => void;
}

type TextName = 'name' | 'label' | 'choices' | 'usual';

const kindOf = (value: string) => parameterKinds.find((kind) => kind === value) ?? 'text';

/** One parameter: what is asked for before a run. */
export function ParameterEditor({ parameter, editor, onChange, onRemove }: ParameterEditorProps) {
  const { editor: texts } = useUpkeepTexts();
  const { words } = useUi();
  const bind = (name: TextName) => {
    const path = `parameters.${parameter.key}.${name}`;
    return {
      id: `runbook-${path}`,
      value: parameter[name],
      error: editor.errorOf(path),
      onBlur: () => editor.leave(path),
      onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
    };
  };
  const called = parameter.label || parameter.name || texts.newParameter;
  return (
    <fieldset className="v-edit-item">
      <legend>{called}</legend>
      <div className="v-edit-tools">
        <ActionIcon aria-label={`${texts.remove} – ${called}`} onClick={onRemove}>
          <IconTrash size={15} />
        </ActionIcon>
      </div>
      <div className="v-edit-row">
        <TextInput label={texts.parameterName} spellCheck={false} classNames={{ input: 'v-mono' }} {...bind('name')} />
        <TextInput label={texts.parameterLabel} {...bind('label')} />
        <NativeSelect
          label={texts.parameterKind}
          value={parameter.kind}
          onChange={(event) => onChange({ kind: kindOf(event.currentTarget.value), usual: '' })}
          data={parameterKinds.map((kind) => ({ value: kind, label: texts.parameterKinds[kind] }))}
        />
      </div>
      {parameter.kind === 'choice' && (
        <Textarea label={texts.choices} autosize minRows={2} maxRows={10} {...bind('choices')} />
      )}
      <div className="v-edit-row">
        {parameter.kind === 'boolean' ? (
          <NativeSelect
            label={texts.usual}
            value={parameter.usual === 'true' ? 'true' : 'false'}
            onChange={(event) => onChange({ usual: event.currentTarget.value })}
            data={[
              { value: 'false', label: words.list.no },
              { value: 'true', label: words.list.yes },
            ]}
          />
        ) : (
          <TextInput label={texts.usual} {...bind('usual')} />
        )}
        <Checkbox
          label={texts.required}
          checked={parameter.required}
          onChange={(event) => onChange({ required: event.currentTarget.checked })}
        />
      </div>
    </fieldset>
  );
}

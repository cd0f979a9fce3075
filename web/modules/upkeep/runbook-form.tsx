import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { useUi } from '#web/ui/words.ts';
import { ParameterEditor } from './parameter-editor.tsx';
import { emptyParameter, emptyStep, moved, stepKinds, type StepKind } from './runbook-draft.ts';
import { StepEditor } from './step-editor.tsx';
import type { RunbookEditor } from './use-runbook-editor.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import '#web/ui/form/form.css';
import './upkeep.css';

interface RunbookFormProps {
  editor: RunbookEditor;
  verb: string;
  busy: boolean;
  /** What the server said of the whole. */
  problem: string | undefined;
  refusal: string | undefined;
  safeRefusal: string | undefined;
  onSend: () => void;
  onCancel: () => void;
}

/** The runbook editor: what it is, its steps in their order, and what it asks for. */
export function RunbookForm(props: RunbookFormProps) {
  const { editor } = props;
  const { editor: texts } = useUpkeepTexts();
  const { words } = useUi();
  const summary = useRef<HTMLDivElement>(null);
  const send = (): void => {
    let whole = false;
    // The list of problems must be on the screen before it can take the focus.
    flushSync(() => {
      whole = editor.trySend();
    });
    if (!whole) summary.current?.focus();
    else if (props.refusal === undefined) props.onSend();
  };
  useKeys(texts.newTitle, [{ keys: 'mod+Enter', label: props.verb, run: send, inFields: true }]);
  return (
    <form
      className="v-form v-runbook-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div ref={summary} tabIndex={-1} role="alert">
        <Problems editor={editor} problem={props.problem} />
      </div>
      {editor.restored && (
        <p className="v-form-draft">
          {texts.draft}{' '}
          <button type="button" className="v-link-button" onClick={editor.discard}>
            {texts.discard}
          </button>
        </p>
      )}
      <Head editor={editor} safeRefusal={props.safeRefusal} />
      <Steps editor={editor} />
      <Parameters editor={editor} />
      <div className="v-form-end">
        <ActionButton main submit busy={props.busy} keys="mod+Enter" refusal={props.refusal}>
          {props.verb}
        </ActionButton>
        <ActionButton onClick={props.onCancel}>{words.actions.cancel}</ActionButton>
      </div>
    </form>
  );
}

function Problems({ editor, problem }: { editor: RunbookEditor; problem: string | undefined }) {
  const { words } = useUi();
  if (problem === undefined && editor.wrong.length === 0) return null;
  return (
    <div className="v-form-problems">
      {problem !== undefined && <p>{problem}</p>}
      {editor.wrong.length > 0 && (
        <>
          <p>{words.form.problems(editor.wrong.length)}</p>
          <ul>
            {editor.wrong.map(({ path, error }) => (
              <li key={path}>
                <a
                  href={`#runbook-${path}`}
                  onClick={(event) => {
                    event.preventDefault();
                    document.getElementById(`runbook-${path}`)?.focus();
                  }}
                >
                  <FieldName editor={editor} path={path} />
                </a>
                {' – '}
                {error}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** `steps.3.command` as a person would call it. */
function FieldName({ editor, path }: { editor: RunbookEditor; path: string }) {
  const { editor: texts } = useUpkeepTexts();
  const words: Readonly<Record<string, string>> = {
    name: texts.name,
    summary: texts.summary,
    symptoms: texts.symptoms,
    steps: texts.steps,
    title: texts.title,
    command: texts.command,
    timeout: texts.timeout,
    seconds: texts.seconds,
    instruction: texts.instruction,
  };
  const parameterWords: Readonly<Record<string, string>> = {
    name: texts.parameterName,
    label: texts.parameterLabel,
    choices: texts.choices,
    usual: texts.usual,
  };
  const [list = '', key, field = ''] = path.split('.');
  if (key === undefined) return words[list] ?? list;
  if (list === 'parameters') {
    const parameter = editor.draft.parameters.find((each) => each.key === key);
    return [
      parameter === undefined || parameter.label === '' ? texts.parameters : parameter.label,
      parameterWords[field] ?? field,
    ].join(', ');
  }
  const at = editor.draft.steps.findIndex((step) => step.key === key);
  return [texts.step(at + 1), words[field] ?? field].join(', ');
}

function Head({ editor, safeRefusal }: { editor: RunbookEditor; safeRefusal: string | undefined }) {
  const { editor: texts } = useUpkeepTexts();
  const { draft } = editor;
  return (
    <>
      <TextInput
        id="runbook-name"
        label={texts.name}
        description={texts.nameHelp}
        value={draft.name}
        error={editor.errorOf('name')}
        onBlur={() => editor.leave('name')}
        onChange={(event) => editor.change({ name: event.currentTarget.value })}
      />
      <Textarea
        id="runbook-summary"
        label={texts.summary}
        description={texts.summaryHelp}
        autosize
        minRows={2}
        maxRows={10}
        value={draft.summary}
        error={editor.errorOf('summary')}
        onChange={(event) => editor.change({ summary: event.currentTarget.value })}
      />
      <Textarea
        id="runbook-symptoms"
        label={texts.symptoms}
        description={texts.symptomsHelp}
        autosize
        minRows={2}
        maxRows={10}
        value={draft.symptoms}
        error={editor.errorOf('symptoms')}
        onBlur={() => editor.leave('symptoms')}
        onChange={(event) => editor.change({ symptoms: event.currentTarget.value })}
      />
      <Checkbox
        label={texts.safe}
        description={safeRefusal ?? texts.safeHelp}
        disabled={safeRefusal !== undefined}
        checked={draft.safe}
        onChange={(event) => editor.change({ safe: event.currentTarget.checked })}
      />
    </>
  );
}

function Steps({ editor }: { editor: RunbookEditor }) {
  const texts = useUpkeepTexts();
  const { steps } = editor.draft;
  const add = (kind: StepKind): void => {
    const step = emptyStep(kind, steps);
    flushSync(() => editor.change({ steps: [...steps, step] }));
    document.getElementById(`runbook-steps.${step.key}.title`)?.focus();
  };
  const error = editor.errorOf('steps');
  return (
    <section className="v-edit-list">
      <h2>{texts.editor.steps}</h2>
      <p className="v-group-help">{texts.editor.moveHint}</p>
      {steps.map((step, at) => (
        <StepEditor
          key={step.key}
          step={step}
          position={at + 1}
          count={steps.length}
          editor={editor}
          onChange={(changed) =>
            editor.change({ steps: steps.map((each) => (each.key === step.key ? { ...each, ...changed } : each)) })
          }
          onMove={(by) => {
            const focused = document.activeElement?.id;
            flushSync(() => editor.change({ steps: moved(steps, step.key, by) }));
            // Moving takes the element out for a moment, and the focus with it.
            if (focused !== undefined && focused !== '') document.getElementById(focused)?.focus();
          }}
          onRemove={() => editor.change({ steps: steps.filter((each) => each.key !== step.key) })}
        />
      ))}
      {error !== undefined && <p className="v-problem-text">{error}</p>}
      <div className="v-edit-add" id="runbook-steps" tabIndex={-1}>
        <span className="v-quiet">{texts.editor.addStep}</span>
        {stepKinds.map((kind) => (
          <ActionButton key={kind} icon={<IconPlus size={14} />} onClick={() => add(kind)}>
            {texts.kinds[kind]}
          </ActionButton>
        ))}
      </div>
    </section>
  );
}

function Parameters({ editor }: { editor: RunbookEditor }) {
  const { editor: texts } = useUpkeepTexts();
  const { parameters } = editor.draft;
  const add = (): void => {
    const parameter = emptyParameter(parameters);
    flushSync(() => editor.change({ parameters: [...parameters, parameter] }));
    document.getElementById(`runbook-parameters.${parameter.key}.name`)?.focus();
  };
  return (
    <section className="v-edit-list">
      <h2>{texts.parameters}</h2>
      <p className="v-group-help">{texts.parametersHelp}</p>
      {parameters.map((parameter) => (
        <ParameterEditor
          key={parameter.key}
          parameter={parameter}
          editor={editor}
          onChange={(changed) =>
            editor.change({
              parameters: parameters.map((each) => (each.key === parameter.key ? { ...each, ...changed } : each)),
            })
          }
          onRemove={() => editor.change({ parameters: parameters.filter((each) => each.key !== parameter.key) })}
        />
      ))}
      <div className="v-edit-add">
        <ActionButton icon={<IconPlus size={14} />} onClick={add}>
          {texts.addParameter}
        </ActionButton>
      </div>
    </section>
  );
}

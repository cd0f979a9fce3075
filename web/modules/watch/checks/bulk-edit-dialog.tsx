import { CloseButton, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { importance } from '#contract/profile.ts';
import type { Check } from '#contract/watch.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FieldInput } from '#web/ui/form/field-input.tsx';
import { fieldsOf, type Field } from '#web/ui/form/fields.ts';
import { asJsonSchema } from '#web/ui/form/json-schema.ts';
import { useUi } from '#web/ui/words.ts';
import { useBulkChange } from './bulk-actions.tsx';
import { askedChange, beginWith, isInterval, settingsOfUse, valuesNow, type ChosenValues } from './bulk-values.ts';
import { useProfileTexts } from '../profiles/profile-texts.ts';
import { useWatchTexts } from '../watch-texts.ts';

interface BulkEditDialogProps {
  readonly checks: readonly Check[];
  readonly kinds: readonly { readonly name: string; readonly settingsSchema: Record<string, unknown> }[];
  readonly onClose: () => void;
}

/** The settings that all the checks have, when they are of one kind. */
function useCommonFields({ checks, kinds }: BulkEditDialogProps): readonly Field[] | undefined {
  const [name, ...others] = new Set(checks.map((check) => check.kind));
  const kind = others.length === 0 ? kinds.find((each) => each.name === name) : undefined;
  return kind === undefined ? undefined : fieldsOf(asJsonSchema(kind.settingsSchema));
}

interface WorthFieldProps {
  readonly checks: readonly Check[];
  readonly worth: string;
  readonly onChange: (worth: string) => void;
}

function WorthField({ checks, worth, onChange }: WorthFieldProps) {
  const { bulk } = useProfileTexts();
  const { settings } = useWatchTexts();
  const now = checks.map((check) => settings.importances[check.importance]);
  return (
    <NativeSelect
      label={settings.importance}
      description={`${settings.importanceHelp} ${bulk.now(valuesNow(now, bulk.several))}`}
      value={worth}
      data={[
        { value: '', label: bulk.leaveOut },
        ...importance.options.map((value) => ({ value, label: settings.importances[value] })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Changes the interval of many checks at once, and settings when all are of one kind; only what is filled in. */
export function BulkEditDialog(props: BulkEditDialogProps) {
  const { checks, onClose } = props;
  const { bulk } = useProfileTexts();
  const { words } = useUi();
  const [interval, setInterval] = useState('');
  const [worth, setWorth] = useState('');
  const [chosen, setChosen] = useState<ChosenValues>({});
  const common = useCommonFields(props);
  const fields = common === undefined ? undefined : settingsOfUse(common, checks, chosen);
  const [tried, setTried] = useState(false);
  const change = useBulkChange();
  const wrong = interval.trim() !== '' && !isInterval(interval);
  const asked = askedChange(interval, fields ?? [], chosen, worth === '' ? undefined : importance.parse(worth));
  const submit = (): void => {
    setTried(true);
    if (asked === undefined || wrong) return;
    const changes = checks.map(({ id }) => ({ id, ...asked }));
    change.mutate({ changes, said: bulk.changed }, { onSuccess: onClose });
  };
  const seconds = checks.map((check) => check.intervalSeconds);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={<strong>{bulk.title(checks.length)}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
    >
      <form
        className="v-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className="v-form-lead">{bulk.lead}</p>
        <TextInput
          label={bulk.interval}
          description={`${bulk.intervalHelp} ${bulk.now(valuesNow(seconds, bulk.several))}`}
          inputMode="decimal"
          classNames={{ input: 'v-short' }}
          value={interval}
          data-autofocus=""
          error={wrong ? bulk.wrongInterval : undefined}
          onChange={(event) => setInterval(event.currentTarget.value)}
        />
        <WorthField checks={checks} worth={worth} onChange={setWorth} />
        {fields === undefined ? (
          <p className="v-quiet">{bulk.sameKind}</p>
        ) : (
          <ChosenFields {...{ fields, checks, chosen, setChosen }} />
        )}
        {tried && asked === undefined && <p className="v-problem-text">{bulk.nothing}</p>}
        {change.error !== null && (
          <p className="v-problem-text" role="alert">
            {sentenceOf(change.error).text}
          </p>
        )}
        <div className="v-form-end">
          <ActionButton main submit busy={change.isPending}>
            {bulk.submit}
          </ActionButton>
          <ActionButton onClick={onClose}>{words.actions.cancel}</ActionButton>
        </div>
      </form>
    </Modal>
  );
}

interface ChosenFieldsProps {
  readonly fields: readonly Field[];
  readonly checks: readonly Check[];
  readonly chosen: ChosenValues;
  readonly setChosen: (chosen: ChosenValues) => void;
}

/** One field for each setting that was chosen, and the choice of one more. */
function ChosenFields({ fields, checks, chosen, setChosen }: ChosenFieldsProps) {
  const { bulk } = useProfileTexts();
  const id = useId();
  const open = fields.filter(({ path }) => !Object.hasOwn(chosen, path));
  const now = (field: Field): string =>
    valuesNow(
      checks.map(({ settings }) => settings[field.name]),
      bulk.several,
    );
  return (
    <>
      {fields
        .filter(({ path }) => Object.hasOwn(chosen, path))
        .map((field) => (
          <div key={field.path} className="v-bulk-field">
            <FieldInput
              id={`${id}${field.path}`}
              field={field}
              text={{
                label: field.schema.title ?? field.name,
                help: [field.schema.description, bulk.now(now(field))].filter(Boolean).join(' '),
                choices: Object.fromEntries(
                  (field.schema.oneOf ?? []).map((each) => [String(each.const), each.title ?? String(each.const)]),
                ),
              }}
              value={chosen[field.path] ?? ''}
              error={undefined}
              onChange={(value) => setChosen({ ...chosen, [field.path]: value })}
              onLeave={() => undefined}
            />
            <CloseButton
              aria-label={bulk.leaveOut}
              onClick={() =>
                setChosen(Object.fromEntries(Object.entries(chosen).filter(([path]) => path !== field.path)))
              }
            />
          </div>
        ))}
      {open.length > 0 && (
        <NativeSelect
          aria-label={bulk.choose}
          value=""
          data={[
            { value: '', label: bulk.choose },
            ...open.map((field) => ({ value: field.path, label: field.schema.title ?? field.name })),
          ]}
          onChange={(event) => {
            const field = open.find(({ path }) => path === event.currentTarget.value);
            if (field !== undefined) setChosen({ ...chosen, [field.path]: beginWith(field, checks) });
          }}
        />
      )}
    </>
  );
}

import { Drawer, MultiSelect, NativeSelect, NumberInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { WidgetContent } from '#contract/dashboard.ts';
import { state } from '#contract/alert.ts';
import { useUi } from '#web/ui/words.ts';
import { compareSeconds, isCompare, isPeriod, periodWords } from '../measurements/chart-period.ts';
import { useMeasurementTexts } from '../measurements/measurement-texts.ts';
import { checksQuery } from '../watch-queries.ts';
import { measureNamesQuery } from './dashboard-queries.ts';
import { SeriesPicker } from './series-picker.tsx';

type Of<Kind extends WidgetContent['kind']> = Extract<WidgetContent, { kind: Kind }>;

interface SettingsProps<Content> {
  content: Content;
  onChange: (content: Content) => void;
}

/** The settings of a widget, at the side: what is changed is seen at once. */
export function WidgetSettings({ content, onChange, onClose }: SettingsProps<WidgetContent> & { onClose: () => void }) {
  const { fields, widgets, dashboards } = useMeasurementTexts();
  const { words } = useUi();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={380}
      title={<strong>{dashboards.settingsOf(widgets[content.kind])}</strong>}
      closeButtonProps={{ 'aria-label': words.actions.close }}
      overlayProps={{ backgroundOpacity: 0.12 }}
    >
      <div className="v-form">
        <TextInput
          label={fields.title}
          description={fields.titleHelp}
          maxLength={100}
          value={content.title}
          onChange={(event) => onChange({ ...content, title: event.currentTarget.value })}
        />
        <OwnFields content={content} onChange={onChange} />
      </div>
    </Drawer>
  );
}

function OwnFields({ content, onChange }: SettingsProps<WidgetContent>) {
  const { fields } = useMeasurementTexts();
  switch (content.kind) {
    case 'chart':
      return <ChartFields content={content} onChange={onChange} />;
    case 'value':
      return <ValueFields content={content} onChange={onChange} />;
    case 'states':
      return <StatesFields content={content} onChange={onChange} />;
    case 'availability':
      return <AvailabilityFields content={content} onChange={onChange} />;
    case 'incidents':
      return <LimitField most={50} content={content} onChange={onChange} />;
    case 'top':
      return <TopFields content={content} onChange={onChange} />;
    case 'text':
      return (
        <Textarea
          label={fields.text}
          autosize
          minRows={6}
          maxLength={5_000}
          value={content.text}
          onChange={(event) => onChange({ ...content, text: event.currentTarget.value })}
        />
      );
    case 'clock':
      return (
        <TextInput
          label={fields.zone}
          description={fields.zoneHelp}
          maxLength={60}
          value={content.zone}
          onChange={(event) => onChange({ ...content, zone: event.currentTarget.value })}
        />
      );
    default:
      return null;
  }
}

function ChartFields({ content, onChange }: SettingsProps<Of<'chart'>>) {
  const { fields, period, show } = useMeasurementTexts();
  const compares = Object.keys(compareSeconds).filter(isCompare);
  return (
    <>
      <SeriesPicker
        label={fields.series}
        ids={content.series}
        most={20}
        onChange={(series) => onChange({ ...content, series: [...series] })}
      />
      <NativeSelect
        label={fields.period}
        value={content.period}
        data={periodWords.map((value) => ({ value, label: period.words[value] }))}
        onChange={({ currentTarget: { value } }) => isPeriod(value) && onChange({ ...content, period: value })}
      />
      <NativeSelect
        label={fields.compare}
        value={content.compare}
        data={compares.map((value) => ({ value, label: show.compares[value] }))}
        onChange={({ currentTarget: { value } }) => isCompare(value) && onChange({ ...content, compare: value })}
      />
      <Switch
        label={fields.band}
        checked={content.band}
        onChange={(event) => onChange({ ...content, band: event.currentTarget.checked })}
      />
      <Switch
        label={fields.percentile}
        checked={content.percentile}
        onChange={(event) => onChange({ ...content, percentile: event.currentTarget.checked })}
      />
    </>
  );
}

function limitOf(typed: string | number): number | null {
  return typeof typed === 'number' && Number.isFinite(typed) ? typed : null;
}

function ValueFields({ content, onChange }: SettingsProps<Of<'value'>>) {
  const { fields } = useMeasurementTexts();
  return (
    <>
      <SeriesPicker
        label={fields.oneSeries}
        ids={content.series === null ? [] : [content.series]}
        most={1}
        onChange={(ids) => onChange({ ...content, series: ids[0] ?? null })}
      />
      <NativeSelect
        label={fields.bad}
        value={content.bad}
        data={(['above', 'below'] as const).map((value) => ({ value, label: fields.bads[value] }))}
        onChange={(event) => onChange({ ...content, bad: event.currentTarget.value === 'below' ? 'below' : 'above' })}
      />
      <NumberInput
        label={fields.degraded}
        value={content.degraded ?? ''}
        onChange={(typed) => onChange({ ...content, degraded: limitOf(typed) })}
      />
      <NumberInput
        label={fields.down}
        value={content.down ?? ''}
        onChange={(typed) => onChange({ ...content, down: limitOf(typed) })}
      />
    </>
  );
}

function LimitField<Content extends Of<'states'> | Of<'incidents'> | Of<'top'>>({
  content,
  onChange,
  most,
}: SettingsProps<Content> & { most: number }) {
  const { fields } = useMeasurementTexts();
  return (
    <NumberInput
      label={fields.limit}
      min={1}
      max={most}
      allowDecimal={false}
      clampBehavior="strict"
      value={content.limit}
      onChange={(typed) => onChange({ ...content, limit: Math.max(1, limitOf(typed) ?? 1) })}
    />
  );
}

function StatesFields({ content, onChange }: SettingsProps<Of<'states'>>) {
  const { fields } = useMeasurementTexts();
  const { words } = useUi();
  return (
    <>
      <TextInput
        label={fields.search}
        maxLength={100}
        value={content.search}
        onChange={(event) => onChange({ ...content, search: event.currentTarget.value })}
      />
      <MultiSelect
        label={fields.states}
        data={state.options.map((value) => ({ value, label: words.states[value] }))}
        value={content.states}
        onChange={(chosen) => onChange({ ...content, states: state.options.filter((each) => chosen.includes(each)) })}
      />
      <LimitField most={100} content={content} onChange={onChange} />
    </>
  );
}

function AvailabilityFields({ content, onChange }: SettingsProps<Of<'availability'>>) {
  const { fields } = useMeasurementTexts();
  const checks = useQuery(checksQuery()).data?.items ?? [];
  return (
    <>
      <MultiSelect
        label={fields.checks}
        searchable
        limit={50}
        maxValues={20}
        data={checks.map(({ id, name, target }) => ({ value: id, label: `${target.name} – ${name}` }))}
        value={content.checks}
        onChange={(chosen) => onChange({ ...content, checks: chosen })}
      />
      <NumberInput
        label={fields.days}
        min={1}
        max={366}
        allowDecimal={false}
        clampBehavior="strict"
        value={content.days}
        onChange={(typed) => onChange({ ...content, days: Math.max(1, limitOf(typed) ?? 30) })}
      />
    </>
  );
}

function TopFields({ content, onChange }: SettingsProps<Of<'top'>>) {
  const { fields } = useMeasurementTexts();
  const names = useQuery(measureNamesQuery()).data?.items ?? [];
  return (
    <>
      <NativeSelect
        label={fields.measure}
        value={`${content.checkKind} ${content.name}`}
        data={[
          { value: ' ', label: fields.none },
          ...names.map(({ kind, name, label, checks }) => ({
            value: `${kind} ${name}`,
            label: `${label} (${kind}, ${checks})`,
          })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          const [checkKind = '', name = ''] = value.split(' ');
          onChange({ ...content, checkKind, name });
        }}
      />
      <NativeSelect
        label={fields.order}
        value={content.order}
        data={(['highest', 'lowest'] as const).map((value) => ({ value, label: fields.orders[value] }))}
        onChange={(event) =>
          onChange({ ...content, order: event.currentTarget.value === 'lowest' ? 'lowest' : 'highest' })
        }
      />
      <LimitField most={50} content={content} onChange={onChange} />
    </>
  );
}

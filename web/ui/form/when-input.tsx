import { TextInput } from '@mantine/core';

interface WhenInputProps {
  readonly label: string;
  readonly bare?: boolean;
  readonly size?: 'xs' | 'sm';
  /** Takes the focus as it comes: for an editor that somebody has just asked for. */
  readonly focused?: boolean;
  readonly error?: string | undefined;
  readonly description?: string;
  readonly disabled?: boolean;
  /** ISO 8601, or null for none. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

/** The moment as the browser's own field wants it: local, without a zone. */
function localMoment(iso: string | null): string {
  if (iso === null) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** A date and a time of day in the reader's zone, by the browser's own field: keys, wheel and calendar are its. */
export function WhenInput({ label, bare = false, value, onChange, ...looks }: WhenInputProps) {
  const { focused = false, ...rest } = looks;
  return (
    <TextInput
      {...rest}
      {...(bare ? { 'aria-label': label } : { label })}
      {...(focused ? { autoFocus: true, 'data-autofocus': '' } : {})}
      type="datetime-local"
      value={localMoment(value)}
      onChange={(event) => {
        const { value: typed } = event.currentTarget;
        const at = new Date(typed);
        onChange(typed === '' || Number.isNaN(at.getTime()) ? null : at.toISOString());
      }}
    />
  );
}

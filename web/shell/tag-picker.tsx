import { TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from './api.ts';

interface TagPickerProps {
  readonly label: string;
  readonly description?: string;
  readonly value: readonly string[];
  readonly most?: number;
  readonly error?: string | undefined;
  readonly onChange: (tags: string[]) => void;
}

/** Tags of the estate: those that things carry are offered, others can be typed. */
export function TagPicker({ label, description, value, most = 20, error, onChange }: TagPickerProps) {
  const { data } = useQuery(api.estate.tags.list.queryOptions({ input: {} }));
  const offered = data?.items.map(({ tag }) => tag) ?? [];
  return (
    <TagsInput
      label={label}
      {...(description === undefined ? {} : { description })}
      value={[...value]}
      data={offered}
      maxTags={most}
      error={error}
      splitChars={[',', ' ', ';']}
      acceptValueOnBlur
      clearable
      onChange={(tags) => onChange(tags.map((tag) => tag.trim().toLowerCase()))}
    />
  );
}

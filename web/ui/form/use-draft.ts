import { useState } from 'react';
import { leavesOf, type Field, type FormValues } from './fields.ts';

/** What was typed and not yet sent outlives leaving the page, within this tab. Secrets are never written down. */
export interface Draft {
  restored: FormValues | undefined;
  keep: (values: FormValues) => void;
  drop: () => void;
}

function readDraft(key: string, fields: readonly Field[]): FormValues | undefined {
  try {
    const parsed: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const known = new Set(leavesOf(fields).map((field) => field.path));
    return Object.fromEntries(
      Object.entries(parsed).filter(
        ([path, value]) => known.has(path) && (typeof value === 'string' || typeof value === 'boolean'),
      ),
    );
  } catch {
    return undefined;
  }
}

/** The draft of one form; without a name nothing is kept. */
export function useDraft(name: string | undefined, fields: readonly Field[]): Draft {
  const key = `vigie.draft.${name ?? ''}`;
  const [restored, setRestored] = useState(() => (name === undefined ? undefined : readDraft(key, fields)));
  return {
    restored,
    keep: (values) => {
      if (name === undefined) return;
      const secrets = new Set(leavesOf(fields).flatMap((field) => (field.kind === 'secret' ? [field.path] : [])));
      const open = Object.entries(values).filter(([path]) => !secrets.has(path));
      try {
        sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(open)));
      } catch {
        // A browser that refuses storage loses drafts, nothing else.
      }
    },
    drop: () => {
      setRestored(undefined);
      try {
        sessionStorage.removeItem(key);
      } catch {
        // As above.
      }
    },
  };
}

import { useState } from 'react';

function read(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // A browser that refuses storage loses drafts, nothing else.
  }
}

interface KeptText {
  text: string;
  /** True when it was typed before leaving the page. */
  restored: boolean;
  change: (text: string) => void;
  /** Forgets it, once it is sent. */
  drop: () => void;
}

/** A text being typed that outlives leaving the page, within this tab. `name` says whose it is. */
export function useKeptText(name: string, usual = ''): KeptText {
  const key = `vigie.text.${name}`;
  const [held, setHeld] = useState(() => ({ key, text: read(key), restored: read(key) !== undefined }));
  // Another thing's page in the same place: its own draft.
  if (held.key !== key) setHeld({ key, text: read(key), restored: read(key) !== undefined });
  return {
    text: held.text ?? usual,
    restored: held.restored,
    change: (text) => {
      setHeld({ key, text, restored: false });
      write(key, text);
    },
    drop: () => {
      setHeld({ key, text: undefined, restored: false });
      write(key, '');
    },
  };
}

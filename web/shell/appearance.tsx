import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useKept } from '../ui/kept.ts';
import { cssVariables, theme } from '../ui/theme.ts';

const schemes = localStorageColorSchemeManager({ key: 'vigie.scheme' });

/** Theme (light, dark, as the system) and text size, kept in this browser. public/first.js sets both before the first paint. */
export function Appearance({ children }: { children: ReactNode }) {
  const [text] = useKept('text', 'small');
  useEffect(() => {
    document.documentElement.dataset['text'] = text;
  }, [text]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
    >
      {children}
    </MantineProvider>
  );
}

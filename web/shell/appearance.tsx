import { localStorageColorSchemeManager, MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { useEffect, useMemo, type ReactNode } from 'react';
import { useKept } from '../ui/kept.ts';
import { cssVariables, theme } from '../ui/theme.ts';
import { useUi } from '../ui/words.ts';

const schemes = localStorageColorSchemeManager({ key: 'vigie.scheme' });

/** Theme (light, dark, as the system) and text size, kept in this browser. public/first.js sets both before the first paint. */
export function Appearance({ children }: { children: ReactNode }) {
  const [text] = useKept('text', 'small');
  useEffect(() => {
    document.documentElement.dataset['text'] = text;
  }, [text]);
  const spoken = useSpokenTheme();
  return (
    <MantineProvider
      theme={spoken}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
    >
      {children}
    </MantineProvider>
  );
}

/** A notification's cross is a picture: it needs a name, in the reader's language. */
function useSpokenTheme() {
  const { words } = useUi();
  return useMemo(() => {
    const defaultProps = { closeButtonProps: { 'aria-label': words.actions.close } };
    return mergeThemeOverrides(theme, { components: { Notification: { defaultProps } } });
  }, [words]);
}

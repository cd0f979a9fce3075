import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useKeys } from '../ui/keys.ts';
import { openPalette } from '../ui/palette.tsx';
import type { ModuleFace } from './module-face.ts';
import { useShellTexts } from './shell-texts.ts';
import { useAllCommands } from './use-all-commands.ts';
import { useSwitchLanguage } from './switch-language.ts';

/** `/` goes to the filter of the list at hand; where there is none, the palette searches everything. */
function search(): void {
  const field = document.querySelector('input[data-search]');
  if (!(field instanceof HTMLInputElement)) return openPalette();
  field.focus();
  field.select();
  return undefined;
}

/** The keys that work everywhere. */
export function FrameKeys({ modules, onHelp }: { modules: readonly ModuleFace[]; onHelp: () => void }) {
  const texts = useShellTexts();
  const navigate = useNavigate();
  const switchLanguage = useSwitchLanguage();
  const { toggleColorScheme } = useMantineColorScheme();
  const commands = useAllCommands(modules);
  useKeys(
    texts.help.everywhere,
    [
      ...modules.map((module) => ({
        keys: `g ${module.letter}`,
        label: texts.help.goTo(texts.modules[module.name]),
        run: () => void navigate(module.to),
      })),
      ...commands.flatMap(({ keys, label, to }) =>
        keys === undefined ? [] : [{ keys, label, run: () => void navigate(to) }],
      ),
      { keys: 'mod+k', label: texts.help.palette, inFields: true, run: openPalette },
      { keys: '/', label: texts.help.search, run: search },
      { keys: '?', label: texts.help.help, run: onHelp },
      { keys: 'g .', label: texts.help.theme, run: toggleColorScheme },
      { keys: 'g ,', label: texts.help.language, run: switchLanguage },
    ],
    'frame',
  );
  return null;
}

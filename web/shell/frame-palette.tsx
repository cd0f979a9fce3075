import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Palette, type PaletteEntry } from '../ui/palette.tsx';
import { folded } from '../ui/list/column.ts';
import type { ModuleCommand, ModuleFace } from './module-face.ts';
import { queryClient } from './query-client.ts';
import { useAllCommands } from './use-all-commands.ts';
import { useShellTexts } from './shell-texts.ts';

/** What carries the word in its own name comes before what is only found through it. */
function bestFirst(things: readonly ModuleCommand[], query: string): readonly ModuleCommand[] {
  const wanted = folded(query);
  const distance = (thing: ModuleCommand): number => {
    const at = folded(thing.label).indexOf(wanted);
    return at < 0 ? Number.POSITIVE_INFINITY : at * 1000 + thing.label.length;
  };
  return things.toSorted((a, b) => Math.sign(distance(a) - distance(b)) || 0);
}

/** The palette with the modules, their commands, and what the server finds. */
export function FramePalette({ modules }: { modules: readonly ModuleFace[] }) {
  const texts = useShellTexts();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query.trim(), 160);
  const commands = useAllCommands(modules);
  const found = useQuery({
    queryKey: ['palette', asked],
    enabled: asked.length >= 2,
    queryFn: async () => {
      const answers = await Promise.allSettled(modules.map(async (module) => module.find?.(asked, queryClient) ?? []));
      return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [...answer.value] : []));
    },
  });
  const entries: PaletteEntry[] = [
    ...modules.map((module) => ({
      id: `module ${module.name}`,
      group: texts.palette.goTo,
      label: texts.modules[module.name],
      icon: <module.icon size={18} stroke={1.6} />,
      keys: `g ${module.letter}`,
      words: [module.name],
      run: () => void navigate(module.to),
    })),
    ...commands.map((command) => ({
      ...command,
      group: texts.palette.act,
      run: () => void navigate(command.to),
    })),
    ...bestFirst(found.data ?? [], asked).map((thing) => ({
      ...thing,
      group: texts.palette.things,
      // The server judged that it fits; the palette's own filter must not judge again.
      words: [...(thing.words ?? []), query],
      run: () => void navigate(thing.to),
    })),
  ];
  return <Palette entries={entries} onQuery={setQuery} />;
}

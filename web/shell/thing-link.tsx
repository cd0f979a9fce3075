import { IconMapPin, IconServer, IconStack2 } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { NamedThing } from '#contract/words.ts';
import { Chip } from '../ui/chip.tsx';
import { paths } from '../paths.ts';

/** What stands for a site, a host or a service everywhere. */
export const thingIcons = { site: IconMapPin, host: IconServer, service: IconStack2 } as const;

/** Something of the estate by its name, leading to its page. */
export function ThingLink({ thing }: { thing: NamedThing }) {
  return (
    <Link className="v-link" to={paths.thing(thing)}>
      {thing.name}
    </Link>
  );
}

/** The same as a chip. */
export function ThingChip({ thing }: { thing: NamedThing }) {
  const Icon = thingIcons[thing.kind];
  return (
    <Chip to={paths.thing(thing)} icon={<Icon size={13} stroke={1.7} aria-hidden="true" />}>
      {thing.name}
    </Chip>
  );
}

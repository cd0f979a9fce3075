import { ActionIcon, Select } from '@mantine/core';
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { NamedThing, ThingRef } from '#contract/words.ts';
import { Section } from '#web/ui/section.tsx';
import { api } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ThingChip } from '#web/shell/thing-link.tsx';
import { DependencyDialog } from './dependency-dialog.tsx';
import { dependenciesQuery, hostsQuery, servicesQuery, sitesQuery } from './estate-queries.ts';
import { useEstateTexts } from './estate-texts.ts';
import './estate.css';

const renew = (): void => void queryClient.invalidateQueries({ queryKey: api.estate.dependencies.key() });

/** What a thing depends on, and what depends on it; both can be added and removed in place. */
export function ThingLinks({ thing }: { thing: NamedThing }) {
  const texts = useEstateTexts();
  const { data } = useSuspenseQuery(dependenciesQuery({ kind: thing.kind, id: thing.id }));
  const [wanted, setWanted] = useState<{ dependent: ThingRef; on: ThingRef }>();
  const below = data.items.filter((link) => link.dependent.id === thing.id).map((link) => link.on);
  const above = data.items.filter((link) => link.on.id === thing.id).map((link) => link.dependent);
  const ref: ThingRef = { kind: thing.kind, id: thing.id };
  return (
    <>
      <LinkList
        title={texts.dependsOn}
        none={texts.dependsOnNothing}
        things={below}
        addLabel={texts.addDependency}
        without={[thing, ...below]}
        onAdd={(on) => setWanted({ dependent: ref, on })}
        toLink={(on) => ({ dependent: ref, on })}
      />
      <LinkList
        title={texts.neededBy}
        none={texts.neededByNothing}
        things={above}
        addLabel={texts.addDependent}
        without={[thing, ...above]}
        onAdd={(dependent) => setWanted({ dependent, on: ref })}
        toLink={(dependent) => ({ dependent, on: ref })}
      />
      {wanted !== undefined && <DependencyDialog wanted={wanted} onClose={() => setWanted(undefined)} />}
    </>
  );
}

interface LinkListProps {
  title: string;
  none: string;
  things: readonly NamedThing[];
  addLabel: string;
  without: readonly NamedThing[];
  onAdd: (thing: ThingRef) => void;
  toLink: (thing: ThingRef) => { dependent: ThingRef; on: ThingRef };
}

function LinkList({ title, none, things, addLabel, without, onAdd, toLink }: LinkListProps) {
  const texts = useEstateTexts();
  const refusal = useRefusal('estate.write');
  const remove = useMutation(api.estate.dependencies.remove.mutationOptions({ onSuccess: renew }));
  return (
    <Section title={title}>
      {things.length === 0 && <p className="v-quiet v-estate-none">{none}</p>}
      <ul className="v-estate-links">
        {things.map((thing) => (
          <li key={thing.id}>
            <ThingChip thing={thing} />
            {refusal === undefined && !isGiven(toLink({ kind: thing.kind, id: thing.id })) && (
              <ActionIcon
                size={22}
                aria-label={texts.drop(thing.name)}
                title={texts.drop(thing.name)}
                onClick={() => remove.mutate(toLink({ kind: thing.kind, id: thing.id }))}
              >
                <IconX size={13} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {refusal === undefined && <ThingPicker label={addLabel} without={without} onPick={onAdd} />}
    </Section>
  );
}

interface ThingPickerProps {
  label: string;
  without: readonly NamedThing[];
  onPick: (thing: ThingRef) => void;
}

/** A host depends on its site because it stands there: that is changed at the host, not here. */
function isGiven({ dependent, on }: { dependent: ThingRef; on: ThingRef }): boolean {
  return dependent.kind === 'host' && on.kind === 'site';
}

/** Finds any thing of the estate by a few letters. */
function ThingPicker({ label, without, onPick }: ThingPickerProps) {
  const texts = useEstateTexts();
  const services = useQuery(servicesQuery());
  const hosts = useQuery(hostsQuery());
  const sites = useQuery(sitesQuery());
  const taken = new Set(without.map((thing) => thing.id));
  const group = (kind: ThingRef['kind'], title: string, things: readonly { id: string; name: string }[] = []) => ({
    group: title,
    items: things
      .filter((thing) => !taken.has(thing.id))
      .map((thing) => ({ value: `${kind} ${thing.id}`, label: thing.name })),
  });
  return (
    <Select
      size="xs"
      className="v-estate-picker"
      aria-label={label}
      placeholder={label}
      searchable
      limit={40}
      value={null}
      data={[
        group('service', texts.services, services.data),
        group('host', texts.hosts, hosts.data),
        group('site', texts.sites, sites.data),
      ]}
      onChange={(value) => {
        const [kind, id] = value?.split(' ') ?? [];
        if (id !== undefined && (kind === 'site' || kind === 'host' || kind === 'service')) onPick({ kind, id });
      }}
    />
  );
}

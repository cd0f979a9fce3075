import { NativeSelect } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { IconX } from '@tabler/icons-react';
import type { NamedTarget, Target } from '#contract/notify-routes.ts';
import { channelsQuery, personsQuery, policiesQuery, rotasQuery, teamsQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import './notify.css';

const kinds = ['rota', 'policy', 'team', 'person', 'channel'] as const;

/** Everybody that may be named, by kind. */
function useTargets(withPolicies: boolean): readonly NamedTarget[] {
  const policies = useSuspenseQuery(policiesQuery).data.items;
  const all = {
    channel: useSuspenseQuery(channelsQuery).data.items,
    person: useSuspenseQuery(personsQuery).data.filter(({ active, role }) => active && role !== 'requester'),
    team: useSuspenseQuery(teamsQuery).data.items,
    rota: useSuspenseQuery(rotasQuery).data.items,
    policy: withPolicies ? policies : [],
  };
  return kinds.flatMap((kind) => all[kind].map(({ id, name }) => ({ kind, id, name })));
}

function keyOf({ kind, id }: { kind: string; id: string }): string {
  return `${kind} ${id}`;
}

interface ChosenProps<Thing extends { kind: string; id: string; name: string }> {
  label: string;
  help?: string;
  addLabel: string;
  chosen: readonly { kind: string; id: string }[];
  offered: readonly Thing[];
  kindName: (kind: Thing['kind']) => string;
  goneName: string;
  error?: string | undefined;
  onChange: (chosen: Thing[]) => void;
}

/** Some of many named things: what is chosen as chips, the rest to add. */
export function ThingChooser<Thing extends { kind: string; id: string; name: string }>(props: ChosenProps<Thing>) {
  const { label, help, addLabel, chosen, offered, kindName, goneName, error, onChange } = props;
  const isChosen = new Set(chosen.map(keyOf));
  const kept = offered.filter((each) => isChosen.has(keyOf(each)));
  const groups = Map.groupBy(
    offered.filter((each) => !isChosen.has(keyOf(each))),
    ({ kind }) => kind,
  );
  return (
    <div className="v-chooser">
      <span className="v-chooser-label">{label}</span>
      {chosen.length > 0 && (
        <ul className="v-chooser-chips">
          {chosen.map((one) => {
            const known = offered.find((each) => keyOf(each) === keyOf(one));
            const name = known === undefined ? goneName : known.name;
            return (
              <li key={keyOf(one)}>
                {known !== undefined && <span className="v-quiet">{kindName(known.kind)}</span>} {name}
                <button
                  type="button"
                  aria-label={`${name} ×`}
                  onClick={() => onChange(kept.filter((each) => keyOf(each) !== keyOf(one)))}
                >
                  <IconX size={12} />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <NativeSelect
        aria-label={label}
        value=""
        error={error}
        {...(help === undefined ? {} : { description: help })}
        onChange={(event) => {
          const added = offered.find((each) => keyOf(each) === event.currentTarget.value);
          if (added !== undefined) onChange([...kept, added]);
        }}
        data={[
          { value: '', label: addLabel },
          ...[...groups].map(([kind, items]) => ({
            group: kindName(kind),
            items: items.map((each) => ({ value: keyOf(each), label: each.name })),
          })),
        ]}
      />
    </div>
  );
}

interface TargetPickerProps {
  label: string;
  help?: string;
  chosen: readonly Target[];
  withPolicies: boolean;
  error?: string | undefined;
  onChange: (chosen: Target[]) => void;
}

/** Whom a route or a policy's step tells. */
export function TargetPicker({ withPolicies, onChange, ...props }: TargetPickerProps) {
  const { routes: texts } = useNotifyTexts();
  const offered = useTargets(withPolicies);
  return (
    <ThingChooser
      {...props}
      offered={offered}
      addLabel={texts.addTarget}
      goneName={texts.gone}
      kindName={(kind) => texts.kinds[kind]}
      onChange={(chosen) => onChange(chosen.map(({ kind, id }) => ({ kind, id })))}
    />
  );
}

import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Host } from '#contract/estate.ts';
import { paths } from '#web/paths.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { accessQuery } from './upkeep-queries.ts';
import './upkeep.css';

interface HostChoiceProps {
  hosts: readonly Host[];
  value: string;
  onChange: (id: string) => void;
  error: string | undefined;
}

/** Chooses the host, and says at once when Vigie cannot sign in on it. */
export function HostChoice({ hosts, value, onChange, error }: HostChoiceProps) {
  const { propose: texts } = useUpkeepTexts();
  const access = useQuery({ ...accessQuery(value), enabled: value !== '' });
  const host = hosts.find((each) => each.id === value);
  return (
    <div>
      <NativeSelect
        label={texts.host}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={[
          ...(host === undefined ? [{ value: '', label: texts.chooseHost }] : []),
          ...hosts
            .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
            .map((each) => ({ value: each.id, label: `${each.name} (${each.address})` })),
        ]}
      />
      {host !== undefined && access.data === null && (
        <p className="v-propose-access">
          {texts.noAccess(host.name)}{' '}
          <Link className="v-link" to={paths.hostAccess(host.id)}>
            {texts.giveAccess}
          </Link>
        </p>
      )}
    </div>
  );
}

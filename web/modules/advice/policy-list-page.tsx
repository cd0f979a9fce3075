import { useSuspenseQuery } from '@tanstack/react-query';
import type { ToldPolicy } from '#contract/advice-anomalies.ts';
import { paths } from '#web/paths.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { policiesQuery } from './advice-queries.ts';
import { useAdviceTexts } from './advice-texts.ts';
import { PolicyEditor, useKindNames, wordOf } from './policy-editor.tsx';
import { useSections } from './use-sections.ts';
import './advice.css';

function hrefOf(policy: ToldPolicy): string {
  if (policy.scope === 'all') return paths.anomalyPolicies();
  return `${paths.anomalyPolicies()}?for=${encodeURIComponent(wordOf(policy))}`;
}

/** How anomalies are judged: for all, and what differs by kind, profile and check. */
export function PolicyListPage() {
  const { policies: texts } = useAdviceTexts();
  const { columns } = texts;
  const { items } = useSuspenseQuery(policiesQuery).data;
  const kinds = useKindNames();
  const nameOf = ({ scope, key, name }: ToldPolicy): string => (scope === 'kind' ? (kinds.get(key) ?? name) : name);
  const shown: readonly Column<ToldPolicy>[] = [
    { name: 'name', title: columns.name, value: nameOf, width: 'minmax(140px, 2fr)' },
    { name: 'scope', title: columns.scope, value: (row) => texts.scopes[row.scope], width: '90px' },
    {
      name: 'mode',
      title: columns.mode,
      value: (row) => texts.modes[row.mode],
      width: 'minmax(140px, 1.6fr)',
      onPhone: true,
    },
    {
      name: 'learning',
      title: columns.learning,
      value: (row) => row.learningHours,
      cell: (row) => texts.hours(row.learningHours),
      align: 'end',
      width: '110px',
    },
    {
      name: 'share',
      title: columns.share,
      value: (row) => row.leastShare,
      cell: (row) => `${Math.round(row.leastShare * 1_000) / 10} %`,
      align: 'end',
      width: '130px',
    },
    { name: 'by', title: columns.by, value: (row) => row.changedBy, width: '130px' },
  ];
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="anomaly-policies"
        title={texts.title}
        neighbours={useSections()}
        columns={shown}
        rows={items}
        idOf={(row) => `${row.scope} ${row.key}`}
        nameOf={nameOf}
        hrefOf={hrefOf}
        below={<PolicyEditor policies={items} />}
        empty={<EmptyState title={texts.title}>{texts.lead}</EmptyState>}
      />
    </>
  );
}

import type { KindTexts } from '#probe/check-kind.ts';
import type { CompositeSettings } from './settings.ts';

export type CompositeReasons = {
  outside: Record<string, never>;
  empty: Record<string, never>;
  tooMany: { most: number };
  unsure: { good: number; all: number; unknown: number };
  allGood: { all: number };
  someBad: { good: number; all: number; names: string; more: number };
};

const en: KindTexts<CompositeSettings, CompositeReasons> = {
  name: 'Composite',
  description: 'Weighs other checks together: all of them, any of them, at least so many, or by weight.',
  fields: {
    mode: {
      label: 'Well when',
      help: 'How the members are weighed. Degraded ones count as working.',
      options: {
        all: 'all of them work',
        any: 'one of them works',
        atLeast: 'at least so many work',
        weighted: 'enough of the weight works',
      },
    },
    members: {
      label: 'Checks',
      help: 'Ids of the checks it is made of; with *3 behind it a check weighs three times as much.',
    },
    kind: { label: 'All checks of the kind', help: 'Such as http. Together with a name both must fit.' },
    named: { label: 'All checks named', help: 'Part of the name of a check or of what it is on.' },
    least: { label: 'At least', help: 'So many must work, when they are counted.' },
    upPercent: { label: 'Up from (%)', help: 'Share of the weight from which it is up, when they are weighed.' },
    downPercent: { label: 'Down below (%)', help: 'Share of the weight below which it is down.' },
    warnWithoutReserve: {
      label: 'Warn without a reserve',
      help: 'Degraded when no further member may fail.',
    },
  },
  metrics: { good: 'Members that work', share: 'Share that works' },
  reasons: {
    outside: () => 'Other checks cannot be seen from here.',
    empty: () => 'It has no member: name checks, or a kind or a name that some have.',
    tooMany: ({ most }) =>
      `More than ${most.toLocaleString('en')} checks fit: make several composites of them, and one of those.`,
    unsure: ({ good, all, unknown }) =>
      `${good} of ${all} work; of ${unknown} it is not known, and it depends on ${unknown === 1 ? 'it' : 'them'}.`,
    allGood: ({ all }) => (all === 1 ? 'The one member works.' : `All ${all} members work.`),
    someBad: ({ good, all, names, more }) =>
      `${good} of ${all} work. Not well: ${names}${more === 0 ? '' : ` and ${more} more`}.`,
  },
};

const fr: KindTexts<CompositeSettings, CompositeReasons> = {
  name: 'Composé',
  description: 'Pèse d’autres contrôles ensemble : tous, un seul, au moins tant, ou selon leur poids.',
  fields: {
    mode: {
      label: 'En service quand',
      help: 'Comment les membres sont pesés. Ceux qui sont dégradés comptent comme en marche.',
      options: {
        all: 'tous marchent',
        any: 'l’un d’eux marche',
        atLeast: 'au moins tant marchent',
        weighted: 'assez de poids marche',
      },
    },
    members: {
      label: 'Contrôles',
      help: 'Identifiants des contrôles qui le composent ; suivi de *3, un contrôle pèse trois fois plus.',
    },
    kind: { label: 'Tous les contrôles du genre', help: 'Par exemple http. Avec un nom, les deux doivent convenir.' },
    named: { label: 'Tous les contrôles nommés', help: 'Une partie du nom d’un contrôle ou de ce qu’il regarde.' },
    least: { label: 'Au moins', help: 'Tant doivent marcher, lorsqu’ils sont comptés.' },
    upPercent: { label: 'En service dès (%)', help: 'Part du poids à partir de laquelle il est en service.' },
    downPercent: { label: 'En panne sous (%)', help: 'Part du poids au-dessous de laquelle il est en panne.' },
    warnWithoutReserve: {
      label: 'Avertir sans réserve',
      help: 'Dégradé quand plus aucun membre ne peut tomber.',
    },
  },
  metrics: { good: 'Membres en marche', share: 'Part en marche' },
  reasons: {
    outside: () => 'Les autres contrôles ne se voient pas d’ici.',
    empty: () => 'Il n’a aucun membre : nommez des contrôles, ou un genre ou un nom que certains ont.',
    tooMany: ({ most }) =>
      `Plus de ${most.toLocaleString('fr')} contrôles conviennent\u00a0: faites-en plusieurs composés, et un de ceux-ci.`,
    unsure: ({ good, all, unknown }) =>
      `${good} sur ${all} marchent ; pour ${unknown} on ne sait pas, et tout en dépend.`,
    allGood: ({ all }) => (all < 2 ? 'Le seul membre marche.' : `Les ${all} membres marchent.`),
    someBad: ({ good, all, names, more }) =>
      `${good} sur ${all} marchent. En défaut : ${names}${more === 0 ? '' : ` et ${more} de plus`}.`,
  },
};

export const compositeTexts = { en, fr };

import type { KindTexts } from '#probe/check-kind.ts';
import { timeText } from '#probe/number-text.ts';
import type { OwnLineSettings } from './settings.ts';

export type OwnLineReasons = {
  well: { ms: number };
  quiet: Record<string, never>;
  noWayOut: Record<string, never>;
  linkDown: { link: string };
  gatewaySilent: { address: string };
  referencesSilent: { count: number };
  resolverSilent: { address: string };
};

const en: KindTexts<OwnLineSettings, OwnLineReasons> = {
  name: 'Own line',
  description: 'Tests the line of Vigie itself: its links, its gateway, its resolver and reference points.',
  fields: {
    references: {
      label: 'Reference points',
      help: 'Addresses beyond the gateway that answer ping reliably, such as those of the provider. One that answers proves the line.',
    },
    gateway: { label: 'Ping the gateway', help: 'Its silence counts only when it has answered before.' },
    resolver: { label: 'Ask the resolver', help: 'Its silence counts only when it has answered before.' },
  },
  metrics: { gateway: 'Gateway', resolver: 'Resolver', reference: 'Reference point' },
  reasons: {
    well: ({ ms }) => `The own line is well (${timeText('en', ms)}).`,
    quiet: () => 'The own links are up; nothing beyond this machine is watched yet.',
    noWayOut: () => 'This machine has no way out any more: its default route is gone.',
    linkDown: ({ link }) => `The link ${link} of this machine is down.`,
    gatewaySilent: ({ address }) => `The gateway ${address} is silent.`,
    referencesSilent: ({ count }) =>
      count === 1
        ? 'The gateway answers, but the reference point does not.'
        : `The gateway answers, but none of ${count} reference points does.`,
    resolverSilent: ({ address }) => `The resolver ${address} is silent: names cannot be looked up.`,
  },
};

const fr: KindTexts<OwnLineSettings, OwnLineReasons> = {
  name: 'Ligne propre',
  description: 'Éprouve la ligne de Vigie elle-même : ses liens, sa passerelle, son résolveur et des points de repère.',
  fields: {
    references: {
      label: 'Points de repère',
      help: 'Adresses au-delà de la passerelle qui répondent sûrement au ping, comme celles du fournisseur. Une qui répond prouve la ligne.',
    },
    gateway: { label: 'Appeler la passerelle', help: 'Son silence ne compte que si elle a déjà répondu.' },
    resolver: { label: 'Interroger le résolveur', help: 'Son silence ne compte que s’il a déjà répondu.' },
  },
  metrics: { gateway: 'Passerelle', resolver: 'Résolveur', reference: 'Point de repère' },
  reasons: {
    well: ({ ms }) => `La ligne propre va bien (${timeText('fr', ms)}).`,
    quiet: () => 'Les liens propres sont en service ; rien n’est encore surveillé au-delà de cette machine.',
    noWayOut: () => 'Cette machine n’a plus d’issue : sa route par défaut a disparu.',
    linkDown: ({ link }) => `Le lien ${link} de cette machine est coupé.`,
    gatewaySilent: ({ address }) => `La passerelle ${address} se tait.`,
    referencesSilent: ({ count }) =>
      count < 2
        ? 'La passerelle répond, mais pas le point de repère.'
        : `La passerelle répond, mais aucun des ${count} points de repère.`,
    resolverSilent: ({ address }) => `Le résolveur ${address} se tait : les noms ne peuvent être cherchés.`,
  },
};

export const ownLineTexts = { en, fr };

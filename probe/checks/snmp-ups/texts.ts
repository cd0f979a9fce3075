import type { KindTexts } from '#probe/check-kind.ts';
import { limitTexts, type LimitReasons } from '#probe/limit-reasons.ts';
import { numberText, percentText } from '#probe/number-text.ts';
import { snmpFields } from '#probe/snmp/snmp-fields.ts';
import { snmpTexts, type SnmpReasons } from '#probe/snmp/snmp-reasons.ts';
import type { SnmpUpsSettings } from './settings.ts';

/** Percent and minutes; -1 where the UPS does not tell. */
type Battery = { charge: number; minutes: number };

export type SnmpUpsReasons = SnmpReasons &
  LimitReasons & {
    onMains: Battery;
    onBattery: Battery;
    batteryLow: Battery;
    batteryFault: Record<string, never>;
    onBypass: Record<string, never>;
    outputOff: Record<string, never>;
    alarms: { count: number };
    noUps: Record<string, never>;
  };

const enMetrics = {
  charge: 'Charge',
  runtime: 'Time left (minutes)',
  onBattery: 'On battery for',
  load: 'Load',
  power: 'Power',
  temperature: 'Temperature',
  inputVoltage: 'Input voltage',
  outputVoltage: 'Output voltage',
  batteryVoltage: 'Battery voltage',
};
const frMetrics = {
  charge: 'Charge de la batterie',
  runtime: 'Autonomie (minutes)',
  onBattery: 'Sur batterie depuis',
  load: 'Charge en sortie',
  power: 'Puissance',
  temperature: 'Température',
  inputVoltage: 'Tension d’entrée',
  outputVoltage: 'Tension de sortie',
  batteryVoltage: 'Tension de la batterie',
};

const left = {
  en: ({ charge, minutes }: Battery) =>
    [charge < 0 ? '' : percentText('en', charge), minutes < 0 ? '' : `${numberText('en', minutes)}\u00a0min left`]
      .filter((part) => part !== '')
      .join(', '),
  fr: ({ charge, minutes }: Battery) =>
    [charge < 0 ? '' : percentText('fr', charge), minutes < 0 ? '' : `encore ${numberText('fr', minutes)}\u00a0min`]
      .filter((part) => part !== '')
      .join(', '),
};

const en: KindTexts<SnmpUpsSettings, SnmpUpsReasons> = {
  name: 'SNMP UPS',
  description: 'An uninterruptible power supply: mains or battery, charge, time left, load, temperature.',
  fields: {
    ...snmpFields.en,
    warnChargePercent: { label: 'Warn: charge below (%)', help: 'Degraded, on mains too. 0 never warns.' },
    downChargePercent: { label: 'Down: charge below (%)', help: 'Down, on battery only. 0: never.' },
    warnRuntimeMinutes: { label: 'Warn: minutes left', help: 'Degraded when it would last less. 0 never warns.' },
    downRuntimeMinutes: {
      label: 'Down: minutes left',
      help: 'Down, on battery only, when it lasts less: as long as your machines need to shut down. 0: never.',
    },
    warnLoadPercent: { label: 'Warn: load (%)', help: 'Degraded when more hangs on it. 0 never warns.' },
    warnCelsius: { label: 'Warn: temperature (°C)', help: 'Degraded above: warm batteries age fast. 0 never warns.' },
  },
  metrics: enMetrics,
  reasons: {
    ...snmpTexts.en,
    ...limitTexts('en', enMetrics),
    onMains: (data) => `On mains power (battery ${left.en(data) || 'unknown'}).`,
    onBattery: (data) => `The mains have failed: on battery, ${left.en(data) || 'for an unknown time'}.`,
    batteryLow: (data) => `The battery is low${left.en(data) === '' ? '' : ` (${left.en(data)})`}.`,
    batteryFault: () => 'The UPS asks for a new battery.',
    onBypass: () => 'The UPS is on bypass: what hangs on it is not protected.',
    outputOff: () => 'The UPS gives no power.',
    alarms: ({ count }) =>
      count === 1
        ? 'The UPS reports an alarm: look at its own page.'
        : `The UPS reports ${count} alarms: look at its own page.`,
    noUps: () => 'The agent answers but knows neither the standard UPS-MIB nor that of APC.',
  },
};

const fr: KindTexts<SnmpUpsSettings, SnmpUpsReasons> = {
  name: 'Onduleur SNMP',
  description: 'Un onduleur : secteur ou batterie, charge, autonomie, puissance, température.',
  fields: {
    ...snmpFields.fr,
    warnChargePercent: { label: 'Avertir : batterie sous (%)', help: 'Dégradé, même sur secteur. 0 n’avertit jamais.' },
    downChargePercent: { label: 'En panne : batterie sous (%)', help: 'En panne, sur batterie seulement. 0 : jamais.' },
    warnRuntimeMinutes: {
      label: 'Avertir : minutes d’autonomie',
      help: 'Dégradé quand il tiendrait moins longtemps. 0 n’avertit jamais.',
    },
    downRuntimeMinutes: {
      label: 'En panne : minutes d’autonomie',
      help: 'En panne, sur batterie seulement, quand il tient moins longtemps : ce qu’il faut à vos machines pour s’arrêter. 0 : jamais.',
    },
    warnLoadPercent: {
      label: 'Avertir : charge en sortie (%)',
      help: 'Dégradé quand davantage y est branché. 0 n’avertit jamais.',
    },
    warnCelsius: {
      label: 'Avertir : température (°C)',
      help: 'Dégradé au-dessus : des batteries chaudes vieillissent vite. 0 n’avertit jamais.',
    },
  },
  metrics: frMetrics,
  reasons: {
    ...snmpTexts.fr,
    ...limitTexts('fr', frMetrics),
    onMains: (data) => `Sur secteur (batterie : ${left.fr(data) || 'inconnue'}).`,
    onBattery: (data) => `Le secteur a manqué : sur batterie, ${left.fr(data) || 'pour une durée inconnue'}.`,
    batteryLow: (data) => `La batterie est faible${left.fr(data) === '' ? '' : ` (${left.fr(data)})`}.`,
    batteryFault: () => 'L’onduleur demande une batterie neuve.',
    onBypass: () => 'L’onduleur est en dérivation : ce qui y est branché n’est pas protégé.',
    outputOff: () => 'L’onduleur ne fournit pas de courant.',
    alarms: ({ count }) =>
      count === 1
        ? 'L’onduleur signale une alarme : voyez sa propre page.'
        : `L’onduleur signale ${count} alarmes : voyez sa propre page.`,
    noUps: () => 'L’agent répond mais ne connaît ni l’UPS-MIB de la norme ni celle d’APC.',
  },
};

export const snmpUpsTexts = { en, fr };

import type { KindTexts } from '#probe/check-kind.ts';
import { limitTexts, type LimitReasons } from '#probe/limit-reasons.ts';
import { longTimeText } from '#probe/long-time-text.ts';
import { snmpFields } from '#probe/snmp/snmp-fields.ts';
import { snmpTexts, type SnmpReasons } from '#probe/snmp/snmp-reasons.ts';
import type { SnmpSettings } from './settings.ts';

export type SnmpKindReasons = SnmpReasons &
  LimitReasons & {
    value: { name: string; value: string };
    lasting: { name: string; seconds: number };
    values: { count: number };
    noSuchValue: { name: string; oid: string };
    otherValue: { name: string; expected: string; found: string };
  };

const enMetrics = { value: 'Value' };
const frMetrics = { value: 'Valeur' };

const en: KindTexts<SnmpSettings, SnmpKindReasons> = {
  name: 'SNMP values',
  description: 'Asks an SNMP agent for any objects; charts them and holds them against limits.',
  fields: {
    ...snmpFields.en,
    values: {
      label: 'Objects',
      help: 'One a line: a name of your choice, “=”, and the object’s numbers, such as “Inlet = 1.3.6.1.4.1.9.9.13.1.3.1.3.1”. At most 20.',
    },
    expected: {
      label: 'Expected value',
      help: 'Every object has to have it; * stands for any characters. Empty accepts any.',
    },
    unit: {
      label: 'Unit',
      help: 'Unit of the values after scaling. “None” takes the rate per second for counters and seconds for times.',
      options: {
        number: 'none',
        percent: '%',
        celsius: '°C',
        volts: 'V',
        amperes: 'A',
        watts: 'W',
        hertz: 'Hz',
        revolutionsPerMinute: 'rpm',
        bytes: 'bytes',
        seconds: 'seconds',
        ms: 'milliseconds',
        perSecond: 'per second',
        bytesPerSecond: 'bytes/s',
        bitsPerSecond: 'bits/s',
      },
    },
    scale: { label: 'Scale', help: 'Each value is multiplied by it: 0.1 for a device that tells tenths.' },
    warnBelow: { label: 'Warn below', help: 'Degraded when a value is lower. Empty: never.' },
    warnAbove: { label: 'Warn above', help: 'Degraded when a value is higher. Empty: never.' },
    downBelow: { label: 'Down below', help: 'Down when a value is lower. Empty: never.' },
    downAbove: { label: 'Down above', help: 'Down when a value is higher. Empty: never.' },
  },
  metrics: enMetrics,
  reasons: {
    ...snmpTexts.en,
    ...limitTexts('en', enMetrics),
    value: ({ name, value }) => `${name} is ${value}.`,
    lasting: ({ name, seconds }) => `${name} is ${longTimeText('en', seconds)}.`,
    values: ({ count }) => `All ${count} values are there and within their limits.`,
    noSuchValue: ({ name, oid }) => `The agent has no ${name} (${oid}).`,
    otherValue: ({ name, expected, found }) => `${name} is “${found}” instead of “${expected}”.`,
  },
};

const fr: KindTexts<SnmpSettings, SnmpKindReasons> = {
  name: 'Valeurs SNMP',
  description: 'Demande des objets quelconques à un agent SNMP ; les met en courbes et les compare à des limites.',
  fields: {
    ...snmpFields.fr,
    values: {
      label: 'Objets',
      help: 'Un par ligne : un nom de votre choix, « = », et les nombres de l’objet, par exemple « Entrée = 1.3.6.1.4.1.9.9.13.1.3.1.3.1 ». Au plus 20.',
    },
    expected: {
      label: 'Valeur attendue',
      help: 'Chaque objet doit l’avoir ; * remplace des caractères quelconques. Vide : toute valeur convient.',
    },
    unit: {
      label: 'Unité',
      help: 'Unité des valeurs après mise à l’échelle. « Aucune » : le débit par seconde pour les compteurs, des secondes pour les durées.',
      options: {
        number: 'aucune',
        percent: '%',
        celsius: '°C',
        volts: 'V',
        amperes: 'A',
        watts: 'W',
        hertz: 'Hz',
        revolutionsPerMinute: 'tr/min',
        bytes: 'octets',
        seconds: 'secondes',
        ms: 'millisecondes',
        perSecond: 'par seconde',
        bytesPerSecond: 'octets/s',
        bitsPerSecond: 'bits/s',
      },
    },
    scale: {
      label: 'Échelle',
      help: 'Chaque valeur est multipliée par ce nombre : 0.1 pour un équipement qui donne des dixièmes.',
    },
    warnBelow: { label: 'Avertir au-dessous de', help: 'Dégradé quand une valeur est plus basse. Vide : jamais.' },
    warnAbove: { label: 'Avertir au-dessus de', help: 'Dégradé quand une valeur est plus haute. Vide : jamais.' },
    downBelow: { label: 'En panne au-dessous de', help: 'En panne quand une valeur est plus basse. Vide : jamais.' },
    downAbove: { label: 'En panne au-dessus de', help: 'En panne quand une valeur est plus haute. Vide : jamais.' },
  },
  metrics: frMetrics,
  reasons: {
    ...snmpTexts.fr,
    ...limitTexts('fr', frMetrics),
    value: ({ name, value }) => `${name} vaut ${value}.`,
    lasting: ({ name, seconds }) => `${name} vaut ${longTimeText('fr', seconds)}.`,
    values: ({ count }) => `Les ${count} valeurs sont là et dans leurs limites.`,
    noSuchValue: ({ name, oid }) => `L’agent n’a pas ${name} (${oid}).`,
    otherValue: ({ name, expected, found }) => `${name} vaut « ${found} » au lieu de « ${expected} ».`,
  },
};

export const snmpKindTexts = { en, fr };

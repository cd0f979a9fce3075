import type { KindTexts } from '#probe/check-kind.ts';
import { limitTexts, type LimitReasons } from '#probe/limit-reasons.ts';
import { numberText } from '#probe/number-text.ts';
import { snmpFields } from '#probe/snmp/snmp-fields.ts';
import { snmpTexts, type SnmpReasons } from '#probe/snmp/snmp-reasons.ts';
import type { SnmpSensorsSettings } from './settings.ts';

export type SnmpSensorsReasons = SnmpReasons &
  LimitReasons & {
    /** Hottest in degrees Celsius; -1000 without a thermometer. */
    sensorsFine: { count: number; hottest: number };
    sensorFault: { count: number; names: string };
    sensorWarning: { count: number; names: string };
    noSensors: { all: number };
  };

const enMetrics = {
  temperature: 'Temperature',
  voltage: 'Voltage',
  current: 'Current',
  power: 'Power',
  frequency: 'Frequency',
  humidity: 'Humidity',
  fan: 'Fan',
  signal: 'Signal',
  other: 'Sensor',
};
const frMetrics = {
  temperature: 'Température',
  voltage: 'Tension',
  current: 'Intensité',
  power: 'Puissance',
  frequency: 'Fréquence',
  humidity: 'Humidité',
  fan: 'Ventilateur',
  signal: 'Signal',
  other: 'Capteur',
};

const en: KindTexts<SnmpSensorsSettings, SnmpSensorsReasons> = {
  name: 'SNMP sensors',
  description: 'Temperatures, fans, power supplies and other sensors of a device.',
  fields: {
    ...snmpFields.en,
    include: { label: 'Sensors', help: 'Names, separated by commas; * and ? stand for any characters.' },
    exclude: { label: 'But not', help: 'The same, for sensors that are left out.' },
    warnCelsius: {
      label: 'Warn: temperature (°C)',
      help: 'Degraded when any thermometer shows more; choose the sensors when they differ. 0 never warns.',
    },
    downCelsius: { label: 'Down: temperature (°C)', help: 'Down when any thermometer shows more. 0: never.' },
  },
  metrics: enMetrics,
  reasons: {
    ...snmpTexts.en,
    ...limitTexts('en', enMetrics),
    sensorsFine: ({ count, hottest }) =>
      hottest < -273
        ? `All ${count} sensors are well.`
        : `All ${count} sensors are well; the hottest shows ${numberText('en', hottest, 1)}\u00a0°C.`,
    sensorFault: ({ count, names }) =>
      count === 1 ? `${names} is faulty, says the device.` : `${count} parts are faulty, says the device: ${names}.`,
    sensorWarning: ({ count, names }) =>
      count === 1 ? `The device warns of ${names}.` : `The device warns of ${count} parts: ${names}.`,
    noSensors: ({ all }) =>
      all === 0
        ? 'The agent answers but tells of no sensors in a table that Vigie knows.'
        : `None of the device’s ${all} sensors fits the choice.`,
  },
};

const fr: KindTexts<SnmpSensorsSettings, SnmpSensorsReasons> = {
  name: 'Capteurs SNMP',
  description: 'Températures, ventilateurs, alimentations et autres capteurs d’un équipement.',
  fields: {
    ...snmpFields.fr,
    include: {
      label: 'Capteurs',
      help: 'Noms, séparés par des virgules ; * et ? remplacent des caractères quelconques.',
    },
    exclude: { label: 'Mais pas', help: 'De même, pour les capteurs laissés de côté.' },
    warnCelsius: {
      label: 'Avertir : température (°C)',
      help: 'Dégradé quand un thermomètre montre davantage ; choisissez les capteurs s’ils diffèrent. 0 n’avertit jamais.',
    },
    downCelsius: {
      label: 'En panne : température (°C)',
      help: 'En panne quand un thermomètre montre davantage. 0 : jamais.',
    },
  },
  metrics: frMetrics,
  reasons: {
    ...snmpTexts.fr,
    ...limitTexts('fr', frMetrics),
    sensorsFine: ({ count, hottest }) =>
      hottest < -273
        ? `Les ${count} capteurs vont bien.`
        : `Les ${count} capteurs vont bien ; le plus chaud montre ${numberText('fr', hottest, 1)}\u00a0°C.`,
    sensorFault: ({ count, names }) =>
      count === 1
        ? `${names} est en défaut, dit l’équipement.`
        : `${count} éléments sont en défaut, dit l’équipement : ${names}.`,
    sensorWarning: ({ count, names }) =>
      count === 1 ? `L’équipement avertit pour ${names}.` : `L’équipement avertit pour ${count} éléments : ${names}.`,
    noSensors: ({ all }) =>
      all === 0
        ? 'L’agent répond mais n’annonce aucun capteur dans une table que Vigie connaisse.'
        : `Aucun des ${all} capteurs de l’équipement ne correspond au choix.`,
  },
};

export const snmpSensorsTexts = { en, fr };

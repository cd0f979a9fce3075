import type { Language } from '#contract/words.ts';
import type { KindTexts } from '#probe/check-kind.ts';
import { limitTexts, type LimitReasons } from '#probe/limit-reasons.ts';
import { percentText } from '#probe/number-text.ts';
import { snmpFields } from '#probe/snmp/snmp-fields.ts';
import { snmpTexts, type SnmpReasons } from '#probe/snmp/snmp-reasons.ts';
import type { PrinterError } from './read-printer.ts';
import type { SnmpPrinterSettings } from './settings.ts';

type ErrorReasons = { [Error in PrinterError]: { alerts: string } };

export type SnmpPrinterReasons = SnmpReasons &
  LimitReasons &
  ErrorReasons & {
    /** The supply that will end first; percent is -1 where the printer measures none. */
    ready: { supply: string; percent: number };
    alert: { alerts: string };
    noPrinter: Record<string, never>;
  };

const enMetrics = { supply: 'Supply left', tray: 'Paper left', pages: 'Pages printed' };
const frMetrics = { supply: 'Consommable restant', tray: 'Papier restant', pages: 'Pages imprimées' };

/** A fault, followed by what the printer itself says of it. */
function told(fault: string, alerts: string, language: Language): string {
  if (alerts === '') return `${fault}.`;
  return language === 'fr' ? `${fault}\u00a0: ${alerts}.` : `${fault}: ${alerts}.`;
}

const en: KindTexts<SnmpPrinterSettings, SnmpPrinterReasons> = {
  name: 'SNMP printer',
  description: 'A printer: faults, alerts, toner and other supplies, paper trays, pages.',
  fields: {
    ...snmpFields.en,
    warnSupplyPercent: { label: 'Warn: supplies below (%)', help: 'Degraded when less is left of any. 0 never warns.' },
    downSupplyPercent: { label: 'Down: supplies below (%)', help: 'Down when less is left of any. 0: never.' },
    warnTrayPercent: { label: 'Warn: paper below (%)', help: 'Degraded when any tray holds less. 0 never warns.' },
    supplyExclude: { label: 'Supplies left out', help: 'Names separated by commas, with * and ?: “*drum*”.' },
  },
  metrics: enMetrics,
  reasons: {
    ...snmpTexts.en,
    ...limitTexts('en', enMetrics),
    ready: ({ supply, percent }) =>
      percent < 0
        ? 'The printer is ready.'
        : `The printer is ready; least left: ${supply}, ${percentText('en', percent)}.`,
    alert: ({ alerts }) => `The printer reports: ${alerts}.`,
    noPrinter: () => 'The agent answers but tells of no printer: it has no Printer-MIB.',
    lowPaper: ({ alerts }) => told('Paper is running low', alerts, 'en'),
    noPaper: ({ alerts }) => told('There is no paper', alerts, 'en'),
    lowToner: ({ alerts }) => told('Toner or ink is running low', alerts, 'en'),
    noToner: ({ alerts }) => told('There is no toner or ink', alerts, 'en'),
    doorOpen: ({ alerts }) => told('A door or cover is open', alerts, 'en'),
    jammed: ({ alerts }) => told('Paper is jammed', alerts, 'en'),
    offline: ({ alerts }) => told('The printer is offline', alerts, 'en'),
    serviceRequested: ({ alerts }) => told('The printer asks for service', alerts, 'en'),
    inputTrayMissing: ({ alerts }) => told('A paper tray is missing', alerts, 'en'),
    outputTrayMissing: ({ alerts }) => told('An output tray is missing', alerts, 'en'),
    supplyMissing: ({ alerts }) => told('A cartridge or supply is missing', alerts, 'en'),
    outputNearFull: ({ alerts }) => told('The output tray is nearly full', alerts, 'en'),
    outputFull: ({ alerts }) => told('The output tray is full', alerts, 'en'),
    inputTrayEmpty: ({ alerts }) => told('A paper tray is empty', alerts, 'en'),
    overduePreventMaint: ({ alerts }) => told('Maintenance is overdue', alerts, 'en'),
  },
};

const fr: KindTexts<SnmpPrinterSettings, SnmpPrinterReasons> = {
  name: 'Imprimante SNMP',
  description: 'Une imprimante : défauts, alertes, encre et autres consommables, bacs à papier, pages.',
  fields: {
    ...snmpFields.fr,
    warnSupplyPercent: {
      label: 'Avertir : consommables sous (%)',
      help: 'Dégradé quand il reste moins de l’un d’eux. 0 n’avertit jamais.',
    },
    downSupplyPercent: {
      label: 'En panne : consommables sous (%)',
      help: 'En panne quand il reste moins de l’un d’eux. 0 : jamais.',
    },
    warnTrayPercent: {
      label: 'Avertir : papier sous (%)',
      help: 'Dégradé quand un bac en contient moins. 0 n’avertit jamais.',
    },
    supplyExclude: {
      label: 'Consommables laissés de côté',
      help: 'Noms séparés par des virgules, avec * et ? : « *drum* ».',
    },
  },
  metrics: frMetrics,
  reasons: {
    ...snmpTexts.fr,
    ...limitTexts('fr', frMetrics),
    ready: ({ supply, percent }) =>
      percent < 0
        ? 'L’imprimante est prête.'
        : `L’imprimante est prête ; ce qui manquera d’abord : ${supply}, ${percentText('fr', percent)}.`,
    alert: ({ alerts }) => `L’imprimante signale : ${alerts}.`,
    noPrinter: () => 'L’agent répond mais ne parle d’aucune imprimante : il n’a pas la Printer-MIB.',
    lowPaper: ({ alerts }) => told('Le papier va manquer', alerts, 'fr'),
    noPaper: ({ alerts }) => told('Il n’y a plus de papier', alerts, 'fr'),
    lowToner: ({ alerts }) => told('L’encre ou le toner va manquer', alerts, 'fr'),
    noToner: ({ alerts }) => told('Il n’y a plus d’encre ou de toner', alerts, 'fr'),
    doorOpen: ({ alerts }) => told('Une porte ou un capot est ouvert', alerts, 'fr'),
    jammed: ({ alerts }) => told('Le papier est coincé', alerts, 'fr'),
    offline: ({ alerts }) => told('L’imprimante est hors ligne', alerts, 'fr'),
    serviceRequested: ({ alerts }) => told('L’imprimante demande une intervention', alerts, 'fr'),
    inputTrayMissing: ({ alerts }) => told('Un bac à papier manque', alerts, 'fr'),
    outputTrayMissing: ({ alerts }) => told('Un bac de sortie manque', alerts, 'fr'),
    supplyMissing: ({ alerts }) => told('Une cartouche ou un consommable manque', alerts, 'fr'),
    outputNearFull: ({ alerts }) => told('Le bac de sortie est presque plein', alerts, 'fr'),
    outputFull: ({ alerts }) => told('Le bac de sortie est plein', alerts, 'fr'),
    inputTrayEmpty: ({ alerts }) => told('Un bac à papier est vide', alerts, 'fr'),
    overduePreventMaint: ({ alerts }) => told('Un entretien est en retard', alerts, 'fr'),
  },
};

export const snmpPrinterTexts = { en, fr };

import type { watchReasons as en } from '../en/watch-reasons.ts';

const operators = {
  above: 'au-dessus de',
  atLeast: 'à partir de',
  below: 'au-dessous de',
  atMost: 'jusqu’à',
  equals: 'égal à',
  differs: 'différent de',
} as const;

/** Les motifs que Vigie donne elle-même, quel que soit le genre de contrôle. */
export const watchReasons: typeof en = {
  ruleBroken: (what, value, operator, limit) => `${what} : ${value}, limite franchie (${operators[operator]} ${limit})`,
  ruleNotClear: (what, value, clear) =>
    `${what} : ${value}, après avoir franchi sa limite ; de nouveau bon à partir de ${clear}`,
  ruleNoData: (what) => `${what} n’est plus mesuré`,
  lasting: (duration) => ` depuis ${duration}`,
  seconds: (count) => (count < 2 ? `${count} seconde` : `${count} secondes`),
  minutes: (count) => (count < 2 ? `${count} minute` : `${count} minutes`),
  hours: (count) => (count < 2 ? `${count} heure` : `${count} heures`),
  ownLine: (what) => `Non connu : la ligne de Vigie elle-même est en défaut (${what}).`,
  noDefaultRoute: 'aucune issue',
  linkDown: (link) => `le lien ${link} est coupé`,
  gatewaySilent: (address) => `la passerelle ${address} se tait`,
  resolverSilent: (address) => `le résolveur ${address} se tait`,
  referencesSilent: (count) =>
    count < 2 ? 'le point de repère se tait' : `aucun des ${count} points de repère ne répond`,
  secretElsewhere: (from: string, to: string): string =>
    `Pas interrogé : le mot de passe a été donné pour ${from}, et l’hôte est maintenant à ${to}. Saisissez-le de nouveau dans les réglages, ou faites-les enregistrer tels quels par un administrateur.`,
  colon: ' : ',
  paused: 'Suspendu.',
};

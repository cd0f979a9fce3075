// What the tools say at the terminal before Vigie itself can speak. Runs on the machine's own Node (20 or later).
// @ts-check

/** French when the terminal is French. @param {Record<string, string | undefined>} env @returns {'en' | 'fr'} */
export function terminalLanguage(env) {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
  return (locale ?? '').toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

const en = {
  installParts: 'Bringing the parts Vigie is made of',
  installNode: (/** @type {string} */ has) => `Bringing a current Node (this machine has ${has})`,
  buildWeb: 'Building the screens',
  packages: 'Installing the Debian packages the tests need',
  seconds: (/** @type {number} */ seconds) => `${seconds} s`,
  noNetwork:
    'The npm registry cannot be reached. Check the network of this machine (or its proxy: npm config set proxy http://…), then run the same command again; what is already here is kept.',
  noRoom: (/** @type {string} */ folder) =>
    `The disk that holds ${folder} is full. Free 1 GB, then run the same command again.`,
  notWritable: (/** @type {string} */ folder) =>
    `Vigie has to write in ${folder} and may not. Run the command as the owner of that folder, or make it yours: sudo chown -R "$USER" ${folder}`,
  noNpm: 'npm is missing. Install it with: apt-get install npm',
  noRuntime: (/** @type {string} */ machine) =>
    `Vigie needs Node 24 or later and can bring it for Linux on x64 and arm64 only (this is ${machine}). Install Node 24, then run the same command again.`,
  oldNode: (/** @type {string} */ has) =>
    `This Node is ${has}; Vigie's first step needs Node 20 or later. Install it with: apt-get install nodejs npm`,
  npmFailed: (/** @type {string} */ said) => `npm could not bring the parts. It said:\n${said}`,
  buildFailed: (/** @type {string} */ said) => `The screens could not be built. The builder said:\n${said}`,
  aptFailed: (/** @type {string} */ said) => `The Debian packages could not be installed. apt-get said:\n${said}`,
  packagesMissing: (/** @type {string[]} */ names) =>
    `The tests need Debian packages that are missing here. As root, type: apt-get install --yes --no-install-recommends ${names.join(' ')}`,
};

/** @type {typeof en} */
const fr = {
  installParts: 'Récupération des éléments de Vigie',
  installNode: (has) => `Récupération d’un Node à jour (cette machine a la version ${has})`,
  buildWeb: 'Construction des écrans',
  packages: 'Installation des paquets Debian dont les essais ont besoin',
  seconds: (seconds) => `${seconds}\u00a0s`,
  noNetwork:
    'Le registre npm est injoignable. Vérifiez le réseau de cette machine (ou son mandataire\u00a0: npm config set proxy http://…), puis relancez la même commande\u00a0; ce qui est déjà là est gardé.',
  noRoom: (folder) => `Le disque qui contient ${folder} est plein. Libérez 1\u00a0Go, puis relancez la même commande.`,
  notWritable: (folder) =>
    `Vigie doit écrire dans ${folder} et n’en a pas le droit. Lancez la commande comme propriétaire de ce dossier, ou appropriez-le-vous\u00a0: sudo chown -R "$USER" ${folder}`,
  noNpm: 'Il manque npm. Installez-le avec\u00a0: apt-get install npm',
  noRuntime: (machine) =>
    `Vigie a besoin de Node 24 ou plus récent et ne peut l’apporter que pour Linux sur x64 et arm64 (ici\u00a0: ${machine}). Installez Node 24, puis relancez la même commande.`,
  oldNode: (has) =>
    `Ce Node est en version ${has}\u00a0; il faut au moins la 20 pour commencer. Installez-la avec\u00a0: apt-get install nodejs npm`,
  npmFailed: (said) => `npm n’a pas pu récupérer les éléments. Voici ce qu’il a dit\u00a0:\n${said}`,
  buildFailed: (said) => `Les écrans n’ont pas pu être construits. Voici ce qu’a dit l’outil\u00a0:\n${said}`,
  aptFailed: (said) => `Les paquets Debian n’ont pas pu être installés. Voici ce qu’a dit apt-get\u00a0:\n${said}`,
  packagesMissing: (names) =>
    `Il manque ici des paquets Debian pour les essais. Sous root, tapez\u00a0: apt-get install --yes --no-install-recommends ${names.join(' ')}`,
};

export const sentences = { en, fr };

/** Ends the preparation with a sentence; everything else that is thrown is a bug. */
export class PreparationFault extends Error {}

import type { InBoth } from '#contract/words.ts';

/** What requesters say on the telephone, written down by hand. */
export const calls: readonly {
  readonly title: InBoth;
  readonly description: InBoth;
  readonly cause: InBoth;
  readonly remedy: InBoth;
}[] = [
  {
    title: { fr: 'Le scanner du 2e étage n’envoie plus par courriel', en: 'The second floor scanner no longer mails' },
    description: {
      fr: 'Claire Dubois : « erreur d’authentification » à l’écran depuis ce matin.',
      en: 'Claire Dubois: “authentication error” on its screen since this morning.',
    },
    cause: { fr: 'Mot de passe du compte du scanner expiré.', en: 'The scanner account’s password had expired.' },
    remedy: { fr: 'Mot de passe renouvelé et inscrit au coffre.', en: 'Password renewed and noted in the safe.' },
  },
  {
    title: { fr: 'Postes lents à l’ouverture de session', en: 'Sign-in is slow on the workshop PCs' },
    description: {
      fr: 'Plusieurs postes de Québec : deux minutes avant le bureau.',
      en: 'Several PCs in Québec: two minutes before the desktop shows.',
    },
    cause: {
      fr: 'Profil itinérant de 9 Go, à travers la liaison de Montréal.',
      en: 'A roaming profile of 9 GB across the link to Montréal.',
    },
    remedy: { fr: 'Dossier Téléchargements retiré du profil.', en: 'Downloads taken out of the profile.' },
  },
  {
    title: { fr: 'Boîte partagée « commandes » pleine', en: 'The shared mailbox “commandes” is full' },
    description: {
      fr: 'Sandrine Faure : les clients reçoivent un refus.',
      en: 'Sandrine Faure: customers get their mail back.',
    },
    cause: { fr: 'Pièces jointes conservées depuis 2019.', en: 'Attachments kept since 2019.' },
    remedy: {
      fr: 'Archivage des années closes, quota porté à 20 Gio.',
      en: 'Closed years archived, quota raised to 20 GiB.',
    },
  },
  {
    title: { fr: 'Accès distant refusé à deux personnes', en: 'Two people cannot use the VPN' },
    description: {
      fr: 'Priya Patel et Kevin Wong : « certificat non valide ».',
      en: 'Priya Patel and Kevin Wong: “certificate not valid”.',
    },
    cause: { fr: 'Certificats personnels arrivés à échéance.', en: 'Their personal certificates had expired.' },
    remedy: {
      fr: 'Certificats renouvelés ; rappel mensuel inscrit au calendrier.',
      en: 'Certificates renewed; a monthly reminder is in the calendar.',
    },
  },
  {
    title: { fr: 'Le CRM affiche les prix de l’an dernier', en: 'The CRM shows last year’s prices' },
    description: { fr: 'Signalé par l’équipe des ventes à Montréal.', en: 'Reported by the sales team in Montréal.' },
    cause: { fr: 'Cache non vidé après l’import annuel.', en: 'The cache was not emptied after the yearly import.' },
    remedy: {
      fr: 'Cache vidé, étape ajoutée à la procédure d’import.',
      en: 'Cache emptied; the step is now part of the import.',
    },
  },
];

/** What the crew writes into the logbook by itself. */
export const notes: readonly (InBoth & { readonly about: string | null })[] = [
  {
    about: null,
    fr: 'Ronde du matin faite sur les trois sites : rien à signaler.',
    en: 'Morning round done on all three sites: nothing to report.',
  },
  {
    about: 'lyo-ups-01',
    fr: 'Essai de l’onduleur : 22 minutes d’autonomie, bascule sans coupure.',
    en: 'UPS tested: 22 minutes, switched over without a gap.',
  },
  {
    about: 'bkp-01',
    fr: 'Restauration d’essai de la base de l’ERP réussie en 31 minutes.',
    en: 'Trial restore of the ERP database worked, 31 minutes.',
  },
  {
    about: 'lyo-san-01',
    fr: 'Disque 7 de la baie remplacé par Northshore, reconstruction terminée.',
    en: 'Disk 7 of the array replaced by Northshore; rebuilt.',
  },
  {
    about: null,
    fr: 'Passation : le fournisseur de la liaison rappelle demain avant 10 h.',
    en: 'Handover: the link supplier calls back tomorrow before ten.',
  },
  {
    about: 'mtl-nas-01',
    fr: 'Mise à jour du NAS de Montréal, redémarrage de 4 minutes hors heures ouvrées.',
    en: 'Montréal NAS updated; four minutes of restart after hours.',
  },
  { about: 'lyo-sw-01', fr: 'Câblage du cœur de réseau repris et étiqueté.', en: 'Core switch recabled and labelled.' },
  {
    about: 'erp-01',
    fr: 'Clôture mensuelle terminée, l’ERP peut de nouveau être redémarré.',
    en: 'Month closed; the ERP may be restarted again.',
  },
  {
    about: 'qc-mes-01',
    fr: 'Banc n° 3 recalibré, suivi d’atelier vérifié avec l’équipe.',
    en: 'Bench 3 recalibrated; checked with the workshop.',
  },
  {
    about: null,
    fr: 'Nouveaux arrivants : trois comptes créés, postes remis.',
    en: 'New colleagues: three accounts made, laptops handed over.',
  },
  {
    about: 'mx-01',
    fr: 'Règles antispam revues après deux faux positifs.',
    en: 'Spam rules revised after two false positives.',
  },
  {
    about: 'voip-01',
    fr: 'Boréal annonce une maintenance de ligne dimanche à 2 h.',
    en: 'Boréal announces line work on Sunday at two.',
  },
];

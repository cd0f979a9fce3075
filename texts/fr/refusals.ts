import type * as en from '../en/refusals.ts';
import { valueLabels } from './value-labels.ts';

/** Le mot d’un état, comme partout ailleurs. */
function stateWord(state: string | number): string {
  const words: Readonly<Record<string, string>> = valueLabels;
  return words[state] ?? String(state);
}

/** What each refusal says, in French. */
export const refusals: typeof en.refusals = {
  bad_input: () => 'Quelque chose ne va pas dans la demande. Voyez les champs nommés ci-dessous.',
  not_json: () =>
    'Le corps de la demande n’est pas du JSON. Envoyez un objet JSON avec le type de contenu application/json.',
  signed_out: () => 'Vous n’êtes pas connecté, ou votre session a pris fin. Connectez-vous et réessayez.',
  wrong_password: () => 'L’adresse ou le mot de passe est inexact. Vérifiez les deux et réessayez.',
  link_used: () => 'Ce lien a déjà servi ou n’est plus valable. Demandez-en un nouveau.',
  forbidden: (d) =>
    `Votre rôle ne le permet pas${d['permission'] === undefined ? '' : ` (il faut ${d['permission']})`}. Adressez-vous à un administrateur.`,
  foreign_origin: () =>
    'La demande vient d’un autre site web et n’a pas été exécutée. Ouvrez Vigie à sa propre adresse.',
  not_found: () => 'Il n’y a rien ici sous cet identifiant : l’objet a peut-être été supprimé. Revenez à la liste.',
  too_large: (d) =>
    `La demande est trop volumineuse${d['limit'] === undefined ? '' : ` (au plus ${d['limit']})`}. Envoyez-en moins à la fois.`,
  too_many_attempts: (d) => `Trop de tentatives. Attendez ${d['minutes'] ?? 'quelques'} minutes et réessayez.`,
  busy: () => 'Vigie démarre ou s’arrête. Réessayez dans quelques secondes.',
  storage_full: () =>
    'Le disque qui contient les données de Vigie est plein : rien n’a été enregistré. Libérez-y de l’espace, et Vigie continue d’elle-même.',
  already_welcomed: () => 'Le premier administrateur existe déjà. Connectez-vous plutôt.',
  mail_taken: (d) => `Quelqu’un utilise déjà l’adresse ${d['mail'] ?? ''}. Donnez-en une autre.`,
  last_administrator: () => 'C’est le dernier administrateur actif. Nommez d’abord un autre administrateur.',
  unknown_region: (d) =>
    `Aucun jour férié n’est connu pour « ${d['region'] ?? ''} ». Laissez la région vide, ou nommez-la comme ISO 3166-2, par exemple QC ou ON.`,
  ends_before: () => 'La fin précède le début, ou est déjà passée. Donnez une fin plus tardive.',
  not_yours: () => 'Cela appartient à quelqu’un d’autre. Adressez-vous à cette personne ou à un administrateur.',
  name_taken: (d) => `Le nom « ${d['name'] ?? ''} » est déjà pris. Choisissez-en un autre.`,
  dependency_circle: (d) =>
    `Cela fermerait un cercle : ${d['on'] ?? 'le second objet'} dépend déjà de ${d['dependent'] ?? 'l’autre'}.`,
  still_used: (d) =>
    `C’est encore utilisé${d['by'] === undefined ? '' : ` par ${d['by']}`}. Supprimez d’abord cet usage.`,
  nothing_failing: () => 'Rien n’y est en défaut, il n’y a donc rien à rétablir. Choisissez plutôt un moment.',
  no_open_ticket: () => 'Aucune de ses alertes n’a de billet ouvert. Choisissez un moment, ou jusqu’au rétablissement.',
  composite_circle: () => 'Ce contrôle serait composé de lui-même. Retirez le composé qui ramène ici.',
  unknown_kind: (d) => `Il n’existe pas de type de contrôle « ${d['kind'] ?? ''} ».`,
  settings_invalid: () => 'Certains réglages sont inutilisables. Voyez les champs nommés ci-dessous.',
  secret_again: () =>
    'Le secret enregistré serait envoyé ailleurs, ou moins bien protégé. Saisissez-le de nouveau là où il doit servir.',
  only_own_host: () =>
    'Un contrôle de ce type regarde la machine où Vigie elle-même tourne. Choisissez cet hôte ; pour un autre, prenez un type qui interroge par SSH ou un exporter.',
  address_forbidden: (d) =>
    `L’adresse ${d['address'] ?? ''} n’est pas ouverte aux contrôles ni aux webhooks : elle appartient à cette machine ou à son hébergeur. Un administrateur peut le faire.`,
  address_not_found: (d) =>
    `« ${d['what'] ?? ''} » ne mène à aucune adresse. Tapez un nom d’hôte, une adresse IP, une URL ou un réseau tel que 192.0.2.0/28.`,
  network_too_large: (d) =>
    `Ce réseau compte ${d['count'] ?? 'trop d’'} adresses ; on en examine au plus ${d['limit'] ?? 256} à la fois. Tapez-en un plus petit.`,
  ssh_access_missing: (d) =>
    `Vigie n’a aucun moyen de se connecter à ${d['host'] ?? 'cet hôte'}. Indiquez d’abord l’identifiant et la clé d’hôte.`,
  dashboard_changed: () =>
    'Quelqu’un a enregistré ce tableau de bord entre-temps. Rechargez-le, ou enregistrez le vôtre en copie.',
  dashboards_full: (d) => `Il y a déjà ${d['most'] ?? ''} tableaux de bord. Retirez-en un qui ne sert plus.`,
  too_many_tags: (d) => `Un objet porte au plus ${d['most'] ?? ''} étiquettes. Enlevez-en d’abord.`,
  export_too_long: (d) =>
    `Cela ferait plus de ${d['most'] ?? ''} valeurs. Choisissez une période plus courte ou moins de mesures.`,
  not_in_this_state: (d) =>
    `Ce n’est pas possible ${d['state'] === undefined ? 'maintenant' : `dans l’état « ${stateWord(d['state'])} »`}. Rechargez pour voir ce qui s’est passé entre-temps.`,
  own_approval: () => 'C’est vous qui l’avez proposé : une autre personne doit donner son accord.',
  changed_since_approval: () => 'Le plan a changé depuis que vous l’avez ouvert. Relisez-le avant d’approuver.',
  host_key_unknown: (d) =>
    `La clé de ${d['host'] ?? 'l’hôte'} n’est pas encore épinglée. Comparez son empreinte et épinglez-la.`,
  host_key_changed: (d) =>
    `${d['host'] ?? 'L’hôte'} présente une autre clé que celle épinglée. Il a été réinstallé, ou quelque chose s’interpose : comparez avant d’épingler la nouvelle clé.`,
  host_unreachable: (d) =>
    `${d['host'] ?? 'L’hôte'} ne répond pas${d['why'] === undefined ? '' : ` (${d['why']})`}. Vérifiez son adresse, son port et le réseau.`,
  key_unreadable: () =>
    'Cette clé privée est illisible. Collez-la en entier, au format OpenSSH ou PEM, avec sa phrase secrète si elle en a une.',
  time_zone_unknown: (d) => `Le fuseau horaire « ${d['name'] ?? ''} » n’existe pas. Écrivez par exemple Europe/Paris.`,
  needed_by_watch: (d) =>
    `Vigie a besoin du contrôle « ${d['name'] ?? ''} » pour distinguer ses propres pannes de celles des autres. On peut le suspendre, pas le retirer.`,
  window_over: (d) => `La fenêtre de maintenance « ${d['name'] ?? ''} » est terminée. Convenez d’une nouvelle.`,
  parameter_missing: (d) => `Le paramètre « ${d['name'] ?? ''} » attend une valeur.`,
  already_resolved: (d) => `Le billet ${d['number'] ?? ''} est déjà clos. Rouvrez-le d’abord.`,
  move_not_legal: (d) =>
    `Un billet (${d['kind'] ?? ''}) à l’état « ${d['from'] ?? ''} » ne peut pas passer à « ${d['to'] ?? ''} ». Possible d’ici : ${d['moves'] ?? 'rien'}.`,
  reason_missing: () => 'Il faut une raison. Écrivez une phrase que la personne suivante comprendra.',
  ticket_circle: () => 'Un billet serait ramené à lui-même. Choisissez un autre billet.',
  cause_is_open: () =>
    'Un contrôle échoue encore pour cet incident : il ne peut être ni fusionné dans un autre, ni retiré, ni changé de nature. Fusionnez plutôt l’autre billet dans celui-ci, ou résolvez-le.',
  not_a_change: () => 'Seul un changement a un plan.',
  undo_too_late: () => 'C’est déjà annulé, ou cela remonte à plus de trente jours.',
  too_many_tickets: (d) =>
    `Cela modifierait ${d['count'] ?? 'trop de'} billets ; au plus ${d['most'] ?? ''} à la fois. Précisez le choix.`,
  desk_full: (d) =>
    `Il y en a déjà ${d['most'] ?? ''}, et il ne peut y en avoir davantage. Servez-vous d’un qui existe.`,
  channel_failed: (d) => `L’avis n’a pas pu être remis : ${d['answer'] ?? ''}`,
};

export const fieldReasons: typeof en.fieldReasons = {
  one_line: 'Écrivez sur une seule ligne, sans saut de ligne ni caractère de commande.',
  storable: 'Ce texte contient des caractères qui ne peuvent pas être enregistrés (comme U+0000). Retirez-les.',
  one_of_target_check: 'Désignez une seule chose : un élément, une étiquette, un contrôle, un genre ou un nom.',
  until_needed: 'Dites jusqu’à quand.',
  after_from: 'La fin vient après le début.',
  period_too_long: 'Un rapport couvre au plus 800 jours.',
  one_of_degraded_down: 'Donnez au moins une limite : pour dégradé ou pour en panne.',
  beyond_degraded: 'La limite de la panne se trouve au-delà de celle du dégradé.',
  below_flap_start: 'Il doit être plus bas que le début de l’instabilité.',
  host_key:
    'Ce n’est pas une clé d’hôte. Collez-la sous la forme « ssh-ed25519 AAAA… », comme l’affiche l’examen ou un fichier known_hosts.',
  cursor: 'Ce n’est pas le `next` d’une page précédente.',
  web_address: 'Écrivez une adresse web qui commence par https:// ou http://, sans nom d’utilisateur ni mot de passe.',
  missing: 'Ce champ manque. Donnez une valeur.',
  form: 'Ce n’est pas écrit comme il le faut.',
  time_zone: 'Ce fuseau horaire est inconnu. Écrivez-le comme Europe/Paris ou America/Montreal.',
  mail_address: 'Ce n’est pas une adresse électronique. Écrivez-la comme nom@exemple.fr.',
  kind_and_id: 'Désignez un objet par son type et son identifiant ensemble, ou n’indiquez ni l’un ni l’autre.',
  finest_shortest: 'Ce qui est plus grossier se garde au moins aussi longtemps que ce qui est plus fin.',
  few_labels: 'Donnez au plus 20 étiquettes.',
  authority_private_key:
    'Ce texte contient une clé privée. Donnez seulement le certificat ; rien n’a été enregistré, mais une clé collée quelque part est à remplacer.',
  authority_no_certificate:
    'Aucun certificat lisible ici. Collez-le entier, de « -----BEGIN CERTIFICATE----- » à « -----END CERTIFICATE----- ».',
  authority_not_an_authority:
    'L’un de ces certificats n’est ni celui d’une autorité ni signé par lui-même. Donnez l’autorité qui l’a émis.',
  authority_certificate_over: 'L’un de ces certificats a expiré. Une autorité expirée ne garantit rien.',
  many_authorities: 'On garde au plus 100 autorités. Retirez-en d’abord.',
  secret_again:
    'Saisissez de nouveau ce secret : l’endroit où il est envoyé, ou sa protection en chemin, changerait, et un secret enregistré n’y est pas emmené.',
  too_deep: 'La demande est imbriquée trop profondément.',
};

export const internalFault: typeof en.internalFault = (reference) =>
  `Une erreur s’est produite dans Vigie. Rien n’a été fait à moitié. Donnez ce numéro à la personne qui s’occupe de Vigie : ${reference}`;

export const fieldFaults: typeof en.fieldFaults = {
  missing: 'Il manque une valeur ici.',
  kind: (expected) =>
    `Il faut ici ${({ string: 'un texte', number: 'un nombre', int: 'un nombre entier', boolean: 'oui ou non (true ou false)', array: 'une liste', object: 'un objet', record: 'un objet' } as Record<string, string>)[expected] ?? expected}.`,
  tooShort: (least) => (least === 1 ? 'Ce champ ne peut pas rester vide.' : `Écrivez au moins ${least} caractères.`),
  tooLong: (most) => `Écrivez au plus ${most} ${most < 2 ? 'caractère' : 'caractères'}.`,
  tooFew: (least) => `Donnez-en au moins ${least}.`,
  tooMany: (most) => `Donnez-en au plus ${most}.`,
  tooSmall: (least) => `La plus petite valeur est ${least}.`,
  tooLarge: (most) => `La plus grande valeur est ${most}.`,
  choice: (choices) => `Choisissez parmi : ${choices}.`,
  mail: 'Ce n’est pas une adresse électronique. Écrivez-la comme nom@exemple.fr.',
  uuid: 'Ce n’est pas un identifiant.',
  time: 'Ce n’est pas un instant. Écrivez-le comme 2026-03-29T02:30:00+01:00.',
  form: 'Ce n’est pas écrit comme il faut.',
  unknown: (names) => `Rien ici ne s’appelle ${names}.`,
  other: 'Cette valeur est inutilisable.',
};

import { describe, expect, test } from 'vitest';
import { SolutionIndex } from './solution-index.ts';

/** What is known in one language, and what somebody asks in the other. */
type Case = readonly [title: string, text: string, question: string];

const inEnglish: readonly Case[] = [
  [
    'Outlook keeps asking for the password',
    'Remove the stored credentials, then sign in again. The account was locked after a password change.',
    'Outlook redemande sans cesse le mot de passe',
  ],
  [
    'Printer prints blank pages',
    'Replace the toner cartridge and print a test page. Clean the drum if the pages stay white.',
    'l’imprimante sort des pages blanches',
  ],
  [
    'Shared drive not available from home',
    'Connect the VPN first, then map the network drive again.',
    'impossible d’ouvrir le lecteur réseau partagé depuis la maison',
  ],
  [
    'Laptop does not charge',
    'Try another power adapter. When the battery is worn out, order a new one from the supplier.',
    'mon ordinateur portable ne charge plus, batterie usée ?',
  ],
  [
    'Certificate expired on the web server',
    'Renew the certificate, install the whole chain and reload nginx.',
    'le certificat du serveur web a expiré',
  ],
  [
    'Disk full because of old log files',
    'Delete archives older than thirty days, shorten the retention, restart the service.',
    'disque saturé par de vieux fichiers journaux',
  ],
  [
    'Database refuses connections: too many clients',
    'Raise the connection limit or put a pool before it; close idle sessions.',
    'la base de données refuse les connexions, trop de clients',
  ],
  [
    'Backup failed: destination unreachable',
    'Check the firewall between the backup server and the storage, then run the job again.',
    'la sauvegarde a échoué, destination injoignable',
  ],
  [
    'User cannot log on after holidays',
    'The account was disabled automatically. Enable it in the directory and set a temporary password.',
    'un utilisateur ne peut plus ouvrir de session après ses congés, compte désactivé',
  ],
  [
    'Slow queries after an upgrade',
    'The planner has no statistics: analyze the tables, rebuild the missing index.',
    'requêtes lentes depuis la mise à niveau',
  ],
  [
    'Phone does not receive mail any more',
    'Remove the mail account from the phone, accept the new security policy, add the account again.',
    'mon téléphone ne reçoit plus les courriels',
  ],
  [
    'Screen stays black after docking',
    'Update the display driver and the firmware of the docking station. Check the cable.',
    'écran noir quand je branche la station d’accueil',
  ],
  [
    'Clock of the domain controller is wrong',
    'Configure the time source by NTP and resynchronise. Kerberos tickets are refused meanwhile.',
    'l’heure du contrôleur de domaine est fausse',
  ],
  [
    'Memory leak in the application server',
    'Heap grows until the process is killed. Restart it each night until the patch is installed.',
    'fuite de mémoire du serveur d’applications',
  ],
  [
    'Wireless keeps dropping in the meeting room',
    'The access point is overloaded. Change the channel and add a second antenna.',
    'le sans-fil se coupe tout le temps dans la salle de réunion',
  ],
  [
    'Mailbox is over its quota',
    'Archive old messages, empty the trash, or increase the quota of the mailbox.',
    'ma boîte aux lettres dépasse son quota',
  ],
  [
    'New employee needs access to accounting',
    'Add the user to the accounting group after approval by the manager.',
    'donner à une nouvelle employée l’accès à la comptabilité',
  ],
  [
    'Name resolution fails for internal hosts',
    'The forwarder of the name server was down. Restart the resolver and flush its cache.',
    'les noms des machines internes ne sont plus résolus',
  ],
  [
    'Scheduled task did not run',
    'The password of the service account was changed. Enter it again in the scheduler.',
    'la tâche planifiée ne s’est pas exécutée',
  ],
  [
    'Spreadsheet is locked by another user',
    'Close the open file on the file server, then open it read-write.',
    'le classeur est verrouillé par un autre utilisateur',
  ],
];

const inFrench: readonly Case[] = [
  [
    'Le poste de travail démarre sur un écran bleu',
    'Démarrer en mode sans échec, désinstaller le dernier pilote, puis réparer le système de fichiers.',
    'workstation boots to a blue screen',
  ],
  [
    'Le scanner n’envoie plus les documents par courriel',
    'Mettre à jour l’adresse du relais et le mot de passe du compte d’envoi.',
    'scanner no longer sends documents by mail',
  ],
  [
    'Débit très lent sur le site distant',
    'La ligne est saturée par les sauvegardes : les limiter pendant la journée.',
    'network is very slow at the remote site, bandwidth saturated',
  ],
  [
    'Commutateur en panne dans le local technique',
    'Remplacer l’alimentation, remettre la configuration enregistrée, vérifier les liens montants.',
    'switch broken in the wiring closet, power supply dead',
  ],
  [
    'Pièce jointe refusée car trop grande',
    'La taille maximale est de 25 Mo ; déposer le fichier sur le partage et envoyer le lien.',
    'attachment rejected, too large',
  ],
  [
    'Réinitialiser le second facteur d’un agent',
    'Supprimer le jeton perdu, puis faire enregistrer le nouveau téléphone.',
    'reset second factor, the user lost the token',
  ],
  [
    'Machine virtuelle figée après un instantané',
    'Consolider les disques, supprimer l’instantané, libérer de l’espace sur la banque de données.',
    'virtual machine frozen after a snapshot',
  ],
  [
    'Onduleur en batterie faible',
    'Prévoir l’arrêt propre des serveurs, remplacer les batteries, vérifier la charge.',
    'UPS reports low battery',
  ],
  [
    'Le pare-feu bloque la nouvelle application',
    'Ouvrir le port demandé vers le serveur, journaliser la règle, prévenir la sécurité.',
    'firewall blocks the new application',
  ],
  ['Licences épuisées', 'Retirer les licences des comptes désactivés ou en commander d’autres.', 'no licences left'],
  [
    'La réplication de la base a pris du retard',
    'Le disque du secondaire est trop lent ; arrêter la requête longue sur le réplica.',
    'database replication is lagging behind',
  ],
  [
    'File d’attente d’impression bloquée',
    'Arrêter le spouleur, vider le dossier, le redémarrer.',
    'print queue is stuck',
  ],
  [
    'Message d’hameçonnage reçu par plusieurs utilisateurs',
    'Bloquer l’expéditeur, retirer le message des boîtes, changer les mots de passe de ceux qui ont cliqué.',
    'phishing mail received by several users',
  ],
  [
    'Récupérer un fichier supprimé par erreur',
    'Restaurer la version précédente depuis la sauvegarde de la nuit.',
    'how to recover a file deleted by mistake',
  ],
  [
    'Charge du processeur à cent pour cent',
    'Un antivirus analyse tout le disque : exclure les dossiers de données.',
    'CPU load at one hundred percent',
  ],
  [
    'Clavier et souris ne répondent plus',
    'Changer les piles, rebrancher le récepteur, essayer un autre port USB.',
    'keyboard and mouse do not respond',
  ],
  [
    'Mise à jour de sécurité en échec',
    'Libérer de la place, arrêter le service de mise à jour, effacer son cache et recommencer.',
    'security update fails',
  ],
  [
    'Température élevée dans la salle des serveurs',
    'La climatisation est arrêtée : appeler l’entretien, éteindre ce qui n’est pas vital.',
    'high temperature in the server room',
  ],
  [
    'Droits manquants sur un dossier partagé',
    'Ajouter la personne au groupe du dossier ; elle doit fermer et rouvrir sa session.',
    'missing permissions on a shared folder',
  ],
  [
    'Adresse IP en double sur le réseau',
    'Trouver l’équipement fautif par son adresse MAC, réserver l’adresse dans le DHCP.',
    'duplicate IP address on the network',
  ],
];

describe('a question in the other language', () => {
  const index = new SolutionIndex();
  const all = [...inEnglish, ...inFrench];
  for (const [at, [title, text]] of all.entries()) index.put({ id: String(at), title, text });
  const placeOf = (at: number): number =>
    index.find({ text: all[at]?.[2] ?? '' }, 10).findIndex(({ id }) => id === String(at));

  test.each([
    ['French, entries in English', 0, inEnglish.length],
    ['English, entries in French', inEnglish.length, all.length],
  ])('%s: nearly all are among the first three', (_, from, to) => {
    const places = Array.from({ length: to - from }, (__, at) => placeOf(from + at));
    expect(places.filter((place) => place >= 0 && place < 3).length).toBeGreaterThanOrEqual(0.9 * places.length);
  });
});

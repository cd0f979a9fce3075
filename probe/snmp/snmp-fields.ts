import type { Language } from '#contract/words.ts';
import type { FieldText } from '../check-kind.ts';
import type { SnmpAccess } from './snmp-access.ts';

type AccessFields = { readonly [Field in keyof SnmpAccess]: FieldText };

const hashes = {
  md5: 'MD5',
  sha: 'SHA-1',
  sha224: 'SHA-224',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

/** Words for the settings by which an agent is reached. */
export const snmpFields: Readonly<Record<Language, AccessFields>> = {
  en: {
    port: { label: 'Port', help: 'UDP port of the SNMP agent.' },
    version: {
      label: 'SNMP version',
      help: 'v3 can authenticate and encrypt; v1 is for devices that know nothing else (no 64-bit counters).',
      options: { '2c': 'v2c', '3': 'v3', '1': 'v1' },
    },
    community: { label: 'Community', help: 'For v1 and v2c: the word that admits to reading. Empty takes “public”.' },
    user: { label: 'User', help: 'For v3: the security name.' },
    securityLevel: {
      label: 'Security level',
      help: 'For v3: what is asked of each message.',
      options: {
        noAuthNoPriv: 'neither password nor encryption',
        authNoPriv: 'password, not encrypted',
        authPriv: 'password and encryption',
      },
    },
    authProtocol: { label: 'Authentication', help: 'For v3: how the password is proved.', options: hashes },
    authPassword: { label: 'Authentication password', help: 'For v3: at least 8 characters.' },
    privProtocol: {
      label: 'Encryption',
      help: 'For v3. AES-256 comes in two ways; Cisco uses the second.',
      options: { des: 'DES', aes: 'AES-128', aes256b: 'AES-256 (Blumenthal)', aes256r: 'AES-256 (Reeder, Cisco)' },
    },
    privPassword: { label: 'Encryption password', help: 'For v3: at least 8 characters.' },
    contextName: { label: 'Context', help: 'For v3: only where a device keeps several sets of values. Mostly empty.' },
  },
  fr: {
    port: { label: 'Port', help: 'Port UDP de l’agent SNMP.' },
    version: {
      label: 'Version de SNMP',
      help: 'v3 sait authentifier et chiffrer ; v1 est pour les équipements qui ne connaissent rien d’autre (pas de compteurs de 64 bits).',
      options: { '2c': 'v2c', '3': 'v3', '1': 'v1' },
    },
    community: {
      label: 'Communauté',
      help: 'Pour v1 et v2c : le mot qui donne le droit de lire. Vide : « public ».',
    },
    user: { label: 'Utilisateur', help: 'Pour v3 : le nom de sécurité.' },
    securityLevel: {
      label: 'Niveau de sécurité',
      help: 'Pour v3 : ce qui est exigé de chaque message.',
      options: {
        noAuthNoPriv: 'ni mot de passe ni chiffrement',
        authNoPriv: 'mot de passe, sans chiffrement',
        authPriv: 'mot de passe et chiffrement',
      },
    },
    authProtocol: {
      label: 'Authentification',
      help: 'Pour v3 : comment le mot de passe est prouvé.',
      options: hashes,
    },
    authPassword: { label: 'Mot de passe d’authentification', help: 'Pour v3 : au moins 8 caractères.' },
    privProtocol: {
      label: 'Chiffrement',
      help: 'Pour v3. AES-256 existe de deux façons ; Cisco emploie la seconde.',
      options: { des: 'DES', aes: 'AES-128', aes256b: 'AES-256 (Blumenthal)', aes256r: 'AES-256 (Reeder, Cisco)' },
    },
    privPassword: { label: 'Mot de passe de chiffrement', help: 'Pour v3 : au moins 8 caractères.' },
    contextName: {
      label: 'Contexte',
      help: 'Pour v3 : seulement si un équipement tient plusieurs jeux de valeurs. Vide le plus souvent.',
    },
  },
};

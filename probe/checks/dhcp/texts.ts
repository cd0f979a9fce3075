import type { KindTexts } from '#probe/check-kind.ts';
import { connectionTexts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import { timeText } from '#probe/number-text.ts';
import { spanText } from '#probe/value-text.ts';
import type { DhcpSettings } from './settings.ts';

export type DhcpReasons = ConnectionReasons & {
  offered: { server: string; address: string; leaseSeconds: number };
  noOffer: { server: string; ms: number };
  oneMissing: { server: string; count: number };
  rogue: { server: string; address: string; router: string };
  otherRouter: { server: string; router: string; expected: string };
  denied: Record<string, never>;
  taken: Record<string, never>;
  notHere: { address: string };
  noInterface: { interface: string };
};

const en: KindTexts<DhcpSettings, DhcpReasons> = {
  name: 'DHCP',
  description: 'Asks on a network of this machine who offers addresses: the right server does, and nobody else.',
  fields: {
    interface: {
      label: 'Network interface',
      help: 'Of the machine Vigie runs on, such as eth0. Empty takes the one in whose network the target lies.',
    },
    servers: {
      label: 'Right servers',
      help: 'Addresses of the servers that may offer, one a line. None: the target alone.',
    },
    listenMs: { label: 'Listen for (ms)', help: 'Offers are collected for this long: a rogue server may be slow.' },
    rogue: {
      label: 'Another server offers',
      help: 'What it means when somebody else offers addresses.',
      options: { down: 'down', degraded: 'degraded', ignore: 'nothing' },
    },
    expectedRouter: { label: 'Expected router', help: 'Degraded when another one is offered. Empty accepts any.' },
  },
  metrics: { offers: 'Servers that offer', firstOffer: 'First offer after' },
  reasons: {
    ...connectionTexts.en,
    offered: ({ server, address, leaseSeconds }) =>
      `${server} offers ${address}${leaseSeconds > 0 ? ` for ${spanText('en', leaseSeconds)}` : ''}.`,
    noOffer: ({ server, ms }) =>
      `${server} offered no address within ${timeText('en', ms)}: it is off, out of addresses, or does not serve this network.`,
    oneMissing: ({ server, count }) =>
      `${server} offered no address; ${count === 1 ? 'another right server did' : `${count} other right servers did`}.`,
    rogue: ({ server, address, router }) =>
      `A server that should not be there offers addresses: ${server} offers ${address} with the router ${router}.`,
    otherRouter: ({ server, router, expected }) => `${server} offers the router ${router} instead of ${expected}.`,
    denied: () =>
      'Vigie may not listen on UDP port 68 here. Allow it with AmbientCapabilities=CAP_NET_BIND_SERVICE in its systemd unit.',
    taken: () =>
      'Another program keeps UDP port 68 of this machine for itself, most likely its own DHCP client: watch from a machine with a fixed address.',
    notHere: ({ address }) =>
      `${address} lies in no network of this machine: DHCP is only heard on the same network. Name the interface, or watch from there.`,
    noInterface: ({ interface: name }) => `This machine has no interface ${name} with an IPv4 address.`,
  },
};

const fr: KindTexts<DhcpSettings, DhcpReasons> = {
  name: 'DHCP',
  description: 'Demande sur un réseau de cette machine qui offre des adresses : le bon serveur, et personne d’autre.',
  fields: {
    interface: {
      label: 'Interface réseau',
      help: 'De la machine où tourne Vigie, par exemple eth0. Vide : celle dont le réseau contient la cible.',
    },
    servers: {
      label: 'Bons serveurs',
      help: 'Adresses des serveurs qui peuvent offrir, une par ligne. Aucune : la cible seule.',
    },
    listenMs: {
      label: 'Écouter pendant (ms)',
      help: 'Les offres sont recueillies pendant ce temps : un serveur pirate peut être lent.',
    },
    rogue: {
      label: 'Un autre serveur offre',
      help: 'Ce que cela signifie quand quelqu’un d’autre offre des adresses.',
      options: { down: 'en panne', degraded: 'dégradé', ignore: 'rien' },
    },
    expectedRouter: {
      label: 'Routeur attendu',
      help: 'Dégradé quand un autre est offert. Vide : tout routeur convient.',
    },
  },
  metrics: { offers: 'Serveurs qui offrent', firstOffer: 'Première offre après' },
  reasons: {
    ...connectionTexts.fr,
    offered: ({ server, address, leaseSeconds }) =>
      `${server} offre ${address}${leaseSeconds > 0 ? ` pour ${spanText('fr', leaseSeconds)}` : ''}.`,
    noOffer: ({ server, ms }) =>
      `${server} n’a offert aucune adresse en ${timeText('fr', ms)} : il est arrêté, à court d’adresses, ou ne sert pas ce réseau.`,
    oneMissing: ({ server, count }) =>
      `${server} n’a offert aucune adresse ; ${count === 1 ? 'un autre bon serveur l’a fait' : `${count} autres bons serveurs l’ont fait`}.`,
    rogue: ({ server, address, router }) =>
      `Un serveur qui n’a rien à faire là offre des adresses : ${server} offre ${address} avec le routeur ${router}.`,
    otherRouter: ({ server, router, expected }) => `${server} offre le routeur ${router} au lieu de ${expected}.`,
    denied: () =>
      'Vigie n’a pas le droit d’écouter ici sur le port UDP 68. Accordez-le par AmbientCapabilities=CAP_NET_BIND_SERVICE dans son unité systemd.',
    taken: () =>
      'Un autre programme garde pour lui le port UDP 68 de cette machine, sans doute son propre client DHCP : surveillez depuis une machine à adresse fixe.',
    notHere: ({ address }) =>
      `${address} n’est dans aucun réseau de cette machine : DHCP ne s’entend que sur le même réseau. Nommez l’interface, ou surveillez depuis là-bas.`,
    noInterface: ({ interface: name }) => `Cette machine n’a pas d’interface ${name} avec une adresse IPv4.`,
  },
};

export const dhcpTexts = { en, fr };

import { z } from 'zod';
import { secretText } from '#probe/secret-text.ts';
import { defineChannelKind } from '../channel-kind.ts';
import { wholeText } from '../message-text.ts';
import { runApprise } from '../run-apprise.ts';

const settings = z.object({ urls: secretText(4_000) });

const en = {
  title: 'Apprise',
  summary: 'Everything the program apprise speaks, where it is installed on Vigie’s machine (Debian: apprise).',
  fields: {
    urls: {
      label: 'Addresses',
      help: 'As apprise writes them, such as signal://… or matrixs://…; several with a space between.',
    },
  },
};
const fr: typeof en = {
  title: 'Apprise',
  summary: 'Tout ce que parle le programme apprise, s’il est installé sur la machine de Vigie (Debian : apprise).',
  fields: {
    urls: {
      label: 'Adresses',
      help: 'Comme apprise les écrit, par exemple signal://… ou matrixs://… ; plusieurs séparées par une espace.',
    },
  },
};

/** More than a hundred services by the program `apprise` (apprise(1)). */
export const appriseChannel = defineChannelKind({
  name: 'apprise',
  settings,
  texts: { en, fr },
  needs: [['urls']],
  forEverybody: false,
  digests: true,
  shown: ({ urls }) =>
    [...new Set(urls.split(/\s+/u).map((url) => url.split('://')[0] ?? ''))]
      .filter((scheme) => scheme !== '')
      .join(', '),
  send: ({ urls }, { wording }, { signal }) => runApprise(urls, wholeText(wording), signal),
});

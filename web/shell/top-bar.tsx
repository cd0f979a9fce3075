import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconCheck, IconKeyboard, IconLogout, IconSearch, IconSunHigh, IconUserCircle } from '@tabler/icons-react';
import { Link, useMatches, type UIMatch } from 'react-router';
import { KbdHint } from '../ui/kbd-hint.tsx';
import { useKept } from '../ui/kept.ts';
import { openPalette } from '../ui/palette.tsx';
import { paths } from '../paths.ts';
import { api } from './api.ts';
import { useLanguage } from './language.tsx';
import type { RouteHandle } from './module-face.ts';
import { queryClient } from './query-client.ts';
import { useMe } from './session.ts';
import { useShellTexts } from './shell-texts.ts';
import { useSwitchLanguage } from './switch-language.ts';

/** Where I am, search, language, appearance, me. */
export function TopBar({ onHelp }: { onHelp: () => void }) {
  const texts = useShellTexts();
  const switchLanguage = useSwitchLanguage();
  const language = useLanguage();
  const about = useQuery(api.house.about.queryOptions({ input: {}, staleTime: Number.POSITIVE_INFINITY }));
  return (
    <header className="v-top">
      <Breadcrumb />
      {about.data?.demonstration === true && <span className="v-demo">{texts.demonstration}</span>}
      <button type="button" className="v-top-search" onClick={openPalette}>
        <IconSearch size={15} aria-hidden="true" />
        <span>{texts.searchHint}</span>
        <KbdHint keys="mod+k" />
      </button>
      <button
        type="button"
        className="v-top-language"
        lang={language === 'fr' ? 'en' : 'fr'}
        aria-label={texts.language.switchLabel}
        onClick={switchLanguage}
      >
        {texts.language.switchTo}
      </button>
      <ThemeMenu />
      <MeMenu onHelp={onHelp} />
    </header>
  );
}

function hasCrumb(match: UIMatch): match is UIMatch<unknown, RouteHandle> {
  return typeof match.handle === 'object' && match.handle !== null && 'Crumb' in match.handle;
}

function Breadcrumb() {
  const texts = useShellTexts();
  const steps = useMatches().filter(hasCrumb);
  return (
    <nav className="v-crumbs" aria-label={texts.where}>
      <ol>
        {steps.map((match, at) => {
          const { Crumb, to } = match.handle;
          const last = at === steps.length - 1;
          const word = <Crumb params={match.params} />;
          return (
            <li key={match.id} aria-current={last ? 'page' : undefined}>
              {to === undefined || last ? <span>{word}</span> : <Link to={to(match.params)}>{word}</Link>}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function tick(on: boolean) {
  return <IconCheck size={14} style={{ visibility: on ? 'visible' : 'hidden' }} />;
}

function ThemeMenu() {
  const texts = useShellTexts();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [text, setText] = useKept('text', 'small');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={32} aria-label={texts.theme.label} title={texts.theme.label}>
          <IconSunHigh size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(['light', 'dark', 'auto'] as const).map((scheme) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            leftSection={tick(colorScheme === scheme)}
            onClick={() => setColorScheme(scheme)}
          >
            {texts.theme[scheme]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {(['small', 'large'] as const).map((size) => (
          <Menu.Item
            key={size}
            role="menuitemradio"
            aria-checked={text === size}
            leftSection={tick(text === size)}
            onClick={() => setText(size)}
          >
            {texts.theme[size]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function MeMenu({ onHelp }: { onHelp: () => void }) {
  const texts = useShellTexts();
  const { person } = useMe();
  const signOut = useMutation(
    api.people.session.end.mutationOptions({
      onSuccess: () => {
        // A whole reload: nothing of this person stays in memory for the next one.
        queryClient.clear();
        location.assign(paths.signIn());
      },
    }),
  );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={32} aria-label={texts.me.label} title={person.name}>
          <IconUserCircle size={20} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="v-me">
          <strong>{person.name}</strong>
          <span>{person.mail}</span>
          <span>{texts.roles[person.role]}</span>
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to={paths.me()} leftSection={<IconUserCircle size={16} />}>
          {texts.me.label}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} rightSection={<KbdHint keys="?" />} onClick={onHelp}>
          {texts.me.keys}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate({})}>
          {texts.me.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

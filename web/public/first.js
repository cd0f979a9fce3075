// Runs before anything is drawn, so that the page never flashes in the wrong theme, size or language.
function kept(name) {
  try {
    return localStorage.getItem(`vigie.${name}`);
  } catch {
    return null;
  }
}

const root = document.documentElement;
const scheme = kept('scheme');
const dark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
root.dataset.mantineColorScheme = dark ? 'dark' : 'light';
root.dataset.text = kept('text') ?? 'small';
root.lang = kept('language') ?? (navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en');

// Zod would try whether it may compile code at run time, which the server's content policy forbids with a warning in
// the console; it asks as soon as the contract is loaded, so it must be told before.
globalThis.__zod_globalConfig = { jitless: true };

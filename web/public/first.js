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

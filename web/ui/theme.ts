import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The accent: links, focus, selection, the one main action. Violet, because the other hues belong to states. */
const iris: MantineColorsTuple = [
  '#f1f0fe',
  '#e0ddfb',
  '#c0baf5',
  '#a49aff',
  '#8579ec',
  '#6b5ce2',
  '#5546d6',
  '#4739bb',
  '#3a2f9a',
  '#2c2475',
];

/** Mantine's dark greys, in the house's cool hue. */
const dark: MantineColorsTuple = [
  '#e9ebf0',
  '#bcc2cd',
  '#99a1af',
  '#717a89',
  '#454b57',
  '#2a2e37',
  '#1b1e25',
  '#15171c',
  '#101216',
  '#0b0d11',
];

const sized = (px: number): string => `calc(${String(px)}px * var(--v-scale))`;

/** The house's theme for Mantine's parts: small, square-ish, quick; colours come from theme.css. */
export const theme = createTheme({
  colors: { iris, dark },
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 3 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  fontFamily: "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  fontFamilyMonospace: 'var(--v-mono)',
  fontSizes: { xs: sized(11.5), sm: sized(13), md: sized(13), lg: sized(15), xl: sized(18) },
  headings: { fontWeight: '620', sizes: { h1: { fontSize: sized(18) }, h2: { fontSize: sized(14) } } },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Modal: { defaultProps: { centered: true, radius: 8, transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md', radius: 6 } },
    Popover: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
    Tooltip: {
      defaultProps: {
        openDelay: 350,
        transitionProps: { duration: 80 },
        events: { hover: true, focus: true, touch: false },
      },
    },
  },
});

/** Lets Mantine's parts stand on the house's surfaces. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--v-page)',
    '--mantine-color-text': 'var(--v-ink)',
    '--mantine-color-dimmed': 'var(--v-ink-quiet)',
    '--mantine-color-default-border': 'var(--v-line-control)',
    '--mantine-color-error': 'var(--v-problem)',
    '--mantine-color-placeholder': 'var(--v-ink-quiet)',
    '--mantine-color-anchor': 'var(--v-accent)',
  },
  light: {},
  dark: { '--mantine-color-default': 'var(--v-raised)', '--mantine-color-default-hover': 'var(--v-hover)' },
});

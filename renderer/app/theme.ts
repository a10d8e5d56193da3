import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Deep green: the cloth of a ledger's cover. Shades 7 (light) and 6 (dark) carry white text. */
const leaf: MantineColorsTuple = [
  '#e9f5f0',
  '#d3eae0',
  '#a5d6c3',
  '#74c1a4',
  '#4cae8a',
  '#2f9674',
  '#1a7a5c',
  '#0d634a',
  '#0a503c',
  '#073d2e',
];

/** Greys of paper, and of the same green at night, in the place of Mantine's blue ones. */
const gray: MantineColorsTuple = [
  '#faf9f4',
  '#f3f1ea',
  '#ece9df',
  '#e1ded2',
  '#cfcbbd',
  '#b3afa1',
  '#8b8779',
  '#6c695d',
  '#4a483f',
  '#2b2a24',
];
const dark: MantineColorsTuple = [
  '#e7eee9',
  '#c5d0ca',
  '#adbab2',
  '#95a39b',
  '#4a5a52',
  '#35443c',
  '#1e2923',
  '#17201b',
  '#121a16',
  '#0d1310',
];

/** Mantine draws with our tokens (tokens.css), so that light and dark come from one place. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace",
  headings: { fontFamily: "'Inter Variable', system-ui, 'Segoe UI', sans-serif", fontWeight: '650' },
  colors: { leaf, gray, dark },
  primaryColor: 'leaf',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  components: {
    // The window itself never scrolls, and locking the scroll would add a style element without our nonce.
    Modal: {
      defaultProps: {
        lockScroll: false,
        centered: true,
        transitionProps: { transition: 'fade', duration: 120 },
      },
    },
    Drawer: { defaultProps: { lockScroll: false, position: 'right', transitionProps: { duration: 120 } } },
    Button: { defaultProps: { size: 'sm' } },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 400, events: { hover: true, focus: true, touch: false } },
    },
  },
});

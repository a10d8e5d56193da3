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

/** Mantine draws with our tokens (tokens.css), so that light and dark come from one place. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', monospace",
  headings: { fontFamily: "'Inter Variable', system-ui, 'Segoe UI', sans-serif", fontWeight: '650' },
  colors: { leaf },
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

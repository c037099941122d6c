import { createTheme, type MantineColorsTuple } from '@mantine/core'

const teal: MantineColorsTuple = [
  '#effaf7',
  '#d5f2ea',
  '#aee5d7',
  '#7dd3c0',
  '#2dd4bf',
  '#14a394',
  '#0f8a7e',
  '#0f766e',
  '#115e59',
  '#134e4a',
]
// Mantine's own is too light for white words on it.
const red: MantineColorsTuple = [
  '#fdeceb',
  '#fad4d1',
  '#f5b8b2',
  '#f7a59d',
  '#f4867c',
  '#e0564a',
  '#c9372b',
  '#b42318',
  '#93190f',
  '#76130b',
]
// Warm neutrals of the dark theme, lightest first, as Mantine wants them.
const dark: MantineColorsTuple = [
  '#e9e6e1',
  '#c3beb6',
  '#a39d94',
  '#7d776e',
  '#3d3a36',
  '#302d2a',
  '#282623',
  '#1f1d1b',
  '#191816',
  '#131211',
]

/** Size and colour of the desk: 14 px, a 4 px grid, one accent. The operator's accent comes as a CSS variable. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: 7,
  autoContrast: true,
  luminanceThreshold: 0.36,
  colors: { teal, red, dark },
  fontFamily: "'Golos Text Variable', system-ui, sans-serif",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontFamily: "'Golos Text Variable', system-ui, sans-serif", fontWeight: '600' },
  defaultRadius: 6,
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 30 } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, transitionProps: { duration: 80 } } },
    Modal: {
      defaultProps: { centered: true, transitionProps: { duration: 120, transition: 'pop' }, radius: 10 },
    },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
  },
})

/**
 * Colours that people with colour-blindness tell apart (Okabe & Ito), and the ink of the page.
 * A chart is drawn in the light values; render.ts then puts the page's CSS variable in place of each, so that one picture serves light and dark.
 */
export const palette = {
  before: '#7a8591',
  blue: '#0072B2',
  vermillion: '#D55E00',
  green: '#009E73',
  purple: '#CC79A7',
  orange: '#E69F00',
  sky: '#56B4E9',
  ink: '#1c2430',
  muted: '#58626e',
  line: '#d8dde3',
  paper: '#ffffff',
  heat0: '#eef3f8',
  heat1: '#cfe1ee',
  heat2: '#9cc5df',
  heat3: '#5ba3cb',
  heat4: '#1f78ad',
  heat5: '#0b4a75',
} as const
export type Colour = keyof typeof palette

/** The same colours on a dark page: lighter, so that they keep their contrast. */
export const darkPalette: Readonly<Record<Colour, string>> = {
  before: '#a3adb8',
  blue: '#5cb8ee',
  vermillion: '#f58a45',
  green: '#35c89c',
  purple: '#e3a3c6',
  orange: '#f2b93b',
  sky: '#9ad4f5',
  ink: '#e8ecf1',
  muted: '#a5afbb',
  line: '#36404c',
  paper: '#12171d',
  heat0: '#1c2733',
  heat1: '#1d3a52',
  heat2: '#1f5377',
  heat3: '#27699a',
  heat4: '#58aadd',
  heat5: '#b4def8',
}

const armColours: readonly Colour[] = ['before', 'blue', 'vermillion', 'green', 'purple', 'orange', 'sky']
const armDashes: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3], [4, 4], [1, 2], [12, 4]]

/** The colour of the n-th arm (0 is the one compared with). */
export const armColour = (index: number): Colour => armColours[index % armColours.length] ?? 'before'
/** Lines differ by dash as well as by colour. */
export const armDash = (index: number): readonly number[] => armDashes[index % armDashes.length] ?? []

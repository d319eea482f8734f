/**
 * Where the districts of a city stand on its tile map: one square each, neighbours roughly as on the ground, drawn by hand.
 * A city that is not here gets bars.
 */
export interface TileLayout {
  readonly city: string
  /** Rows from north to south; names of districts from west to east, an empty name leaves a gap. */
  readonly rows: readonly (readonly string[])[]
}

const layouts: readonly TileLayout[] = [
  {
    city: 'shanghai',
    rows: [
      ['', '', '', 'chongming'],
      ['', 'jiading', 'baoshan', 'yangpu'],
      ['', 'putuo', 'jingan', 'hongkou'],
      ['qingpu', 'changning', 'huangpu', 'pudong'],
      ['songjiang', 'minhang', 'xuhui', ''],
      ['jinshan', 'fengxian', '', ''],
    ],
  },
]

/** The layout whose districts are exactly these, by whatever name the city goes; undefined where none fits. */
export function tileLayoutFor(districts: readonly string[]): TileLayout | undefined {
  const wanted = [...districts].sort().join()
  return layouts.find(
    ({ rows }) =>
      rows
        .flat()
        .filter((name) => name !== '')
        .sort()
        .join() === wanted,
  )
}

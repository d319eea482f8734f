/** What the levels of one command showed, each told by the result in its own folder, so that a command gone on with tells the earlier ones too. */
import { join } from 'node:path'
import { readStoredResult } from '../reports/read-stored-result.ts'
import type { LevelFigures } from '../simulators/measures/result-wire.ts'
import type { ProfileLevel } from '../simulators/trace/latency-profile.ts'

type Known = Pick<ProfileLevel, 'name' | 'fromSecond' | 'seconds' | 'scale'>

/**
 * @param known levels of the profile's file
 * @param now the level that has just been played
 * @returns figures of both, lowest rate first. A level whose folder is gone, or holds another moment or scale by now, is left out.
 */
export function levelsSoFar(known: readonly Known[], now: LevelFigures, folderOf: (name: string) => string): readonly LevelFigures[] {
  const earlier = known.filter(({ name }) => name !== now.name).flatMap((level) => storedFigures(folderOf(level.name), level))
  return [...earlier, now].toSorted((a, b) => a.platformPaymentsPerSecond - b.platformPaymentsPerSecond)
}

function storedFigures(folder: string, { name, fromSecond, seconds, scale }: Known): readonly LevelFigures[] {
  const read = readStoredResult(join(folder, 'run-result.json'))
  const wire = read.ok ? read.result.wire : undefined
  if (wire === undefined) return []
  const { window, level, levels } = wire
  const isTheSame = window.fromSecond === fromSecond && window.toSecond === fromSecond + seconds && level.scale === scale
  return isTheSame ? levels.filter((figures) => figures.name === name) : []
}

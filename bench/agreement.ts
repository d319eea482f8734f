/** Whether an engine with dice of its own plays the same model: its days against the reference's days, measure by measure. */
import { studentTQuantile } from '../simulators/measures/statistics/student-t.ts'

export interface Comparison {
  readonly measure: string
  readonly reference: number
  readonly other: number
  /** Half the width of the interval that holds the difference if both play one model. */
  readonly allowed: number
  readonly agrees: boolean
}

/** All measures together raise a false alarm once in a hundred comparisons. */
const falseAlarm = 0.01

/**
 * Compares the mean of each measure over the days of two engines by a prediction interval (Student's t, Bonferroni over the measures).
 * The spread between days is taken from the reference, which has the more days.
 */
export function compareDays(
  measures: readonly string[],
  reference: readonly (readonly number[])[],
  other: readonly (readonly number[])[],
): Comparison[] {
  const days = reference.length
  const t = studentTQuantile(1 - falseAlarm / (2 * measures.length), days - 1)
  return measures.map((measure, index) => {
    const expected = reference.map((day) => day[index]!)
    const mean = meanOf(expected)
    const variance = expected.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (days - 1)
    const seen = meanOf(other.map((day) => day[index]!))
    const allowed = t * Math.sqrt(variance * (1 / days + 1 / other.length))
    return { measure, reference: mean, other: seen, allowed, agrees: Math.abs(seen - mean) <= allowed }
  })
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

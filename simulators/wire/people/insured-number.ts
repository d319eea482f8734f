/** 参保地 and 人员编号: pure functions of a person, like the rest of an identity. Only the first six digits mean anything. */
import type { InsuredType } from '../../../scenarios/plan.ts'

export interface InsuredPlaces {
  /** 统筹区 of the city's own insured. */
  readonly homePlace: string
  /** Where people from out of town are insured: province codes, so that no real county is meant. */
  readonly otherPlaces: readonly string[]
}

interface Insured {
  readonly person: number
  readonly insuredType: InsuredType
}

export function insuredPlaceOf({ homePlace, otherPlaces }: InsuredPlaces, { person, insuredType }: Insured): string {
  return insuredType === 'out-of-town' ? (otherPlaces[person % otherPlaces.length] ?? homePlace) : homePlace
}

/** 人员编号, 20 digits. */
export const insuredNumberOf = (places: InsuredPlaces, insured: Insured): string =>
  insuredPlaceOf(places, insured) + String(insured.person).padStart(14, '0')

/** The person a 人员编号 would name; undefined when it is none in form. */
export const personOfInsuredNumber = (number: string): number | undefined =>
  /^\d{6}0{5}\d{9}$/.test(number) ? Number(number.slice(6)) : undefined

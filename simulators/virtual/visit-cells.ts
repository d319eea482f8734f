/**
 * Cells of hospital visits that fall into the same slices. A visit is added to three or four of them in place of the ten slices and more
 * that it belongs to, and cells to slices when the day is over: added one by one, the sums were a twelfth of a day.
 */
import { ageGroups, insuredTypes, paymentModes, tiers } from '../../scenarios/plan.ts'
import { HOURS, type SliceLayout } from '../measures/slices.ts'

/** Outpatients of hospitals by what their slices ask for; nobody else has slices of that kind. */
export const NO_HOSPITAL = 0
export const SECONDARY_HOSPITAL = 1
export const TERTIARY_HOSPITAL = 2
export const THREE_PAYMENTS = 3
const HOSPITALS = 4

export interface VisitCells {
  /** By cell, the slices it is part of. */
  readonly slicesOf: readonly (readonly number[])[]
  /** Cells from here up to {@link switched} hold every visit once, by how it pays. */
  readonly paying: number
  readonly switched: number
  time(tier: number, hour: number, age: number): number
  place(district: number, insured: number): number
  pay(mode: number, hospital: number): number
  /** Of those who switch in an arm after the first; those who stay are all others. */
  switchesIn(arm: number, hospital: number): number
  /** No cell: the slice of those who stay. */
  stayed(arm: number): number
}

export function visitCells(layout: SliceLayout): VisitCells {
  const ages = ageGroups.length
  const districts = layout.insured - layout.district
  const arms = 1 + (layout.hospital - layout.switched) / 2
  const slicesOf: number[][] = []
  for (const tier of tiers.keys())
    for (let hour = 0; hour < HOURS; hour++)
      for (let age = 0; age < ages; age++) slicesOf.push([layout.tierAge + tier * ages + age, layout.tierHour + tier * HOURS + hour])
  const places = slicesOf.length
  for (let district = 0; district < districts; district++)
    for (const insured of insuredTypes.keys()) slicesOf.push([layout.district + district, layout.insured + insured])
  const paying = slicesOf.length
  for (const mode of paymentModes.keys())
    for (let hospital = 0; hospital < HOSPITALS; hospital++)
      slicesOf.push([
        layout.mode + mode,
        ...(hospital >= SECONDARY_HOSPITAL ? [layout.hospital] : []),
        ...(hospital >= TERTIARY_HOSPITAL ? [layout.hospital + 1] : []),
        ...(hospital === THREE_PAYMENTS ? [layout.hospital + 2] : []),
      ])
  const switched = slicesOf.length
  for (let arm = 1; arm < arms; arm++)
    for (let hospital = 0; hospital < HOSPITALS; hospital++)
      slicesOf.push([
        layout.switched + (arm - 1) * 2,
        ...(hospital >= TERTIARY_HOSPITAL ? [layout.hospital + 1 + arm * 2] : []),
        ...(hospital === THREE_PAYMENTS ? [layout.hospital + 2 + arm * 2] : []),
      ])
  return {
    slicesOf,
    paying,
    switched,
    time: (tier, hour, age) => (tier * HOURS + hour) * ages + age,
    place: (district, insured) => places + district * insuredTypes.length + insured,
    pay: (mode, hospital) => paying + mode * HOSPITALS + hospital,
    switchesIn: (arm, hospital) => switched + (arm - 1) * HOSPITALS + hospital,
    stayed: (arm) => layout.switched + (arm - 1) * 2 + 1,
  }
}

/**
 * Who a person of the city is on the wire: a pure function of the city's seed and the person's number, so that every actor, the
 * trace and the auditor find the same person without a shared table, whatever order they ask in. Nothing of it can belong to anybody.
 *
 * The age group is the city's own (a person's number says which, see patients/strata.ts); the city says nothing of sex, so half are women.
 */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { Faker, zh_CN } from '@faker-js/faker'
import type { AgeGroup } from '../../../scenarios/plan.ts'
import { dateOf, dayNumber } from '../../engine/civil-date.ts'
import { digitsOf } from './digits.ts'
import { idNumber, nobodysRegions, sequences } from './id-number.ts'
import { placeOf } from './spread.ts'

export interface Identity {
  readonly name: string
  readonly sex: 'male' | 'female'
  /** yyyy-MM-dd; inside the age group on every day of the year. */
  readonly birthDate: string
  readonly idNumber: string
  /** 社保卡号; begins with 9, which no card of the city does. */
  readonly cardNumber: string
  /** 医保电子凭证二维码 as the person's phone shows it. */
  readonly qr: string
  /** 信用就医 agreement number, where one is signed. */
  readonly agreement: string
}

export interface IdentitySource {
  readonly seed: number
  /** The year of the scenario's day: ages count back from it. */
  readonly year: number
}

/** Strict: only zh_CN, so that data it lacks is an error and not an English word. */
const faker = new Faker({ locale: [zh_CN] })

/** From and below, in whole years. ASSUMPTION: nobody is older than 95; nobody comes of age within the year. */
export const ageSpans: Readonly<Record<AgeGroup, readonly [number, number]>> = {
  child: [0, 17],
  'young-adult': [18, 44],
  'middle-aged': [45, 59],
  elderly: [60, 95],
}

export function identityOf({ seed, year }: IdentitySource, person: number, ageGroup: AgeGroup): Identity {
  const words = createHmac('sha256', keyOf(seed)).update(String(person)).digest()
  const [from, below] = ageSpans[ageGroup]
  const firstDay = dayNumber(`${year - below}-01-01`)
  const days = dayNumber(`${year - from}-01-01`) - firstDay
  // One place among all a group's days, sequences and regions: no two persons of a group share an ID number, and groups share no day.
  const place = placeOf(seed, 'id-number', person)
  const sequence = place % sequences
  const day = Math.floor(place / sequences) % days
  const region = Math.floor(place / (sequences * days)) % nobodysRegions
  const birthDate = dateOf(firstDay + day)
  const sex = sequence % 2 === 1 ? 'male' : 'female'
  const nameSeed = words.readUInt32BE(6)
  let name: string | undefined
  return {
    /** Made when it is first read: it costs ten times the rest, and of several hundred thousand people few are asked for it. */
    get name() {
      name ??= nameOf(nameSeed, sex)
      return name
    },
    sex,
    birthDate,
    idNumber: idNumber(region, birthDate, sequence),
    cardNumber: `9${String(person).padStart(9, '0')}`,
    qr: digitsOf(words.subarray(10, 22), 28),
    agreement: `XY${words.subarray(22, 28).toString('hex').toUpperCase()}${String(person).padStart(8, '0')}`,
  }
}

function nameOf(seed: number, sex: Identity['sex']): string {
  faker.seed(seed)
  return faker.person.fullName({ sex })
}

const keys = new Map<number, KeyObject>()

function keyOf(seed: number): KeyObject {
  const known = keys.get(seed) ?? createSecretKey(Buffer.from(`medpay-identity:${seed}`))
  keys.set(seed, known)
  return known
}

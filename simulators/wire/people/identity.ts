/**
 * Who a person of the city is on the wire: a pure function of the city's seed and the person's number, so that every actor, the
 * trace and the auditor find the same person without a shared table. Nothing of it can belong to anybody.
 */
import { createHmac } from 'node:crypto'
import { Faker, zh_CN } from '@faker-js/faker'
import type { AgeGroup } from '../../../scenarios/plan.ts'
import { digitsOf } from './digits.ts'
import { idNumber } from './id-number.ts'

export interface Identity {
  readonly name: string
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

const ages: Readonly<Record<AgeGroup, readonly [number, number]>> = {
  child: [0, 17],
  'young-adult': [18, 44],
  'middle-aged': [45, 59],
  elderly: [60, 95],
}

export function identityOf({ seed, year }: IdentitySource, person: number, ageGroup: AgeGroup): Identity {
  const words = createHmac('sha256', `medpay-identity:${seed}`).update(String(person)).digest()
  const [youngest, oldest] = ages[ageGroup]
  // One below the highest age of the group: the birthday may still be ahead.
  const age = youngest + (words.readUInt16BE(0) % Math.max(1, oldest - youngest))
  const month = 1 + (words.readUInt8(2) % 12)
  const day = 1 + (words.readUInt8(3) % 28)
  const sequence = words.readUInt16BE(4) % 1000
  const birthDate = `${year - age - 1}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  faker.seed(words.readUInt32BE(6))
  return {
    name: faker.person.fullName({ sex: sequence % 2 === 1 ? 'male' : 'female' }),
    idNumber: idNumber(birthDate, sequence),
    cardNumber: `9${String(person).padStart(9, '0')}`,
    qr: digitsOf(words.subarray(10, 22), 28),
    agreement: `XY${words.subarray(22, 28).toString('hex').toUpperCase()}${String(person).padStart(8, '0')}`,
  }
}

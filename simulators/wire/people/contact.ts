/** Where a person can be reached, and whom they work for: made only where it is asked for, since few messages carry it. */
import { createHmac } from 'node:crypto'
import { Faker, zh_CN } from '@faker-js/faker'
import { companyOf } from './company.ts'
import type { IdentitySource } from './identity.ts'
import { mobileNumber } from './mobile-number.ts'

export interface Contact {
  readonly mobile: string
  readonly address: string
  /** 用人单位 of who has one. */
  readonly employer: string
}

const faker = new Faker({ locale: [zh_CN] })
/** ASSUMPTION: employers of one city; how many people share one is not modelled. Plausible: 10,000–1,000,000. */
const employers = 100_000

export function contactOf({ seed }: Pick<IdentitySource, 'seed'>, person: number): Contact {
  const words = createHmac('sha256', `medpay-contact:${seed}`).update(String(person)).digest()
  faker.seed(words.readUInt32BE(0))
  return {
    mobile: mobileNumber(seed, person),
    address: `${faker.location.city()}${faker.location.streetAddress()}`,
    employer: companyOf({ seed }, words.readUInt32BE(4) % employers).name,
  }
}

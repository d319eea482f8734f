/** Companies as the city's employers: a pure function of seed and number, like its people. */
import { createHmac } from 'node:crypto'
import { Faker, zh_CN } from '@faker-js/faker'

export interface Company {
  readonly name: string
  /** 统一社会信用代码 (GB 32100) with a right check character; its region 319900 names no place. */
  readonly creditCode: string
}

const faker = new Faker({ locale: [zh_CN] })
/** The alphabet of GB 32100: letters that are read as digits are left out. */
const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY'

export function companyOf({ seed }: { readonly seed: number }, number: number): Company {
  const words = createHmac('sha256', `medpay-company:${seed}`).update(String(number)).digest()
  faker.seed(words.readUInt32BE(0))
  return { name: faker.company.name(), creditCode: creditCodeOf(`91319900${organisationOf(number)}`) }
}

/** 18 characters from the first 17: weights are powers of 3 modulo 31. */
export function creditCodeOf(body: string): string {
  let weight = 1
  let sum = 0
  for (const character of body) {
    sum += weight * characters.indexOf(character)
    weight = (weight * 3) % 31
  }
  return body + (characters[(31 - (sum % 31)) % 31] as string)
}

/** 组织机构代码 (GB 11714): eight characters and a check, here a number. */
function organisationOf(number: number): string {
  const body = String(number).padStart(8, '0')
  const sum = [3, 7, 9, 10, 5, 8, 4, 2].reduce((total, weight, index) => total + weight * Number(body[index]), 0)
  const check = 11 - (sum % 11)
  return body + (check === 10 ? 'X' : check === 11 ? '0' : String(check))
}

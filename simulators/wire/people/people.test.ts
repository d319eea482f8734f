import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageGroups } from '../../../scenarios/plan.ts'
import { planOf } from '../../../scenarios/testing/plan-of.ts'
import { strataOf } from '../../patients/strata.ts'
import { bankCardNumber } from './bank-card.ts'
import { companyOf, creditCodeOf } from './company.ts'
import { contactOf } from './contact.ts'
import { checkDigitOf } from './id-number.ts'
import { ageSpans, identityOf } from './identity.ts'
import { luhnDigit } from './luhn.ts'
import { mobileNumber } from './mobile-number.ts'

const source = { seed: 20_201_012, year: 2020 }
const seed = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const person = fc.integer({ min: 0, max: 999_999_999 })
const ageGroup = fc.constantFrom(...ageGroups)

describe('a person', () => {
  test('is a pure function of seed and number, in whatever order one asks', () => {
    fc.assert(
      fc.property(seed, fc.uniqueArray(person, { minLength: 2, maxLength: 8 }), ageGroup, (root, persons, group) => {
        const city = { seed: root, year: 2020 }
        const forward = persons.map((one) => [identityOf(city, one, group), contactOf(city, one), companyOf(city, one % 100)])
        const backward = persons.toReversed().map((one) => [identityOf(city, one, group), contactOf(city, one), companyOf(city, one % 100)])
        expect(backward.toReversed()).toEqual(forward)
      }),
      { numRuns: 30 },
    )
  })

  test('has another name and number in another city', () => {
    const all = [1, 2, 3, 4, 5].map((root) => identityOf({ seed: root, year: 2020 }, 42, 'elderly').idNumber)
    expect(new Set(all).size).toBe(5)
  })

  test('has a name of Chinese characters, an address and an employer: nothing falls back to English', () => {
    for (let one = 0; one < 200; one++) {
      expect(identityOf(source, one, 'elderly').name).toMatch(/^[\u4e00-\u9fff]{2,5}$/)
      const { address, employer } = contactOf(source, one)
      expect(address).toMatch(/^[\u4e00-\u9fff\d ]{6,60}$/)
      expect(employer).toMatch(/^[\u4e00-\u9fff（）]{6,60}$/)
    }
  })
})

describe('an ID number', () => {
  test('has the right check digit, says birth and sex, and belongs to no place that exists', () => {
    fc.assert(
      fc.property(seed, person, ageGroup, (root, one, group) => {
        const { idNumber, birthDate, sex } = identityOf({ seed: root, year: 2020 }, one, group)
        expect(idNumber).toMatch(/^31\d{15}[\dX]$/)
        expect(checkDigitOf(idNumber.slice(0, 17))).toBe(idNumber.at(-1))
        // Shanghai's counties are 3101.. and 3102..; nothing else of 31 was ever a region.
        expect(Number(idNumber.slice(2, 4))).toBeGreaterThanOrEqual(3)
        expect(idNumber.slice(6, 14)).toBe(birthDate.replaceAll('-', ''))
        expect(Number(idNumber[16]) % 2 === 1).toBe(sex === 'male')
        expect(new Date(`${birthDate}T00:00:00Z`).toISOString().slice(0, 10)).toBe(birthDate)
      }),
      { numRuns: 200 },
    )
  })

  test('of a published example has its check digit', () => {
    // GB 11643 gives 11010519491231002X and 440524188001010014.
    expect([checkDigitOf('11010519491231002'), checkDigitOf('44052418800101001')]).toEqual(['X', '4'])
  })

  test('has the check digit that GB 11643 gives each remainder', () => {
    // The eighth digit weighs 1, so it is the remainder itself; the third weighs 10.
    const bodies = [...Array.from({ length: 10 }, (_, digit) => `0000000${digit}000000000`), '00100000000000000']
    expect(bodies.map(checkDigitOf)).toEqual(['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'])
  })

  test('weighs each place as GB 11643 does', () => {
    // Weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, each told as the check digit of that remainder.
    const ones = Array.from({ length: 17 }, (_, place) => '1'.padStart(place + 1, '0').padEnd(17, '0'))
    expect(ones.map(checkDigitOf).join('')).toBe('532748X069532748X')
  })

  test('is shared by no two of eight thousand, nor is a mobile, a card or a social security number', () => {
    const persons = Array.from({ length: 2000 }, (_, index) => index)
    const numbers = ageGroups.flatMap((group, index) => persons.map((one) => identityOf(source, one * 4 + index, group).idNumber))
    expect(new Set(numbers).size).toBe(8000)
    expect(new Set(persons.map((one) => mobileNumber(source.seed, one))).size).toBe(2000)
    expect(new Set(persons.flatMap((one) => [bankCardNumber('bank-a', one), bankCardNumber('bank-b', one)])).size).toBe(4000)
    expect(new Set(persons.map((one) => identityOf(source, one, 'child').cardNumber)).size).toBe(2000)
  })
})

describe('the people of a city', () => {
  const { city } = planOf('small-town')
  const { list } = strataOf(city, city.demand.visitsPerDay, 1, 2)
  /** Every so-manieth person, each in the age group that the city's own numbering gives. */
  const sample = list.flatMap(({ age, first, persons }) =>
    Array.from({ length: Math.ceil(persons / 37) }, (_, index) => ({
      group: ageGroups[age]!,
      who: identityOf(source, first + index * 37, ageGroups[age]!),
    })),
  )

  test('are as old as the city says: every age lies in its group on every day of the year, and groups have the city’s shares', () => {
    for (const { group, who } of sample) {
      const [from, to] = ageSpans[group]
      const ageOn = (date: string) =>
        Number(date.slice(0, 4)) - Number(who.birthDate.slice(0, 4)) - (date.slice(5) < who.birthDate.slice(5) ? 1 : 0)
      for (const date of ['2020-01-01', '2020-12-31']) {
        expect(ageOn(date)).toBeGreaterThanOrEqual(from)
        expect(ageOn(date)).toBeLessThanOrEqual(to)
      }
    }
    expect(sample.length).toBeGreaterThan(600)
    for (const [index, group] of ageGroups.entries()) {
      const share = sample.filter((one) => one.group === group).length / sample.length
      expect(share).toBeCloseTo(city.people.ageShares[index] ?? 0, 2)
    }
  })

  test('are half women in every age group, and born evenly over the years of their group', () => {
    for (const group of ageGroups) {
      const born = Array.from({ length: 1500 }, (_, one) => identityOf(source, one, group))
      const women = born.filter(({ sex }) => sex === 'female').length
      // Three standard deviations of 1500 fair coins.
      expect(Math.abs(women - 750)).toBeLessThan(59)
      const [from, below] = ageSpans[group]
      const years = below - from
      const perYear = new Map<string, number>()
      for (const { birthDate } of born) perYear.set(birthDate.slice(0, 4), (perYear.get(birthDate.slice(0, 4)) ?? 0) + 1)
      expect(perYear.size).toBe(years)
      for (const count of perYear.values()) expect(Math.abs(count - 1500 / years)).toBeLessThan(5 * Math.sqrt(1500 / years))
    }
  })
})

describe('other numbers', () => {
  test('a bank card has 19 digits, a Luhn check, and a first digit that no issuer has', () => {
    fc.assert(
      fc.property(person, fc.constantFrom('bank-a', 'bank-f'), (one, bank) => {
        const number = bankCardNumber(bank, one)
        expect(number).toMatch(/^0\d{18}$/)
        expect(luhnDigit(number.slice(0, -1))).toBe(number.at(-1))
      }),
    )
    // The example of ISO/IEC 7812-1 annex B.
    expect(luhnDigit('7992739871')).toBe('3')
  })

  test('a mobile has the form of one and a segment nobody was given', () => {
    fc.assert(
      fc.property(seed, person, (root, one) => {
        expect(mobileNumber(root, one)).toMatch(/^154\d{8}$/)
      }),
    )
  })

  test('a company’s credit code has the right check character and a region that names no place', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 0, max: 99_999_999 }), (root, number) => {
        const { creditCode } = companyOf({ seed: root }, number)
        expect(creditCode).toMatch(/^91319900[\dX]{9}[\dA-HJ-NPQRTUWXY]$/)
        expect(creditCodeOf(creditCode.slice(0, 17))).toBe(creditCode)
      }),
      { numRuns: 50 },
    )
    // A published code: 91350100M000100Y43, the example of GB 32100.
    expect(creditCodeOf('91350100M000100Y4')).toBe('91350100M000100Y43')
  })
})

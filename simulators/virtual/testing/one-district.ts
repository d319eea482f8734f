import type { Plan } from '../../../scenarios/plan.ts'

/**
 * shanghai-2020 as the roll-out in one district for four weeks: Chongming's people and visits, two municipal hospitals that join two weeks apart, and the
 * district's own sites with the second. A fifth of the payments are by e-credential, so that four weeks show what a year shows in the city.
 */
export function oneDistrict({ city, scenario, ...rest }: Plan): Plan {
  const district = city.districts.find(({ name }) => name === 'chongming')
  if (district === undefined || scenario.rollOut === undefined) throw new Error('shanghai-2020 is not what this plan is made from')
  // A third of its people: enough to see, quick to play.
  const share = district.populationShare / 3
  const sites = [2, 1, 2, 15]
  const institutions = [2, 1, 2, 3]
  const few = (count: number): number => Math.max(1, Math.round(count * share))
  return {
    ...rest,
    city: {
      ...city,
      districts: [{ ...district, populationShare: 1 }],
      tiers: city.tiers.map((tier, index) => ({ ...tier, sites: sites[index] as number, institutions: institutions[index] as number })),
      people: { ...city.people, persons: few(city.people.persons) },
      demand: { ...city.demand, visitsPerDay: city.demand.visitsPerDay * share },
      remote: city.remote.map((kind) => ({ ...kind, count: few(kind.count) })),
      parties: {
        ...city.parties,
        bureau: { servers: few(city.parties.bureau.servers) + 2 },
        banks: city.parties.banks.map((bank) => ({ ...bank, servers: 2 })),
      },
    },
    scenario: {
      ...scenario,
      date: '2020-08-30',
      replication: { ...scenario.replication, pilotDays: 10, batchDays: 10, maximumDays: 10 },
      rollOut: {
        ...scenario.rollOut,
        from: '2020-08-03',
        to: '2020-08-30',
        waves: [
          { on: '2020-08-03', title: { zh: '第一批', en: 'First wave' }, districts: [], municipalInstitutions: 1 },
          { on: '2020-08-17', title: { zh: '第二批', en: 'Second wave' }, districts: ['chongming'], municipalInstitutions: 1 },
        ],
        totals: { transactions: 143_000, credentialTransactions: 27_000, creditPayments: 1_000, signUps: 20_000 },
      },
    },
  }
}

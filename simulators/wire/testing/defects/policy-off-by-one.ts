import type { Defect } from './defect.ts'

/** The bureau counts with a deductible of one fen less than the policy's. */
export const policyOffByOne: Defect = {
  name: 'policy-off-by-one',
  title: { zh: '政策参数差一分', en: 'The policy is off by one fen' },
  of: 'testbed',
  caughtBy: 'split-as-policy',
  make: () => ({ deductibleLessFen: 1 }),
}

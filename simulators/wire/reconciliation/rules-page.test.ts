import { expect, test } from 'vitest'
import { rulesPage } from './rules-page.ts'

test('docs/reconciliation.md says what the rules decide; renew it with npx vitest run rules-page -u', async () => {
  await expect(rulesPage()).toMatchFileSnapshot('../../../docs/reconciliation.md')
})

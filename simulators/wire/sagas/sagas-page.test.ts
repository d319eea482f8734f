import { expect, test } from 'vitest'
import { sagasPage } from './sagas-page.ts'

test('docs/sagas.md says what the sagas do; renew it with npx vitest run sagas-page -u', async () => {
  await expect(sagasPage()).toMatchFileSnapshot('../../../docs/sagas.md')
})

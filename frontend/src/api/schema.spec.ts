// @vitest-environment node
import { readFile } from 'node:fs/promises'

import openapiTS, { astToString } from 'openapi-typescript'
import { expect, test } from 'vitest'

test('the types are those of openapi.json; `npm run types` renews them', async () => {
  const document = new URL('../../openapi.json', import.meta.url)
  const made = astToString(await openapiTS(document, { defaultNonNullable: false }))
  const kept = await readFile(new URL('./schema.d.ts', import.meta.url), 'utf8')
  expect(kept.slice(kept.indexOf('export'))).toBe(made)
})

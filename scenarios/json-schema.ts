/** The schemas of the three kinds of file as JSON Schema, for completion in editors. `node scenarios/json-schema.ts --write` writes them anew. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { citySchema } from './city-schema.ts'
import { policySchema } from './policy-schema.ts'
import { scenarioSchema } from './scenario-schema.ts'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'schema')

/** File name and text of each published schema. */
export function publishedSchemas(): { readonly path: string; readonly text: string }[] {
  const schemas = { scenario: scenarioSchema, city: citySchema, policy: policySchema }
  return Object.entries(schemas).map(([name, schema]) => ({
    path: join(folder, `${name}.schema.json`),
    // The input side: what a person writes, before defaults are filled in.
    text: `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', reused: 'ref' }), null, 2)}\n`,
  }))
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv.includes('--write')) {
  mkdirSync(folder, { recursive: true })
  for (const { path, text } of publishedSchemas()) writeFileSync(path, text)
}

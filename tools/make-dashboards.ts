/** `npm run dashboards`: writes the dashboards as the JSON that Grafana reads. A test holds the files and dashboards/*.ts together. */
import { writeFileSync } from 'node:fs'
import { wireCityText } from '../dashboards/wire-city.ts'

writeFileSync(new URL('../dashboards/wire-city.generated.json', import.meta.url), wireCityText())

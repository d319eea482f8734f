/** Decides the shared table inside k6 and prints it; a test holds it beside Node's. `k6 run load/decisions.ts` */
import { decided, decisionTable } from '../simulators/trace/decision-table.ts'

export const options = { vus: 1, iterations: 1 }

export default function decisions(): void {
  console.log(JSON.stringify(decided(decisionTable)))
}

/** How many requests an actor says it has refused for this reason. */
export async function refusalsOf(origin: string, why: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text()
  const line = text.split('\n').find((one) => one.startsWith('medpay_refusals_total{') && one.includes(`reason="${why}"`))
  return Number(line?.split(' ').at(-1) ?? 0)
}

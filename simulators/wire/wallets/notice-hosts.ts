/**
 * Where callbacks may go: this machine, and hosts the tester lists. A platform under test may put any address into an order, and the
 * testbed is not to knock on doors of the network it happens to run in.
 */
export function isNoticeHost(url: string, listed: readonly string[]): boolean {
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return false
  // Whatever way an address is spelt, a URL's host name has it in its plain form.
  const { hostname } = parsed
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname) || listed.includes(hostname)
}

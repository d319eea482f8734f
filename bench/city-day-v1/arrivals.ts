/**
 * The city of city-day v1 (model.md) for one seed: servers of every site, who arrives when, and each visit's traits (portable).
 * The shipped kernel is fed from here; reference/city-day.c draws the same by itself, in the same order of operations on doubles.
 */
import { logOf, powOf } from '../../simulators/engine/elementary.ts'
import { type F64s, f64, type I32s, i32, newF64s, newI32s } from '../../simulators/engine/portable.ts'
import { decisionCounter, drawWord, secondWord, streamKey0, streamKey1, uniformOf } from '../../simulators/engine/random.ts'

/** Domains under the seed. */
export const DOMAIN_VISITS: i32 = 1
export const DOMAIN_ARRIVALS: i32 = 2

/** Kinds of station, in this order at every site. */
export const KINDS: i32 = 6
export const REGISTER: i32 = 0
export const CONSULT: i32 = 1
export const CASHIER: i32 = 2
export const LAB: i32 = 3
export const PHARMACY: i32 = 4
export const KIOSK: i32 = 5

/** Traits of a visit: mode in two bits, then laboratory, impatient, and the bank in two bits. */
export const WINDOW: i32 = 0
export const AT_KIOSK: i32 = 1
export const MOBILE: i32 = 2
export const CREDIT: i32 = 3
export const LAB_SHIFT: i32 = 2
export const IMPATIENT_SHIFT: i32 = 3
export const BANK_SHIFT: i32 = 4

const HOURS: i32 = 12
const TICKS_PER_HOUR: f64 = 36000000
const DIGIT_BITS: i32 = 15
const DIGITS: i32 = 32768

let visitTick: I32s = newI32s(0)
let visitSite: I32s = newI32s(0)
let visitTraits: I32s = newI32s(0)
let servers: I32s = newI32s(0)
let key0: i32 = 0
let key1: i32 = 0

/** Draws the city of a seed; returns the number of visits, −1 if there are more than foreseen. */
export function drawCity(seed: i32, sites: i32, visitsWanted: f64): i32 {
  key0 = streamKey0(seed, 0, DOMAIN_VISITS)
  key1 = streamKey1(seed, 0, DOMAIN_VISITS)
  const room: i32 = i32(visitsWanted * 1.02) + 10000
  visitTick = newI32s(room)
  visitSite = newI32s(room)
  servers = newI32s(sites * KINDS)
  const visits: i32 = drawSites(seed, sites, visitsWanted, room)
  if (visits < 0) return visits
  sortByTick(visits)
  drawTraits(visits)
  return visits
}

/** Tick of arrival by visit, counted from 07:00, never decreasing. Tables are longer than the number of visits. */
export function visitTicks(): I32s {
  return visitTick
}
export function visitSites(): I32s {
  return visitSite
}
export function traitsOfVisits(): I32s {
  return visitTraits
}
/** Servers by site and kind. */
export function serversOfStations(): I32s {
  return servers
}
/** Key words of the visits' draws. */
export function visitKey0(): i32 {
  return key0
}
export function visitKey1(): i32 {
  return key1
}

/** Servers of a back end that has so many for 480,000 visits a day: its utilisation stays when the city grows. */
export function backEndServers(servers: i32, visitsWanted: f64): i32 {
  return i32(Math.ceil((f64(servers) * visitsWanted) / 480000))
}

function drawSites(seed: i32, sites: i32, visitsWanted: f64, room: i32): i32 {
  const root0: i32 = streamKey0(seed, 0, DOMAIN_ARRIVALS)
  const root1: i32 = streamKey1(seed, 0, DOMAIN_ARRIVALS)
  const foreseen: f64 = (f64(sites) * 38) / 2037 + 0.5
  const large: i32 = foreseen < 1 ? 1 : i32(foreseen)
  const weight: F64s = newF64s(sites)
  let largeWeight: f64 = 0
  let smallWeight: f64 = 0
  let site: i32 = 0
  while (site < sites) {
    const w: f64 = site < large ? 1 / (1 + 0.03 * f64(site)) : powOf(1 + f64(site - large) / 10, -0.55)
    weight[site] = w
    if (site < large) largeWeight = largeWeight + w
    else smallWeight = smallWeight + w
    site++
  }
  const share: F64s = hourShares()
  const cumulative: F64s = newF64s(HOURS + 1)
  let hour: i32 = 0
  while (hour < HOURS) {
    cumulative[hour + 1] = cumulative[hour]! + share[hour]!
    hour++
  }
  let count: i32 = 0
  site = 0
  while (site < sites) {
    const siteVisits: f64 =
      site < large ? (visitsWanted * 0.35 * weight[site]!) / largeWeight : (visitsWanted * 0.65 * weight[site]!) / smallWeight
    let kind: i32 = 0
    while (kind < KINDS) {
      servers[site * KINDS + kind] = serversFor(siteVisits, heldSeconds(kind))
      kind++
    }
    const site0: i32 = streamKey0(root0, root1, site)
    const site1: i32 = streamKey1(root0, root1, site)
    let passed: f64 = 0
    let arrival: i32 = 0
    hour = 0
    while (true) {
      passed = passed + -logOf(uniformOf(drawWord(site0, site1, arrival, 0))) / siteVisits
      if (passed >= 1) break
      while (hour < HOURS - 1 && passed >= cumulative[hour + 1]!) hour++
      if (count === room) return -1
      visitTick[count] = i32((f64(hour) + (passed - cumulative[hour]!) / share[hour]!) * TICKS_PER_HOUR)
      visitSite[count] = site
      count++
      arrival++
    }
    site++
  }
  return count
}

function hourShares(): F64s {
  const share: F64s = newF64s(HOURS)
  share[0] = 0.1
  share[1] = 0.17
  share[2] = 0.16
  share[3] = 0.12
  share[4] = 0.06
  share[5] = 0.03
  share[6] = 0.09
  share[7] = 0.11
  share[8] = 0.08
  share[9] = 0.05
  share[10] = 0.02
  share[11] = 0.01
  return share
}

/** Seconds of server time a visit takes at a kind of station, a settlement counted as 1.3 s. */
function heldSeconds(kind: i32): f64 {
  if (kind === REGISTER) return 61.3
  if (kind === CONSULT) return 450
  if (kind === CASHIER) return 1.5 * 0.45 * 46.3
  if (kind === LAB) return 120
  if (kind === PHARMACY) return 90
  return 1.5 * 0.2 * 31.3
}

/** 88 % busy in the hour that brings 17 % of the day. */
function serversFor(siteVisits: f64, held: f64): i32 {
  const wanted: f64 = Math.ceil((siteVisits * (0.17 / 3600) * held) / 0.88)
  return wanted < 1 ? 1 : i32(wanted)
}

/** In order of tick; at one tick in the order of before, which is by site and arrival. Two passes of a radix sort. */
function sortByTick(visits: i32): void {
  const otherTick: I32s = newI32s(visits)
  const otherSite: I32s = newI32s(visits)
  sortPass(visitTick, visitSite, otherTick, otherSite, visits, 0)
  sortPass(otherTick, otherSite, visitTick, visitSite, visits, DIGIT_BITS)
}

function sortPass(tick: I32s, site: I32s, toTick: I32s, toSite: I32s, visits: i32, shift: i32): void {
  const place: I32s = newI32s(DIGITS)
  let i: i32 = 0
  while (i < visits) {
    const digit: i32 = (tick[i]! >> shift) & (DIGITS - 1)
    place[digit] = place[digit]! + 1
    i++
  }
  let before: i32 = 0
  let digit: i32 = 0
  while (digit < DIGITS) {
    const count: i32 = place[digit]!
    place[digit] = before
    before = before + count
    digit++
  }
  i = 0
  while (i < visits) {
    const at: i32 = (tick[i]! >> shift) & (DIGITS - 1)
    const to: i32 = place[at]!
    toTick[to] = tick[i]!
    toSite[to] = site[i]!
    place[at] = to + 1
    i++
  }
}

function drawTraits(visits: i32): void {
  visitTraits = newI32s(visits)
  let visit: i32 = 0
  while (visit < visits) {
    const u: f64 = uniformOf(drawWord(key0, key1, visit, decisionCounter(0, 0)))
    let traits: i32 = u < 0.45 ? WINDOW : u < 0.65 ? AT_KIOSK : u < 0.85 ? MOBILE : CREDIT
    if (uniformOf(secondWord()) < 0.5) traits = traits | (1 << LAB_SHIFT)
    if (uniformOf(drawWord(key0, key1, visit, decisionCounter(1, 0))) < 0.1) traits = traits | (1 << IMPATIENT_SHIFT)
    visitTraits[visit] = traits | ((secondWord() >>> 30) << BANK_SHIFT)
    visit++
  }
}

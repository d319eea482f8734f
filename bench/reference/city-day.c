/**
 * The C reference of city-day v1 (../city-day-v1/model.md): the same coupled model, draws and rule for ties as the shipped kernel, written
 * for this one model and nothing else. gcc -O3 -ffp-contract=off -o city-day city-day.c -lm
 *
 *   city-day [--seed 1] [--sites 2037] [--visits 480000] [--days 1]    one JSON line per day, seeds counted up from --seed
 *   city-day --probe                                                  a hash of the bits of exp, log, normal and the draws
 *
 * CLOCK    One global calendar: a ring of buckets, each an unsorted list; when its time comes a bucket is sorted, and the arrivals of
 *          that time, which stand in order already, are laid in. A key is tick, class, visit, kind from the high bits down, so keys in
 *          order are events in the order of the model.
 * LINES    Register, cashier and kiosk are held while a settlement is pending: their lines are real. Consult, laboratory, pharmacy,
 *          bureau and banks are first come, first served and never held: start and end are known at the join, from a heap of the
 *          ticks at which servers come free.
 * PATIENCE A patient who would be served too late is known at the join too, and joins no heap: nobody behind can tell the difference.
 */
#include "engine.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { REGISTER, CONSULT, CASHIER, LAB, PHARMACY, KIOSK, STATION_KINDS };
enum { WINDOW, AT_KIOSK, MOBILE, CREDIT };
enum { BANKS = 4, HOURS = 12, LINES_MAX = 8 };

#define TICKS_PER_SECOND 10000.0
#define TICKS_PER_HOUR 36000000.0
/** Every reply takes 0.2 s more than its back ends did. */
#define FLOOR_TICKS 2000

/** Which question a draw answers; at the second payment the walks, the patient's part and the consultation have numbers of their own. */
enum {
  DRAW_MODE_AND_LAB = 0, DRAW_IMPATIENT_AND_BANK = 1, DRAW_REGISTER = 2, DRAW_REGISTER_CALL = 3, DRAW_WALK_TO_CONSULT = 4,
  DRAW_CONSULT = 5, DRAW_WALK_TO_PAY = 6, DRAW_PAY = 7, DRAW_PAY_CALL = 8, DRAW_WALK_ON = 9, DRAW_LAB = 10, DRAW_RESULT = 11,
  DRAW_SECOND_CONSULT = 13, DRAW_PHARMACY = 18, DRAW_BANK = 48, SECOND_TIME = 8, ATTEMPT_PATIENCE = 128
};
/** Attempt of a call: 64 times the payment point; a registration has point 3. */
enum { AT_REGISTRATION = 192, AT_SECOND_PAYMENT = 64 };

/** What happens next to a visit: first those of class 1 (a service ends), then those of class 3 (a reply is there, somebody joins). */
enum {
  REGISTER_SERVED, // the window calls the bureau
  PAY_SERVED,      // cashier or kiosk calls the bureau
  BUREAU_SERVED,   // kiosk and mobile go on to the bank
  CREDIT_CALLS,    // a consultation ends, the call goes out, nobody waits for it
  REGISTER_SETTLED, // the window is free, the patient walks
  PAY_SETTLED,      // cashier or kiosk is free, the patient walks
  ARRIVE,
  JOIN_CONSULT,
  JOIN_PAY,
  MOBILE_CALLS, // the patient has tapped
  JOIN_LAB,
  JOIN_PHARMACY,
};
enum { ENDS = 1, JOINS = 3 };

typedef struct {
  int32_t since;  // tick of the latest join, then of the latest call
  int32_t behind; // the next visit in the same line
  uint16_t site;
  uint8_t mode : 2, lab : 1, impatient : 1, bank : 2;
  uint8_t lines : 4;  // stations joined
  uint8_t second : 1; // after the laboratory
} Visit;

/** A line in which people really stand, because a server may be held. */
typedef struct {
  int32_t free, waiting, head, tail;
} Line;

/** A line in which all is known at the join: a heap of the ticks at which servers come free, the earliest at the root. */
typedef struct {
  int32_t *freeAt, servers;
} Desk;

typedef struct {
  Line registers, cashiers, kiosks;
  Desk consult, lab, pharmacy;
  int32_t registerServers;
} Site;

typedef struct {
  int64_t balks, reneges, joins[STATION_KINDS], waitTicks[STATION_KINDS], settlements, settlementTicks, withLines[LINES_MAX];
  uint32_t leaving; // the sum of a hash of who leaves when
} Totals;

static Site *sites;
static Visit *visits;
static int32_t *arrivalTick, *deskTicks, siteCount, visitCount, nextArrival;
static Desk bureau, banks[BANKS];
static Words visitKeys;
static Totals totals;
static double consultMean, consultSd, secondConsultMean, secondConsultSd, labMean, labSd; // of the log of ticks

static inline uint32_t word(int32_t visit, int decision) { return drawWords(visitKeys, (uint32_t)visit, (uint32_t)decision << 8).first; }
static inline int32_t exponential(double meanSeconds, int32_t visit, int decision) {
  return exponentialTicks(meanSeconds * TICKS_PER_SECOND, word(visit, decision));
}
static inline int32_t walk(int32_t visit, int decision) {
  return uniformTicks(10 * TICKS_PER_SECOND, 60 * TICKS_PER_SECOND, word(visit, decision));
}
/** The decision of a draw that is made before the laboratory and again after it. */
static inline int again(const Visit *visit, int decision) { return decision + visit->second * SECOND_TIME; }

// ---- The calendar

#ifndef BUCKET_BITS
#define BUCKET_BITS 9 // 51.2 ms: at the peak about a dozen events
#endif
#ifndef RING_BITS
#define RING_BITS 15 // one turn is 28 min; an event further ahead stays in its bucket for another turn
#endif
enum { RING_MASK = (1 << RING_BITS) - 1, KIND_BITS = 4, VISIT_BITS = 24, CLASS_BITS = 2, TICK_SHIFT = KIND_BITS + VISIT_BITS + CLASS_BITS };
typedef uint64_t Key;
typedef struct {
  Key key;
  int32_t next;
} Entry;

static inline Key keyOf(int32_t tick, int class, int32_t visit, int kind) {
  return (Key)tick << TICK_SHIFT | (Key)class << (KIND_BITS + VISIT_BITS) | (Key)visit << KIND_BITS | (Key)kind;
}
static inline int32_t visitOf(Key key) { return (int32_t)(key >> KIND_BITS) & ((1 << VISIT_BITS) - 1); }

static Entry *entries;
static int32_t ring[1 << RING_BITS], spareEntry = -1, entryRoom, pending;
static Key *open; // the open bucket in order; what lies in [openHead, openEnd) is still to come
static int32_t openHead, openEnd, openRoom, openBucket;

static void growOpen(void) {
  openRoom = openRoom ? 2 * openRoom : 1024;
  open = realloc(open, sizeof(Key) * (size_t)openRoom);
}

/** Into the open bucket at its place. Few stand there, and a new event is mostly one of the last. */
static void insertOpen(Key key) {
  if (openEnd == openRoom) growOpen();
  int32_t at = openEnd++;
  while (at > openHead && open[at - 1] > key) open[at] = open[at - 1], at--;
  open[at] = key;
}

static inline void schedule(int32_t tick, int class, int32_t visit, int kind) {
  const Key key = keyOf(tick, class, visit, kind);
  const int32_t bucket = tick >> BUCKET_BITS;
  pending++;
  if (bucket == openBucket) {
    insertOpen(key);
    return;
  }
  if (spareEntry < 0) {
    const int32_t room = entryRoom ? 2 * entryRoom : 65536;
    entries = realloc(entries, sizeof(Entry) * (size_t)room);
    for (int32_t i = entryRoom; i < room; i++) entries[i].next = i + 1 < room ? i + 1 : -1;
    spareEntry = entryRoom;
    entryRoom = room;
  }
  const int32_t entry = spareEntry;
  spareEntry = entries[entry].next;
  entries[entry] = (Entry){key, ring[bucket & RING_MASK]};
  ring[bucket & RING_MASK] = entry;
}

/** The next event; ask only while some are pending or people are still to come. */
static inline Key nextEvent(void) {
  while (openHead == openEnd) {
    openBucket++;
    openHead = openEnd = 0;
    while (nextArrival < visitCount && arrivalTick[nextArrival] >> BUCKET_BITS == openBucket) {
      insertOpen(keyOf(arrivalTick[nextArrival], JOINS, nextArrival, ARRIVE));
      nextArrival++;
      pending++;
    }
    int32_t *link = &ring[openBucket & RING_MASK];
    while (*link >= 0) {
      const int32_t entry = *link;
      if ((int32_t)(entries[entry].key >> (TICK_SHIFT + BUCKET_BITS)) != openBucket) {
        link = &entries[entry].next;
        continue;
      }
      *link = entries[entry].next;
      __builtin_prefetch(&visits[visitOf(entries[entry].key)]);
      insertOpen(entries[entry].key);
      entries[entry].next = spareEntry;
      spareEntry = entry;
    }
  }
  pending--;
  return open[openHead++];
}

// ---- Lines

/** When a job that joins now would begin. */
static inline int32_t startAt(const Desk *desk, int32_t now) { return desk->freeAt[0] > now ? desk->freeAt[0] : now; }

/** The server that comes free first is taken until `until`. */
static inline void occupy(Desk *desk, int32_t until) {
  int32_t *const heap = desk->freeAt, servers = desk->servers;
  int32_t at = 0;
  for (int32_t child = 1; child < servers; child = 2 * at + 1) {
    if (child + 1 < servers && heap[child + 1] < heap[child]) child++;
    if (heap[child] >= until) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = until;
}

static void standInLine(Line *line, int32_t visit) {
  if (line->waiting++ == 0) line->head = visit;
  else visits[line->tail].behind = visit;
  line->tail = visit;
}

static inline int32_t firstInLine(Line *line) {
  const int32_t visit = line->head;
  line->head = visits[visit].behind;
  line->waiting--;
  return visit;
}

// ---- The day

/** A job that joins a back end now: the tick of its end. */
static inline int32_t callDesk(Desk *desk, double meanSeconds, int32_t now, int32_t visit, int decision, int attempt) {
  const uint32_t drawn = drawWords(visitKeys, (uint32_t)visit, (uint32_t)(decision << 8 | attempt)).first;
  const int32_t end = startAt(desk, now) + exponentialTicks(meanSeconds * TICKS_PER_SECOND, drawn);
  occupy(desk, end);
  return end;
}
static inline int32_t callBureauToPay(int32_t now, int32_t visit) {
  return callDesk(&bureau, 0.35, now, visit, DRAW_PAY_CALL, visits[visit].second * AT_SECOND_PAYMENT);
}

/** A settlement whose last back end is done at `served`: the tick at which the caller has the reply. */
static inline int32_t replied(int32_t called, int32_t served) {
  totals.settlements++;
  totals.settlementTicks += served + FLOOR_TICKS - called;
  return served + FLOOR_TICKS;
}

static inline void beginRegister(int32_t now, int32_t visit) {
  totals.waitTicks[REGISTER] += now - visits[visit].since;
  schedule(now + exponential(60, visit, DRAW_REGISTER), ENDS, visit, REGISTER_SERVED);
}

static inline void beginPay(int32_t now, int32_t visit) {
  const int atKiosk = visits[visit].mode == AT_KIOSK;
  totals.waitTicks[atKiosk ? KIOSK : CASHIER] += now - visits[visit].since;
  schedule(now + exponential(atKiosk ? 30 : 45, visit, again(&visits[visit], DRAW_PAY)), ENDS, visit, PAY_SERVED);
}

static void leave(int32_t tick, int32_t visit) {
  uint32_t hash = ((uint32_t)tick ^ (uint32_t)visit * 2654435769u) * 2246822507u;
  totals.leaving += hash ^ hash >> 15;
  totals.withLines[visits[visit].lines]++; // 0 lines: balked
}

/** From the end of a payment (or of a consultation, under credit) on to the laboratory or, at the second time, the pharmacy. */
static inline void walkOn(int32_t now, int32_t visit) {
  const Visit *const v = &visits[visit];
  schedule(now + walk(visit, again(v, DRAW_WALK_ON)), JOINS, visit, v->lab && !v->second ? JOIN_LAB : JOIN_PHARMACY);
}

static void arrive(int32_t now, int32_t visit) {
  Site *const site = &sites[visits[visit].site];
  if (site->registers.waiting >= 15 * site->registerServers) {
    totals.balks++;
    leave(now, visit);
    return;
  }
  totals.joins[REGISTER]++;
  visits[visit].lines = 1;
  visits[visit].since = now;
  if (site->registers.free > 0) {
    site->registers.free--;
    beginRegister(now, visit);
  } else standInLine(&site->registers, visit);
}

static void registerSettled(int32_t now, int32_t visit) {
  Line *const line = &sites[visits[visit].site].registers;
  if (line->waiting > 0) beginRegister(now, firstInLine(line));
  else line->free++;
  schedule(now + walk(visit, DRAW_WALK_TO_CONSULT), JOINS, visit, JOIN_CONSULT);
}

/** First or, with the laboratory's result, second consultation, and all that follows up to the next line. */
static void joinConsult(int32_t now, int32_t visit) {
  Visit *const v = &visits[visit];
  Desk *const desk = &sites[v->site].consult;
  const int32_t start = startAt(desk, now);
  totals.joins[CONSULT]++;
  v->lines++;
  if (v->impatient && !v->second && start > now) {
    const uint32_t drawn = drawWords(visitKeys, (uint32_t)visit, DRAW_CONSULT << 8 | ATTEMPT_PATIENCE).first;
    const int32_t patienceEnds = now + exponentialTicks(5400 * TICKS_PER_SECOND, drawn);
    if (start > patienceEnds) {
      totals.reneges++;
      leave(patienceEnds, visit);
      return;
    }
  }
  totals.waitTicks[CONSULT] += start - now;
  const int32_t end = start + (v->second ? lognormalTicks(secondConsultMean, secondConsultSd, word(visit, DRAW_SECOND_CONSULT))
                                         : lognormalTicks(consultMean, consultSd, word(visit, DRAW_CONSULT)));
  occupy(desk, end);
  const int32_t atPay = end + walk(visit, again(v, DRAW_WALK_TO_PAY));
  if (v->mode == CREDIT) {
    schedule(end, ENDS, visit, CREDIT_CALLS);
    walkOn(atPay, visit);
  } else if (v->mode == MOBILE) schedule(atPay + exponential(20, visit, again(v, DRAW_PAY)), JOINS, visit, MOBILE_CALLS);
  else schedule(atPay, JOINS, visit, JOIN_PAY);
}

static inline Line *payLine(int32_t visit) {
  Site *const site = &sites[visits[visit].site];
  return visits[visit].mode == AT_KIOSK ? &site->kiosks : &site->cashiers;
}

static void joinPay(int32_t now, int32_t visit) {
  Line *const line = payLine(visit);
  totals.joins[visits[visit].mode == AT_KIOSK ? KIOSK : CASHIER]++;
  visits[visit].lines++;
  visits[visit].since = now;
  if (line->free > 0) {
    line->free--;
    beginPay(now, visit);
  } else standInLine(line, visit);
}

/** The patient's part of a payment is over: cashiers need the bureau, kiosk and phone a bank after it. */
static void callForPayment(int32_t now, int32_t visit) {
  Visit *const v = &visits[visit];
  const int32_t served = callBureauToPay(now, visit);
  v->since = now;
  if (v->mode == WINDOW) schedule(replied(now, served), JOINS, visit, PAY_SETTLED);
  else schedule(served, ENDS, visit, BUREAU_SERVED);
}

static void callBank(int32_t now, int32_t visit) {
  const Visit *const v = &visits[visit];
  const int32_t reply = replied(v->since, callDesk(&banks[v->bank], 0.30, now, visit, DRAW_BANK, v->second * AT_SECOND_PAYMENT));
  if (v->mode == AT_KIOSK) schedule(reply, JOINS, visit, PAY_SETTLED);
  else walkOn(reply, visit);
}

static void paySettled(int32_t now, int32_t visit) {
  Line *const line = payLine(visit);
  if (line->waiting > 0) beginPay(now, firstInLine(line));
  else line->free++;
  walkOn(now, visit);
}

static void joinLab(int32_t now, int32_t visit) {
  Desk *const desk = &sites[visits[visit].site].lab;
  const int32_t start = startAt(desk, now);
  const int32_t end = start + lognormalTicks(labMean, labSd, word(visit, DRAW_LAB));
  occupy(desk, end);
  totals.joins[LAB]++;
  totals.waitTicks[LAB] += start - now;
  visits[visit].lines++;
  visits[visit].second = 1;
  schedule(end + uniformTicks(300 * TICKS_PER_SECOND, 1500 * TICKS_PER_SECOND, word(visit, DRAW_RESULT)), JOINS, visit, JOIN_CONSULT);
}

static void joinPharmacy(int32_t now, int32_t visit) {
  Desk *const desk = &sites[visits[visit].site].pharmacy;
  const int32_t start = startAt(desk, now);
  const int32_t end = start + exponential(90, visit, DRAW_PHARMACY);
  occupy(desk, end);
  totals.joins[PHARMACY]++;
  totals.waitTicks[PHARMACY] += start - now;
  visits[visit].lines++;
  leave(end, visit);
}

static void runDay(void) {
  while (pending > 0 || nextArrival < visitCount) {
    const Key key = nextEvent();
    const int32_t now = (int32_t)(key >> TICK_SHIFT), visit = visitOf(key);
    switch (key & ((1 << KIND_BITS) - 1)) {
      case REGISTER_SERVED:
        schedule(replied(now, callDesk(&bureau, 0.35, now, visit, DRAW_REGISTER_CALL, AT_REGISTRATION)), JOINS, visit, REGISTER_SETTLED);
        break;
      case REGISTER_SETTLED: registerSettled(now, visit); break;
      case PAY_SERVED:
      case MOBILE_CALLS: callForPayment(now, visit); break;
      case BUREAU_SERVED: callBank(now, visit); break;
      case PAY_SETTLED: paySettled(now, visit); break;
      case CREDIT_CALLS: replied(now, callBureauToPay(now, visit)); break;
      case ARRIVE: arrive(now, visit); break;
      case JOIN_CONSULT: joinConsult(now, visit); break;
      case JOIN_PAY: joinPay(now, visit); break;
      case JOIN_LAB: joinLab(now, visit); break;
      case JOIN_PHARMACY: joinPharmacy(now, visit); break;
    }
  }
}

// ---- The city: sites, servers, arrivals, traits (arrivals.ts, in the same order of operations)

static const double hourShare[HOURS] = {0.10, 0.17, 0.16, 0.12, 0.06, 0.03, 0.09, 0.11, 0.08, 0.05, 0.02, 0.01};
/** Seconds of server time a visit takes at each kind of station, a settlement counted as 1.3 s. */
static const double heldSeconds[STATION_KINDS] = {61.3, 450, 1.5 * 0.45 * 46.3, 120, 90, 1.5 * 0.2 * 31.3};

static double siteWeight(int32_t site, int32_t large) { return site < large ? 1 / (1 + 0.03 * site) : powOf(1 + (site - large) / 10.0, -0.55); }

static int32_t serversOf(double siteVisits, int kind) {
  const double servers = ceil(siteVisits * (0.17 / 3600) * heldSeconds[kind] / 0.88);
  return servers < 1 ? 1 : (int32_t)servers;
}

static Desk newDesk(int32_t servers) {
  const Desk desk = {deskTicks, servers};
  deskTicks += servers;
  return desk;
}

typedef struct {
  int32_t tick;
  uint16_t site;
} Arrival;
static Arrival *arrivals;

/** One site's day, in order, at the end of `arrivals`. */
static void drawArrivals(int32_t site, double siteVisits, Words keys, int32_t room) {
  double cumulative[HOURS + 1] = {0};
  for (int hour = 0; hour < HOURS; hour++) cumulative[hour + 1] = cumulative[hour] + hourShare[hour];
  const Words siteKeys = streamKeys(keys, (uint32_t)site);
  double share = 0;
  int hour = 0;
  for (uint32_t arrival = 0;; arrival++) {
    share += -logOf(uniformOf(drawWords(siteKeys, arrival, 0).first)) / siteVisits;
    if (share >= 1) break;
    while (hour < HOURS - 1 && share >= cumulative[hour + 1]) hour++;
    if (visitCount == room) fprintf(stderr, "more visits than foreseen\n"), exit(1);
    arrivals[visitCount++] = (Arrival){(int32_t)((hour + (share - cumulative[hour]) / hourShare[hour]) * TICKS_PER_HOUR), (uint16_t)site};
  }
}

/** By tick; at one tick the order of before, which is by site and arrival. Two passes of a radix sort. */
static void sortArrivals(void) {
  enum { DIGIT_BITS = 15, DIGITS = 1 << DIGIT_BITS };
  static int32_t place[DIGITS];
  Arrival *const other = malloc(sizeof(Arrival) * (size_t)visitCount);
  for (int pass = 0; pass < 2; pass++) {
    const Arrival *const from = pass == 0 ? arrivals : other;
    Arrival *const to = pass == 0 ? other : arrivals;
    memset(place, 0, sizeof place);
    for (int32_t i = 0; i < visitCount; i++) place[from[i].tick >> pass * DIGIT_BITS & (DIGITS - 1)]++;
    for (int32_t digit = 0, before = 0; digit < DIGITS; digit++) {
      const int32_t count = place[digit];
      place[digit] = before;
      before += count;
    }
    for (int32_t i = 0; i < visitCount; i++) to[place[from[i].tick >> pass * DIGIT_BITS & (DIGITS - 1)]++] = from[i];
  }
  free(other);
}

static void drawTraits(void) {
  for (int32_t visit = 0; visit < visitCount; visit++) {
    const Words modeAndLab = drawWords(visitKeys, (uint32_t)visit, DRAW_MODE_AND_LAB << 8);
    const Words impatientAndBank = drawWords(visitKeys, (uint32_t)visit, DRAW_IMPATIENT_AND_BANK << 8);
    const double u = uniformOf(modeAndLab.first);
    arrivalTick[visit] = arrivals[visit].tick;
    visits[visit] = (Visit){
        .site = arrivals[visit].site,
        .mode = u < 0.45 ? WINDOW : u < 0.65 ? AT_KIOSK : u < 0.85 ? MOBILE : CREDIT,
        .lab = uniformOf(modeAndLab.second) < 0.5,
        .impatient = uniformOf(impatientAndBank.first) < 0.1,
        .bank = (uint8_t)(impatientAndBank.second >> 30),
    };
  }
}

static void buildCity(uint32_t seed, int32_t sitesWanted, double visitsWanted) {
  const Words root = {seed, 0};
  const Words arrivalKeys = streamKeys(root, 2);
  const int32_t large = sitesWanted * 38.0 / 2037 + 0.5 < 1 ? 1 : (int32_t)(sitesWanted * 38.0 / 2037 + 0.5);
  const int32_t room = (int32_t)(visitsWanted * 1.02) + 10000;
  visitKeys = streamKeys(root, 1);
  siteCount = sitesWanted;
  visitCount = 0;
  sites = calloc((size_t)siteCount, sizeof(Site));
  arrivals = malloc(sizeof(Arrival) * (size_t)room);
  if (room >= 1 << VISIT_BITS || siteCount > UINT16_MAX) fprintf(stderr, "at most 16 million visits and 65,535 sites\n"), exit(1);

  double largeWeight = 0, smallWeight = 0;
  double *const weight = malloc(sizeof(double) * (size_t)siteCount);
  int32_t *const servers = malloc(sizeof(int32_t) * (size_t)siteCount * STATION_KINDS);
  int32_t deskServers = 0;
  for (int32_t site = 0; site < siteCount; site++) {
    weight[site] = siteWeight(site, large);
    if (site < large) largeWeight += weight[site];
    else smallWeight += weight[site];
  }
  for (int32_t site = 0; site < siteCount; site++) {
    const double siteVisits = site < large ? visitsWanted * 0.35 * weight[site] / largeWeight : visitsWanted * 0.65 * weight[site] / smallWeight;
    for (int kind = 0; kind < STATION_KINDS; kind++) servers[site * STATION_KINDS + kind] = serversOf(siteVisits, kind);
    deskServers += servers[site * STATION_KINDS + CONSULT] + servers[site * STATION_KINDS + LAB] + servers[site * STATION_KINDS + PHARMACY];
    drawArrivals(site, siteVisits, arrivalKeys, room);
  }
  sortArrivals();
  arrivalTick = malloc(sizeof(int32_t) * (size_t)visitCount);
  visits = malloc(sizeof(Visit) * (size_t)visitCount);
  drawTraits();
  free(arrivals);

  // Back ends grow with the city, so that their utilisation stays: 24 at the bureau and 2 at each bank for 480,000 visits.
  const int32_t bureauServers = (int32_t)ceil(24 * visitsWanted / 480000), bankServers = (int32_t)ceil(2 * visitsWanted / 480000);
  deskTicks = calloc((size_t)(deskServers + bureauServers + BANKS * bankServers), sizeof(int32_t));
  bureau = newDesk(bureauServers);
  for (int bank = 0; bank < BANKS; bank++) banks[bank] = newDesk(bankServers);
  for (int32_t site = 0; site < siteCount; site++) {
    const int32_t *const own = &servers[site * STATION_KINDS];
    Site *const s = &sites[site];
    s->registerServers = s->registers.free = own[REGISTER];
    s->cashiers.free = own[CASHIER];
    s->kiosks.free = own[KIOSK];
    s->consult = newDesk(own[CONSULT]);
    s->lab = newDesk(own[LAB]);
    s->pharmacy = newDesk(own[PHARMACY]);
  }
  free(weight);
  free(servers);
}

static void openDay(void) {
  memset(ring, 0xff, sizeof ring);
  openBucket = -1;
  openHead = openEnd = nextArrival = 0;
}

static void lognormal(double mean, double variation, double *logMean, double *logSd) {
  const double variance = logOf(1 + variation * variation);
  *logMean = logOf(mean * TICKS_PER_SECOND) - variance / 2;
  *logSd = sqrt(variance);
}

// ---- Output

static double cpuSeconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_utime.tv_usec * 1e-6 + usage.ru_stime.tv_sec + usage.ru_stime.tv_usec * 1e-6;
}

static void printNumbers(const char *name, const int64_t *numbers, int count) {
  printf("\"%s\":[", name);
  for (int i = 0; i < count; i++) printf("%s%lld", i ? "," : "", (long long)numbers[i]);
  printf("],");
}

/** FNV-1a over the bytes of one word. */
static uint32_t hashWord(uint32_t hash, uint32_t w) {
  for (int byte = 0; byte < 4; byte++) hash = (hash ^ (w >> (8 * byte) & 255)) * 16777619u;
  return hash;
}

static uint32_t hashNumber(uint32_t hash, double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return hashWord(hashWord(hash, (uint32_t)bits), (uint32_t)(bits >> 32));
}

static uint32_t cityHash(void) {
  uint32_t hash = 2166136261u;
  for (int32_t visit = 0; visit < visitCount; visit++) {
    const Visit *const v = &visits[visit];
    const uint32_t traits = (uint32_t)(v->mode | v->lab << 2 | v->impatient << 3 | v->bank << 4);
    hash = hashWord(hashWord(hash, (uint32_t)arrivalTick[visit]), (uint32_t)v->site << 8 | traits);
  }
  return hash;
}

static int probe(void) {
  const Words key = {12345, 67890};
  uint32_t hash = 2166136261u;
  for (uint32_t i = 0; i < 200000; i++) {
    const Words drawn = drawWords(key, i, 256);
    const double u = uniformOf(drawn.first);
    hash = hashWord(hashWord(hash, drawn.first), drawn.second);
    hash = hashNumber(hash, logOf(u));
    hash = hashNumber(hash, expOf(40 * u - 20));
    hash = hashNumber(hash, normalQuantile(u));
    hash = hashNumber(hash, powOf(1 + u, -0.55));
  }
  printf("{\"probe\":\"%08x\"}\n", hash);
  return 0;
}

int main(int argc, char **argv) {
  uint32_t seed = 1;
  int32_t sitesWanted = 2037, days = 1;
  double visitsWanted = 480000;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--probe") == 0) return probe();
    if (i + 1 == argc) return fprintf(stderr, "usage: city-day [--seed S] [--sites N] [--visits V] [--days D] | --probe\n"), 2;
    const double value = atof(argv[i + 1]);
    if (strcmp(argv[i], "--seed") == 0) seed = (uint32_t)value;
    else if (strcmp(argv[i], "--sites") == 0) sitesWanted = (int32_t)value;
    else if (strcmp(argv[i], "--visits") == 0) visitsWanted = value;
    else if (strcmp(argv[i], "--days") == 0) days = (int32_t)value;
    else return fprintf(stderr, "unknown option %s\n", argv[i]), 2;
    i++;
  }
  for (int32_t day = 0; day < days; day++) {
    const double began = cpuSeconds();
    memset(&totals, 0, sizeof totals);
    lognormal(360, 0.8, &consultMean, &consultSd);
    lognormal(180, 0.8, &secondConsultMean, &secondConsultSd);
    lognormal(240, 0.7, &labMean, &labSd);
    buildCity(seed + (uint32_t)day, sitesWanted, visitsWanted);
    openDay();
    const double built = cpuSeconds();
    runDay();
    const double ended = cpuSeconds();
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"seed\":%u,\"visits\":%d,\"city\":\"%08x\",\"balks\":%lld,\"reneges\":%lld,", seed + (uint32_t)day, visitCount, cityHash(),
           (long long)totals.balks, (long long)totals.reneges);
    printNumbers("joins", totals.joins, STATION_KINDS);
    printNumbers("waitTicks", totals.waitTicks, STATION_KINDS);
    printf("\"settlements\":%lld,\"settlementTicks\":%lld,", (long long)totals.settlements, (long long)totals.settlementTicks);
    printNumbers("withLines", totals.withLines, LINES_MAX);
    printf("\"leaving\":\"%08x\",\"setupCpuSeconds\":%.4f,\"runCpuSeconds\":%.4f,\"cpuSeconds\":%.4f,\"peakMegabytes\":%.1f}\n", totals.leaving,
           built - began, ended - built, cpuSeconds(), usage.ru_maxrss / 1024.0);
    free(sites);
    free(visits);
    free(arrivalTick);
    free(bureau.freeAt);
  }
  return 0;
}

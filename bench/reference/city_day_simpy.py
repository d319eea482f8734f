"""
city-day v1 (../city-day-v1/model.md) in SimPy 4.1: the same coupled model, every site, the bureau and the banks in ONE Environment.

    python city_day_simpy.py [--seed 1] [--sites 2037] [--visits 480000]

One process per visit. Lines are simpy.Resource (first come, first served); reneging is `request | timeout(patience)`, balking looks at
len(queue). Draws come from Python's own random.Random, so results agree with the other engines by interval, not by number.
Statistics collected, nothing else: per kind of station the number of joins, of services begun and the sum of waits; balks, reneges,
settlements and the sum of their latency, lines joined per visit. Prints one JSON line; times are seconds here, a double each.
"""

import argparse
import json
import math
import random
import resource

import simpy

HOUR_SHARE = (0.10, 0.17, 0.16, 0.12, 0.06, 0.03, 0.09, 0.11, 0.08, 0.05, 0.02, 0.01)
KINDS = ("register", "consult", "cashier", "lab", "pharmacy", "kiosk")
REGISTER, CONSULT, CASHIER, LAB, PHARMACY, KIOSK = range(6)
WINDOW, AT_KIOSK, MOBILE, CREDIT = range(4)
HELD_SECONDS = (61.3, 450, 1.5 * 0.45 * 46.3, 120, 90, 1.5 * 0.20 * 31.3)
FLOOR_SECONDS = 0.2


def lognormal(mean, variation):
    variance = math.log(1 + variation * variation)
    return math.log(mean) - variance / 2, math.sqrt(variance)


FIRST_CONSULT = lognormal(360, 0.8)
SECOND_CONSULT = lognormal(180, 0.8)
LAB_TIME = lognormal(240, 0.7)


class City:
    """Sites, back ends and what is counted."""

    def __init__(self, seed, sites, visits):
        self.env = simpy.Environment()
        self.random = random.Random(seed)
        self.joins = [0] * 6
        self.served = [0] * 6
        self.wait_seconds = [0.0] * 6
        self.with_lines = [0] * 8
        self.visits = self.balks = self.reneges = self.settlements = 0
        self.settlement_seconds = 0.0
        self.bureau = simpy.Resource(self.env, math.ceil(24 * visits / 480000))
        self.banks = [simpy.Resource(self.env, math.ceil(2 * visits / 480000)) for _ in range(4)]
        large = max(1, math.floor(sites * 38 / 2037 + 0.5))
        weights = [1 / (1 + 0.03 * i) if i < large else (1 + (i - large) / 10) ** -0.55 for i in range(sites)]
        sums = (sum(weights[:large]), sum(weights[large:]))
        for i, weight in enumerate(weights):
            site_visits = visits * 0.35 * weight / sums[0] if i < large else visits * 0.65 * weight / sums[1]
            lines = [simpy.Resource(self.env, max(1, math.ceil(site_visits * (0.17 / 3600) * held / 0.88))) for held in HELD_SECONDS]
            self.env.process(self.arrivals(site_visits, lines))

    def arrivals(self, site_visits, lines):
        env, rng, visit = self.env, self.random, self.visit
        cumulative = [sum(HOUR_SHARE[:hour]) for hour in range(13)]
        share, hour = 0.0, 0
        while True:
            share += rng.expovariate(1.0) / site_visits
            if share >= 1:
                return
            while hour < 11 and share >= cumulative[hour + 1]:
                hour += 1
            yield env.timeout(3600 * (hour + (share - cumulative[hour]) / HOUR_SHARE[hour]) - env.now)
            self.visits += 1
            register = lines[REGISTER]
            if len(register.queue) >= 15 * register.capacity:
                self.balks += 1
            else:
                env.process(visit(lines))

    def settle(self, bank):
        """One settlement: the bureau, then a bank if one is asked, then the floor."""
        env, rng = self.env, self.random
        called = env.now
        with self.bureau.request() as turn:
            yield turn
            yield env.timeout(rng.expovariate(1 / 0.35))
        if bank is not None:
            with bank.request() as turn:
                yield turn
                yield env.timeout(rng.expovariate(1 / 0.30))
        yield env.timeout(FLOOR_SECONDS)
        self.settlements += 1
        self.settlement_seconds += env.now - called

    def begun(self, kind, joined):
        self.served[kind] += 1
        self.wait_seconds[kind] += self.env.now - joined

    def visit(self, lines):
        env, rng = self.env, self.random
        u = rng.random()
        mode = WINDOW if u < 0.45 else AT_KIOSK if u < 0.65 else MOBILE if u < 0.85 else CREDIT
        lab = rng.random() < 0.5
        impatient = rng.random() < 0.1
        bank = self.banks[rng.randrange(4)] if mode in (AT_KIOSK, MOBILE) else None
        joins = self.joins

        joins[REGISTER] += 1
        joined = env.now
        with lines[REGISTER].request() as turn:
            yield turn
            self.begun(REGISTER, joined)
            yield env.timeout(rng.expovariate(1 / 60))
            yield from self.settle(None)
        yield env.timeout(rng.uniform(10, 60))

        joins[CONSULT] += 1
        joined = env.now
        with lines[CONSULT].request() as turn:
            if impatient:
                yield turn | env.timeout(rng.expovariate(1 / 5400))
                if not turn.triggered:
                    self.reneges += 1
                    self.with_lines[2] += 1
                    return
            else:
                yield turn
            self.begun(CONSULT, joined)
            yield env.timeout(rng.lognormvariate(*FIRST_CONSULT))
        yield from self.pay(mode, bank, lines)
        lines_joined = 3 + (mode <= AT_KIOSK)

        if lab:
            joins[LAB] += 1
            joined = env.now
            with lines[LAB].request() as turn:
                yield turn
                self.begun(LAB, joined)
                yield env.timeout(rng.lognormvariate(*LAB_TIME))
            yield env.timeout(rng.uniform(300, 1500))
            joins[CONSULT] += 1
            joined = env.now
            with lines[CONSULT].request() as turn:
                yield turn
                self.begun(CONSULT, joined)
                yield env.timeout(rng.lognormvariate(*SECOND_CONSULT))
            yield from self.pay(mode, bank, lines)
            lines_joined += 2 + (mode <= AT_KIOSK)

        joins[PHARMACY] += 1
        joined = env.now
        with lines[PHARMACY].request() as turn:
            yield turn
            self.begun(PHARMACY, joined)
            yield env.timeout(rng.expovariate(1 / 90))
        self.with_lines[lines_joined] += 1

    def pay(self, mode, bank, lines):
        """From the end of a consultation to the next line: a walk, the payment, a walk."""
        env, rng = self.env, self.random
        if mode == CREDIT:
            env.process(self.settle(None))
        yield env.timeout(rng.uniform(10, 60))
        if mode == MOBILE:
            yield env.timeout(rng.expovariate(1 / 20))
            yield from self.settle(bank)
        elif mode != CREDIT:
            kind, mean = (CASHIER, 45) if mode == WINDOW else (KIOSK, 30)
            self.joins[kind] += 1
            joined = env.now
            with lines[kind].request() as turn:
                yield turn
                self.begun(kind, joined)
                yield env.timeout(rng.expovariate(1 / mean))
                yield from self.settle(bank)
        yield env.timeout(rng.uniform(10, 60))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--sites", type=int, default=2037)
    options.add_argument("--visits", type=float, default=480000)
    given = options.parse_args()
    city = City(given.seed, given.sites, given.visits)
    city.env.run()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "seed": given.seed,
                "simpy": simpy.__version__,
                "visits": city.visits,
                "balks": city.balks,
                "reneges": city.reneges,
                "joins": city.joins,
                "meanWaitSeconds": [wait / served for wait, served in zip(city.wait_seconds, city.served)],
                "settlements": city.settlements,
                "meanSettlementSeconds": city.settlement_seconds / city.settlements,
                "withLines": city.with_lines,
                "cpuSeconds": usage.ru_utime + usage.ru_stime,
                "peakMegabytes": usage.ru_maxrss / 1024,
            }
        )
    )


main()

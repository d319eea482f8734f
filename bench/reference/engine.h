/**
 * simulators/engine in C, line by line: random.ts, elementary.ts, normal.ts, distribution.ts.
 * Only + − × ÷ and sqrt on doubles in the same written order, so the bits are the same as long as the compiler keeps IEEE 754:
 * build with -ffp-contract=off and without -ffast-math. city-day.c --probe prints a hash of the bits; bench/run.ts compares it.
 */
#ifndef MEDPAY_ENGINE_H
#define MEDPAY_ENGINE_H
#include <math.h>
#include <stdint.h>

// random.ts: Threefry2x32, 13 rounds. Words carry no sign here; the bits are the same.

typedef struct {
  uint32_t first, second;
} Words;

static inline uint32_t rotate(uint32_t x, int by) { return (x << by) | (x >> (32 - by)); }

static inline Words drawWords(Words key, uint32_t counter0, uint32_t counter1) {
  const uint32_t key2 = 0x1bd11bdau ^ key.first ^ key.second;
  uint32_t a = counter0 + key.first, b = counter1 + key.second;
#define ROUND(by) a += b, b = rotate(b, by) ^ a
  ROUND(13), ROUND(15), ROUND(26), ROUND(6);
  a += key.second, b += key2 + 1;
  ROUND(17), ROUND(29), ROUND(16), ROUND(24);
  a += key2, b += key.first + 2;
  ROUND(13), ROUND(15), ROUND(26), ROUND(6);
  a += key.first, b += key.second + 3;
  ROUND(17);
#undef ROUND
  return (Words){a, b};
}

/** The stream of one domain under a root; a stream's keys may be the root of streams below it. */
static inline Words streamKeys(Words root, uint32_t domain) { return drawWords(root, domain, UINT32_MAX); }

/** Strictly between 0 and 1: the middle of one of 2^32 cells. */
static inline double uniformOf(uint32_t word) { return ((double)word + 0.5) * 2.3283064365386963e-10; }

// elementary.ts: exp and log after fdlibm (Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunSoft,
// a Sun Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is freely granted, provided
// that this notice is preserved.)

static double powersOfTwo[2046]; // 2^(i − 1022) at i

/** Call once before the first exp. */
static void prepareEngine(void) {
  powersOfTwo[1022] = 1;
  for (int i = 1023; i < 2046; i++) powersOfTwo[i] = powersOfTwo[i - 1] * 2;
  for (int i = 1021; i >= 0; i--) powersOfTwo[i] = powersOfTwo[i + 1] * 0.5;
}

#define LN2_HIGH 0.6931471803691238
#define LN2_LOW 1.9082149292705877e-10

static double expOf(double x) {
  if (!(x <= 709.782712893384)) return x > 0 ? INFINITY : x;
  if (x < -745.1332191019411) return 0;
  const int doublings = (int)(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5));
  const double high = x - doublings * LN2_HIGH;
  const double low = doublings * LN2_LOW;
  const double r = high - low;
  const double t = r * r;
  const double c =
      r - t * (0.16666666666666602 +
               t * (-0.0027777777777015593 + t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  const double y = 1 - (low - (r * c) / (2 - c) - high);
  if (doublings < -1021) return y * powersOfTwo[doublings + 2022] * powersOfTwo[22];
  if (doublings > 1023) return y * 2 * powersOfTwo[2045];
  return y * powersOfTwo[doublings + 1022];
}

static double logOf(double x) {
  if (!(x > 0 && x < INFINITY)) return x == 0 ? -INFINITY : x > 0 ? x : NAN;
  int doublings = 0;
  while (x < 9.313225746154785e-10) x *= 1073741824, doublings -= 30;
  while (x >= 1) x *= 9.313225746154785e-10, doublings += 30;
  const int shift = __builtin_clz((unsigned)(x * 2147483648.0));
  double m = x * (double)(int32_t)(1u << shift);
  doublings -= shift;
  if (m > 1.4142135623730951) m *= 0.5, doublings += 1;
  const double f = m - 1;
  const double s = f / (2 + f);
  const double z = s * s;
  const double w = z * z;
  const double evens = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const double odds = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const double half = 0.5 * f * f;
  const double k = doublings;
  return k * LN2_HIGH - (half - (s * (half + (odds + evens)) + k * LN2_LOW) - f);
}

static double powOf(double x, double y) {
  if (y == 0 || x == 1) return 1;
  return expOf(y * logOf(x));
}

// normal.ts: Wichura's AS 241, PPND16.

static double nearTail(double r) {
  const double above =
      ((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r + 1.2704582524523684) * r + 3.6478483247632045) * r +
        5.769497221460691) * r + 4.630337846156546) * r + 1.4234371107496835;
  const double below =
      ((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r + 0.14810397642748008) * r + 0.6897673349851) * r +
        1.6763848301838038) * r + 2.053191626637759) * r + 1;
  return above / below;
}

static double farTail(double r) {
  const double above =
      ((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r + 0.026532189526576124) * r + 0.29656057182850487) * r +
        1.7848265399172913) * r + 5.463784911164114) * r + 6.657904643501103;
  const double below =
      ((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r + 0.0007868691311456133) * r + 0.014875361290850615) * r +
        0.1369298809227358) * r + 0.599832206555888) * r + 1;
  return above / below;
}

static double normalQuantile(double p) {
  const double q = p - 0.5;
  if (q > -0.425 && q < 0.425) {
    const double r = 0.180625 - q * q;
    const double above =
        ((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r + 13731.69376550946) * r +
          1971.5909503065513) * r + 133.14166789178438) * r + 3.3871328727963665;
    const double below =
        ((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) * r + 5394.196021424751) * r +
          687.1870074920579) * r + 42.31333070160091) * r + 1;
    return (q * above) / below;
  }
  const double r = sqrt(-logOf(q < 0 ? p : 1 - p));
  const double z = r <= 5 ? nearTail(r - 1.6) : farTail(r - 5);
  return q < 0 ? -z : z;
}

// distribution.ts: one function per law; each is floored to a tick and capped.

static inline int32_t capped(double ticks) { return ticks < 1073741824.0 ? (int32_t)ticks : 1073741824; }
static inline int32_t uniformTicks(double from, double to, uint32_t word) { return capped(from + (to - from) * uniformOf(word)); }
static inline int32_t exponentialTicks(double mean, uint32_t word) { return capped(-mean * logOf(uniformOf(~word))); }
static inline int32_t lognormalTicks(double logMean, double logSd, uint32_t word) {
  return capped(expOf(logMean + logSd * normalQuantile(uniformOf(word))));
}
#endif

/*
 * The portable functions of this room once more in C, for the C reference of the benchmark and as a witness that the bits do not
 * depend on JavaScript. Compile with -ffp-contract=off: a fused multiply-add would round differently. Meanings are in the .ts files.
 */
#ifndef MEDPAY_ENGINE_H
#define MEDPAY_ENGINE_H
#include <math.h>
#include <stdint.h>

static uint32_t secondWordOfBlock;

static inline uint32_t rotateLeft(uint32_t x, int by) { return (x << by) | (x >> (32 - by)); }

static inline uint32_t drawWord(uint32_t key0, uint32_t key1, uint32_t counter0, uint32_t counter1) {
  static const int rotation[8] = {13, 15, 26, 6, 17, 29, 16, 24};
  const uint32_t key[3] = {key0, key1, 0x1bd11bdau ^ key0 ^ key1};
  uint32_t a = counter0 + key0, b = counter1 + key1;
#pragma GCC unroll 13
  for (uint32_t round = 0; round < 13; round++) {
    a += b;
    b = rotateLeft(b, rotation[round % 8]) ^ a;
    if (round % 4 == 3) {
      const uint32_t injection = round / 4 + 1;
      a += key[injection % 3];
      b += key[(injection + 1) % 3] + injection;
    }
  }
  secondWordOfBlock = b;
  return a;
}
static inline uint32_t secondWord(void) { return secondWordOfBlock; }
static inline double uniformOf(uint32_t word) { return ((double)word + 0.5) * 0x1p-32; }
static inline uint32_t decisionCounter(uint32_t decision, uint32_t attempt) { return (decision << 8) | (attempt & 255); }
static inline uint32_t streamKey0(uint32_t low, uint32_t high, uint32_t domain) { return drawWord(low, high, domain, 0xffffffffu); }
static inline uint32_t streamKey1(uint32_t low, uint32_t high, uint32_t domain) {
  drawWord(low, high, domain, 0xffffffffu);
  return secondWordOfBlock;
}

static inline double expOf(double x) {
  if (!(x <= 709.782712893384)) return x > 0 ? INFINITY : x;
  if (x < -745.1332191019411) return 0;
  const int32_t doublings = (int32_t)(x * 1.4426950408889634 + (x < 0 ? -0.5 : 0.5));
  const double high = x - (double)doublings * 0.6931471803691238;
  const double low = (double)doublings * 1.9082149292705877e-10;
  const double r = high - low;
  const double t = r * r;
  const double c =
      r - t * (0.16666666666666602 +
               t * (-0.0027777777777015593 + t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  const double y = 1 - (low - (r * c) / (2 - c) - high);
  // Scaled by one multiplication where the result is normal: ldexp rounds alike and is many times slower.
  if (doublings < -1021 || doublings > 1023) return ldexp(y, doublings);
  union {
    uint64_t bits;
    double value;
  } power = {(uint64_t)(doublings + 1023) << 52};
  return y * power.value;
}

static inline double logOf(double x) {
  if (!(x > 0 && x < INFINITY)) return x == 0 ? -INFINITY : x > 0 ? x : NAN;
  int doublings = 0;
  while (x < 0x1p-12) {
    x *= 4096;
    doublings -= 12;
  }
  while (x >= 1) {
    x *= 0x1p-12;
    doublings += 12;
  }
  const int32_t leading = (int32_t)(x * 2147483648.0);
  const int zeros = __builtin_clz((uint32_t)leading);
  const int shift = zeros - ((leading << (zeros - 1)) > 1518500250);
  const double m = x * (double)(1 << shift);
  doublings -= shift;
  const double f = m - 1;
  const double s = f / (2 + f);
  const double z = s * s;
  const double w = z * z;
  const double evens = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const double odds = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const double half = 0.5 * f * f;
  const double k = doublings;
  return k * 0.6931471803691238 - (half - (s * (half + (odds + evens)) + k * 1.9082149292705877e-10) - f);
}

static inline double powOf(double x, double y) {
  if (y == 0) return 1;
  if (x == 1) return 1;
  return expOf(y * logOf(x));
}

static inline double nearTail(double r) {
  const double above =
    ((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r + 1.2704582524523684) * r + 3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
    1.4234371107496835;
  const double below =
    ((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r + 0.14810397642748008) * r + 0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
    1;
  return above / below;
}

static inline double farTail(double r) {
  const double above =
    ((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r + 0.026532189526576124) * r +
      0.29656057182850487) *
      r +
      1.7848265399172913) *
      r +
      5.463784911164114) *
      r +
    6.657904643501103;
  const double below =
    ((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r + 0.0007868691311456133) * r +
      0.014875361290850615) *
      r +
      0.1369298809227358) *
      r +
      0.599832206555888) *
      r +
    1;
  return above / below;
}

static inline double normalQuantile(double p) {
  const double q = p - 0.5;
  if (q > -0.425 && q < 0.425) {
    const double r = 0.180625 - q * q;
    const double above =
      ((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r + 13731.69376550946) * r +
        1971.5909503065513) *
        r +
        133.14166789178438) *
        r +
      3.3871328727963665;
    const double below =
      ((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) * r + 5394.196021424751) * r +
        687.1870074920579) *
        r +
        42.31333070160091) *
        r +
      1;
    return (q * above) / below;
  }
  const double r = sqrt(-logOf(q < 0 ? p : 1 - p));
  const double z = r <= 5 ? nearTail(r - 1.6) : farTail(r - 5);
  return q < 0 ? -z : z;
}

static inline int32_t drawTicks(int kind, double a, double b, uint32_t word) {
  double ticks = a;
  if (kind == 2) ticks = -a * logOf(uniformOf(~word));
  else if (kind == 3) ticks = expOf(a + b * normalQuantile(uniformOf(word)));
  else if (kind == 1) ticks = a + (b - a) * uniformOf(word);
  return ticks < 1073741824.0 ? (int32_t)ticks : 1073741824;
}

static inline uint32_t mix(uint32_t h) {
  h = (h ^ (h >> 16)) * 0x7feb352du;
  h = (h ^ (h >> 15)) * 0x846ca68bu;
  return h ^ (h >> 16);
}
static inline uint32_t permuteBits(uint32_t n) { return n > 16 ? 32 - __builtin_clz(n - 1) : 4; }
static inline uint32_t permute(uint32_t key, uint32_t n, uint32_t x) {
  const uint32_t bits = permuteBits(n), lowBits = bits >> 1, lowMask = (1u << lowBits) - 1, highMask = (1u << (bits - lowBits)) - 1;
  const uint32_t mixedKey = mix(key ^ (n * 0x9e3779b9u));
  do {
    uint32_t low = x & lowMask, high = x >> lowBits;
    for (uint32_t round = 1; round <= 6; round += 2) {
      low ^= mix(high ^ (mixedKey + round * 0x9e3779b9u)) & lowMask;
      high ^= mix(low ^ (mixedKey + (round + 1) * 0x9e3779b9u)) & highMask;
    }
    x = (high << lowBits) | low;
  } while (x >= n);
  return x;
}
static inline uint32_t unpermute(uint32_t key, uint32_t n, uint32_t y) {
  const uint32_t bits = permuteBits(n), lowBits = bits >> 1, lowMask = (1u << lowBits) - 1, highMask = (1u << (bits - lowBits)) - 1;
  const uint32_t mixedKey = mix(key ^ (n * 0x9e3779b9u));
  do {
    uint32_t low = y & lowMask, high = y >> lowBits;
    for (uint32_t round = 6; round >= 2; round -= 2) {
      high ^= mix(low ^ (mixedKey + round * 0x9e3779b9u)) & highMask;
      low ^= mix(high ^ (mixedKey + (round - 1) * 0x9e3779b9u)) & lowMask;
    }
    y = (high << lowBits) | low;
  } while (y >= n);
  return y;
}
#endif

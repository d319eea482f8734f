/**
 * The engine's words and laws as the reference uses them, over the C twin of simulators/engine: a block of two words at once, and one
 * function per law where the law is known. Build with -ffp-contract=off; city-day.c --probe prints a hash of the bits.
 */
#ifndef MEDPAY_REFERENCE_ENGINE_H
#define MEDPAY_REFERENCE_ENGINE_H
#include "../../simulators/engine/engine.h"

typedef struct {
  uint32_t first, second;
} Words;

static inline Words drawWords(Words key, uint32_t counter0, uint32_t counter1) {
  const uint32_t first = drawWord(key.first, key.second, counter0, counter1);
  return (Words){first, secondWord()};
}
static inline Words streamKeys(Words root, uint32_t domain) { return drawWords(root, domain, UINT32_MAX); }

static inline int32_t uniformTicks(double from, double to, uint32_t word) { return drawTicks(1, from, to, word); }
static inline int32_t exponentialTicks(double mean, uint32_t word) { return drawTicks(2, mean, 0, word); }
static inline int32_t lognormalTicks(double logMean, double logSd, uint32_t word) { return drawTicks(3, logMean, logSd, word); }
#endif

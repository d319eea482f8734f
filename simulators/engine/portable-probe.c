/* Writes the rows of portable-probe.ts, numbers and then words, to standard output. Argument: how many rows. */
#include <stdio.h>
#include <stdlib.h>
#include "engine.h"

int main(int count, char **arguments) {
  const uint32_t rows = count > 1 ? (uint32_t)atoi(arguments[1]) : 0;
  double *numbers = malloc(rows * 8 * sizeof(double));
  uint32_t *words = malloc(rows * 12 * sizeof(uint32_t));
  if (numbers == NULL || words == NULL) return 1;
  for (uint32_t row = 0; row < rows; row++) {
    double *into = numbers + row * 8;
    const double u = uniformOf(drawWord(77, 5, row, 0));
    const double v = uniformOf(secondWord());
    into[0] = u;
    into[1] = expOf(1500 * u - 750);
    into[2] = expOf(20 * v);
    into[3] = logOf(u);
    into[4] = logOf(into[1]);
    into[5] = logOf(1 + (u - 0.5) * v);
    into[6] = powOf(1000 * u, 4 * v - 2);
    into[7] = normalQuantile(u);
  }
  for (uint32_t row = 0; row < rows; row++) {
    uint32_t *into = words + row * 12;
    const uint32_t key0 = streamKey0(20200825, 0, row), key1 = streamKey1(20200825, 0, row);
    const uint32_t word = drawWord(key0, key1, row, decisionCounter(row & 1023, 3));
    into[0] = word;
    into[1] = secondWord();
    words[0] = streamKey0(word, row, 7);
    words[1] = streamKey1(word, row, 7);
    into[2] = drawTicks(0, 12345.9, 0, word);
    into[3] = drawTicks(1, 100000, 600000, word);
    into[4] = drawTicks(2, 600000, 0, word);
    into[5] = drawTicks(3, 14.8, 0.7, word);
    into[6] = drawTicks(3, 18, 2, word);
    into[7] = permute(word, 21000000, row);
    into[8] = unpermute(word, 21000000, row);
    into[9] = permute(word, 1 + (row & 63), 0);
    into[10] = unpermute(word, rows, row);
    into[11] = drawWord(word, row, word ^ row, 0);
  }
  fwrite(numbers, sizeof(double), rows * 8, stdout);
  fwrite(words, sizeof(uint32_t), rows * 12, stdout);
  free(numbers);
  free(words);
  return 0;
}

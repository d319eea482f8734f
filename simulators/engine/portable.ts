/**
 * The few words that let one source run as plain TypeScript and compile, unchanged, to WebAssembly (AssemblyScript).
 *
 * A file written in this subset ("portable file") keeps to: functions over numbers and the array types below, `let`/`const`,
 * `while`/`if`/`switch`, conversions written as calls (`i32(x)`), products of whole numbers through `imul`.
 * It has no closures, objects, strings, exceptions, `for…of`, spread, optional values, and imports portable files only.
 * `tools/build-kernel.ts` exchanges this file for `tools/portable.assembly.ts.txt`, its AssemblyScript side.
 */

/** A whole number in [-2^31, 2^31). To TypeScript it is a plain number; arithmetic that may leave the range is wrapped in `i32()`. */
export type i32 = number
/** The same 32 bits read without a sign. */
export type u32 = number
/** An IEEE 754 double. */
export type f64 = number
/** A fixed-length array of {@link i32}, zero-filled. */
export type I32s = Int32Array
/** A fixed-length array of {@link f64}, zero-filled. */
export type F64s = Float64Array

/** Truncates towards zero and wraps to 32 bits, so `i32(a / b)` divides whole numbers alike in both worlds. */
export function i32(x: number): i32 {
  return x | 0
}
/** The 32 bits of x without a sign. */
export function u32(x: number): u32 {
  return x >>> 0
}
export function f64(x: number): f64 {
  return x
}
/** The low 32 bits of a product of whole numbers. */
export function imul(a: i32, b: i32): i32 {
  return Math.imul(a, b)
}
/** Leading zero bits, 32 for zero. */
export function clz(x: i32): i32 {
  return Math.clz32(x)
}
export function newI32s(length: i32): I32s {
  return new Int32Array(length)
}
export function newF64s(length: i32): F64s {
  return new Float64Array(length)
}

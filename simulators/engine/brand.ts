declare const brand: unique symbol

/** A value of T that is meant as a Name and nothing else. Vanishes when types are stripped. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }

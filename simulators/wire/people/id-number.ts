/**
 * 公民身份号码 (GB 11643) that can belong to nobody: the region is 310000, the municipality itself, while every number issued carries
 * the code of a county or district. The check digit is right, so every validator accepts the form.
 */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkDigits = '10X98765432'
const nobodysRegion = '310000'

/** @param sequence 0 … 999; an odd one is a man's */
export function idNumber(birthDate: string, sequence: number): string {
  const body = `${nobodysRegion}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  return body + checkDigitOf(body)
}

/** The 18th character for the first 17. */
export function checkDigitOf(body: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0)
  return checkDigits[sum % 11] as string
}

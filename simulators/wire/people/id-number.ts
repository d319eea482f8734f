/**
 * 公民身份号码 (GB 11643) that can belong to nobody. The first six digits of an issued number are a county's; Shanghai's counties all begin
 * 3101 or 3102 (GB/T 2260), so 3103 … 3199 name no place that exists. The check digit is right, so a validator of the form accepts them.
 */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkDigits = '10X98765432'
const firstNobody = 310_300
/** Regions that name no place. */
export const nobodysRegions = 320_000 - firstNobody
/** The last three digits before the check digit; an odd one is a man's. */
export const sequences = 1000

/** @param region 0 … {@link nobodysRegions} − 1 */
export function idNumber(region: number, birthDate: string, sequence: number): string {
  const body = `${firstNobody + region}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  return body + checkDigitOf(body)
}

/** The 18th character for the first 17. */
export function checkDigitOf(body: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0)
  return checkDigits[sum % 11] as string
}

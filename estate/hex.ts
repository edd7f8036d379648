// Ids in hexadecimal, put together from a table: this runs several times for every row.

const FOUR = Array.from({ length: 0x1_0000 }, (_, n) => n.toString(16).padStart(4, '0'))

export const hex4 = (n: number): string => FOUR[n & 0xffff]!
export const hex8 = (n: number): string => FOUR[n >>> 16]! + FOUR[n & 0xffff]!

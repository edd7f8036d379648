// Some of several things by name: always the same ones of the same things.
import { NAMED_MAX, type Named } from '@/core/subject'

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
export const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort(byText)

/** @param count how many there are, where not all of them are named */
export function named(names: Iterable<string>, count?: number): Named {
  const all = sorted(names)
  return { count: count ?? all.length, names: all.slice(0, NAMED_MAX) }
}

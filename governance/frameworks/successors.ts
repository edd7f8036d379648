// What took the place of an id of CSF 1.1 that somebody typed: such ids are read, and never written.
import { CSF1_WITHDRAWN } from './csf1-withdrawn'
import { CSF2 } from './csf2'

const WITHDRAWN = new Map<string, readonly string[]>(Object.entries(CSF1_WITHDRAWN))
/** `PR.AC-4`, as CSF 1.1 writes it, or `PR.AC-04`, as the catalogue of 2.0 does; with or without `csf:`. */
const WRITTEN = /^(?:csf:)?([A-Z]{2}\.[A-Z]{2})-(0?\d|\d{2})$/i

/** The active ids that took its place, a whole category spelt out. Undefined where it is no withdrawn id. */
export function successorsOf(typed: string): { withdrawn: string; now: readonly string[] } | undefined {
  const [, category, number] = WRITTEN.exec(typed.trim()) ?? []
  if (!category || !number) return undefined
  const withdrawn = `${category.toUpperCase()}-${number.padStart(2, '0')}`
  const now = WITHDRAWN.get(withdrawn)
  if (!now) return undefined
  return {
    withdrawn,
    now: now.flatMap((id) =>
      id.includes('-') ? [id] : Object.keys(CSF2).filter((one) => one.startsWith(`${id}-`)),
    ),
  }
}

// Makes steps of what was judged.
import type { Step, StepTarget } from '@/core/access'
import { unless, type Judged } from '../judged'
import type { Definition } from './definition'

const REASONS_MAX = 12

/** @param words what beside the permissions led to it, first */
export const stepTo = (
  to: StepTarget,
  { id }: Pick<Definition, 'id'>,
  { value, because, missing }: Judged,
  words: readonly string[] = [],
): Step => ({
  to,
  by: id,
  answer: value === 'yes' ? 'yes' : 'depends',
  because: [...words, ...because].slice(0, REASONS_MAX),
  ...(missing.length && { missing }),
})

/** Certain only where something holds that is not known. */
export const opened = (judged: Judged, open: string | undefined): Judged =>
  open === undefined ? judged : unless(judged, [open])

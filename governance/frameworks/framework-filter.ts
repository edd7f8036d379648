// The filter of the controls of a framework: page, API, CSV and command line read the same one.
import { z } from 'zod'
import { oneOf } from '@/core/list'

/** What can be said of a control. */
export const CONTROL_STATES = ['failing', 'cannot-tell', 'no-failure', 'nothing-judged', 'no-rule'] as const
export type ControlState = (typeof CONTROL_STATES)[number]

export const ControlFilter = z.object({
  /** Part of an id or of a title. An id of CSF 1.1 finds what took its place. */
  q: z.string().trim().max(300).optional(),
  state: oneOf(CONTROL_STATES),
  /** Whether any of what fails stands under an exception. */
  excepted: oneOf(['yes', 'no']),
  baseline: oneOf(['low', 'moderate', 'high']),
})
export type ControlFilter = z.infer<typeof ControlFilter>

// The moment of an answer as the answer itself says it: both times absolute, so that the same can be asked again.
import { Instant, type Instant as At } from '@/core/fact'
import type { Moment } from '@/core/moment'
import { z } from 'zod'

export const MomentView = z.object({ asOf: Instant, known: Instant })
export type MomentView = { asOf: At; known: At }

export const momentView = ({ valid, known }: Moment): MomentView => ({ asOf: valid, known })

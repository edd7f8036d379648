// What a form says of somebody's limits, as the commands take it.
import { RollcallError } from '@/core/errors'
import type { Role } from '@/core/permissions'
import { textOf } from '@/app/_form/attempt'

const DAY_MS = 24 * 3600_000
/** What is proposed for an auditor, in days. */
export const AUDITOR_DAYS = 90

/** How long somebody has access, as a form offers it. `usual`: an auditor so many days, others without end. */
export const TERMS = [
  { value: 'usual', title: `${AUDITOR_DAYS} days for an auditor, no end for others` },
  { value: '30', title: '30 days' },
  { value: '90', title: '90 days' },
  { value: 'day', title: 'Until the day below' },
  { value: 'none', title: 'No end' },
] as const

/** The day so many days ahead, in UTC: the last one on which somebody has access. */
export const dayIn = (days: number, now = new Date()): string =>
  new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10)

export function limitsOf(form: FormData, role: Role): { until: string | null; scopes: string[] | null } {
  const scopes = form.getAll('scopes').filter((one) => typeof one === 'string')
  return { until: untilOf(form, role), scopes: scopes.length ? scopes : null }
}

function untilOf(form: FormData, role: Role): string | null {
  const term = textOf(form, 'term')
  const days = term === 'usual' ? (role === 'auditor' ? AUDITOR_DAYS : 0) : Number(term)
  if (term !== 'day') return days > 0 ? dayIn(days) : null
  const day = textOf(form, 'until')
  if (!day) throw new RollcallError('invalid', 'Choose a day.', [{ path: 'until', message: 'Choose a day' }])
  return day
}

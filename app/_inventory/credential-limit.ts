// How old the value of a credential may become, as the rule on long-lived credentials judges it.
import { ruleMeta } from './rule-meta'

const LIMIT_DAYS = 90

export function limitDays(): number {
  const params = ruleMeta('credential-long-lived')?.params.parse({})
  const days = typeof params === 'object' && params && 'ageDaysMax' in params ? params.ageDaysMax : undefined
  return typeof days === 'number' ? days : LIMIT_DAYS
}

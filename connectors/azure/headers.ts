// What the services say in headers about their limits.
import type { IncomingHttpHeaders } from 'node:http'

const first = (value: string | string[] | undefined): string =>
  (Array.isArray(value) ? value[0] : value) ?? ''

/** `00:00:05` as milliseconds. */
function spanMs(text: string): number | undefined {
  const [hours, minutes, seconds] = text.split(':').map(Number)
  const ms = ((hours ?? NaN) * 3600 + (minutes ?? NaN) * 60 + (seconds ?? NaN)) * 1000
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined
}

const plainSeconds = (text: string): number | undefined => {
  const seconds = Number(text)
  return text !== '' && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}

/** How long the service asks to wait: in seconds, in thousandths of them, or until a quota is refilled. */
export function retryAfterMs(headers: IncomingHttpHeaders): number | undefined {
  const ms = Number(first(headers['x-ms-retry-after-ms']))
  if (headers['x-ms-retry-after-ms'] !== undefined && Number.isFinite(ms) && ms >= 0) return ms
  return plainSeconds(first(headers['retry-after'])) ?? spanMs(first(headers['x-ms-user-quota-resets-after']))
}

/** How long nothing is left of the quota, where an answer says so. */
export function quotaSpentMs(headers: IncomingHttpHeaders): number | undefined {
  if (first(headers['x-ms-user-quota-remaining']) !== '0') return undefined
  return spanMs(first(headers['x-ms-user-quota-resets-after']))
}

// How an auditor's access is told to them, as a sentence. Pure.
import type { Actor } from '@/core/permissions'
import { dayWords } from '../_ui/moment-words'

/** Undefined for whoever is no auditor. */
export function auditorWords({
  role,
  until,
  within,
}: Pick<Actor, 'role' | 'until' | 'within'>): string | undefined {
  if (role !== 'auditor') return undefined
  // It ends as the last day does.
  const end = until ? ` until ${dayWords(new Date(Date.parse(until) - 1))}` : ''
  if (!within) return `You read as an auditor${end}.`
  if (!within.length)
    return `You read as an auditor${end}, and see nothing: the scopes you were limited to are not there any more. Ask an administrator.`
  return `You read as an auditor${end}, within ${within.length} ${within.length === 1 ? 'scope' : 'scopes'}.`
}

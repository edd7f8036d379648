// What a delivery asks, as a choice of its form and in words. Pure.
import type { Question } from '@/governance/packs/delivery/setting-up/delivery-input'
import { frameworkOf } from '@/governance/frameworks/frameworks'
import { readyPackOf } from '@/governance/packs/ready'

type Asked = Partial<Question>

/** `kept` where the form has no word for it: it stays as it is unless something else is chosen. */
export function whatOf({ ready, controls = [], filter = {}, contents }: Asked): string {
  const isPlain = Object.keys(filter).length === 0 && contents === undefined
  if (!isPlain) return 'kept'
  if (ready !== undefined) return controls.length ? 'kept' : `ready:${ready}`
  if (!controls.length) return 'record'
  const [only, ...more] = controls
  return more.length || only?.includes(':') ? 'kept' : `framework:${only}`
}

/** @param held what is kept where that is chosen */
export function askedBy(what: string, redact: boolean, held: Asked | undefined): Asked {
  const [kind, id = ''] = what.split(':')
  const names = redact ? { redact: ['people' as const] } : { redact: [] }
  const days = held?.keepDays === undefined ? {} : { keepDays: held.keepDays }
  if (kind === 'kept') return { ...held, ...names }
  if (kind === 'ready') return { ready: id, ...names, ...days }
  return { ...(kind === 'framework' && { controls: [id] }), ...names, ...days }
}

export function questionWords({ ready, controls = [], filter = {}, contents, redact = [] }: Asked): string {
  const found = ready === undefined ? undefined : readyPackOf(ready)
  const one = (control: string) => frameworkOf(control)?.title ?? control
  const what = found?.title ?? (controls.length ? controls.map(one).join(', ') : 'The record alone')
  return [
    what,
    ...Object.entries(filter).map(([name, value]) => `${name}=${value}`),
    ...(contents ? [`files: ${contents.join(', ')}`] : []),
    ...(redact.length ? ['without names of people'] : []),
  ].join('; ')
}

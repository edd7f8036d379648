// States of deliveries and of their periods as words with a shape.
import type { DeliveryView, PeriodView } from '@/governance/packs/delivery/listing/delivery-view'
import { StateWord, type Tone } from '@/app/_ui/state-word'

const PERIODS: Record<PeriodView['state'], { tone: Tone; title: string }> = {
  due: { tone: 'waiting', title: 'Is asked for again' },
  building: { tone: 'busy', title: 'Being built' },
  waiting: { tone: 'waiting', title: 'Waiting' },
  delivered: { tone: 'ok', title: 'Delivered' },
  dead: { tone: 'danger', title: 'Given up' },
}

export function PeriodWord({ row }: { row: PeriodView }) {
  if (row.isAtWork && row.state === 'waiting') return <StateWord tone="busy">Being delivered</StateWord>
  if (row.state === 'waiting' && row.error !== undefined) return <StateWord tone="danger">Failing</StateWord>
  if (row.state === 'delivered' && row.complete === false)
    return <StateWord tone="warn">Delivered; not complete</StateWord>
  const { tone, title } = PERIODS[row.state]
  return <StateWord tone={tone}>{title}</StateWord>
}

export function DeliveryWord({ delivery: { paused, current, dead, last } }: { delivery: DeliveryView }) {
  if (paused) return <StateWord tone="paused">Stands still</StateWord>
  if (current?.error !== undefined) return <StateWord tone="danger">Failing</StateWord>
  if (dead > 0) return <StateWord tone="danger">Given up</StateWord>
  if (current) return <PeriodWord row={current} />
  if (last) return <StateWord tone="ok">On</StateWord>
  return <StateWord tone="waiting">On, nothing due yet</StateWord>
}

export const EVERY_WORDS = { week: 'Every week', month: 'Every month', quarter: 'Every quarter' } as const

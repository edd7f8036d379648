// How a delivery and its periods stand in words. Pure; safe in a browser.
import type { DeliveryView, PeriodView } from './delivery-view'

const day = (instant: string) => instant.slice(0, 10)
export const periodWords = ({ from, to }: Pick<PeriodView, 'from' | 'to'>): string =>
  `${day(from)} to ${day(to)}`

export function periodStanding(row: Omit<PeriodView, 'id'>): string {
  const { state, isAtWork, attempts, error, outcome, complete } = row
  if (state === 'due') return 'Is asked for again'
  if (state === 'building') return 'Its pack is being built'
  if (state === 'delivered') {
    const seen = complete === false ? '; it is not complete and says so' : ''
    return outcome === 'same'
      ? `Was there already, and is what was sealed${seen}`
      : `Delivered and read back${seen}`
  }
  if (state === 'dead') return error ?? 'Given up'
  if (isAtWork) return 'Is being delivered'
  return error === undefined ? 'Waits to be delivered' : `Attempt ${attempts} failed: ${error}`
}

export function deliveryStanding({ paused, current, dead, next, last }: DeliveryView): string {
  if (paused) return paused.why
  if (current) return `${periodWords(current)}: ${periodStanding(current)}`
  if (dead) return `${dead === 1 ? 'One period was' : `${dead} periods were`} given up`
  if (!last) return next ? `The first is asked for after ${day(next.to)}` : 'Nothing was delivered yet'
  return `Delivered up to ${day(last.to)}`
}

/** Whether somebody has to do something. */
export const isInTrouble = ({ paused, current, dead }: DeliveryView): boolean =>
  paused !== undefined || dead > 0 || current?.error !== undefined

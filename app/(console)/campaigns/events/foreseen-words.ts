// How many cards there would have been, in words.
import type { Cause } from '@/core/campaign'
import type { ForeseenCards } from '@/governance/campaigns/events/foreseen-cards'

const cards = (n: number) => `${n.toLocaleString('en')} ${n === 1 ? 'card' : 'cards'}`

/** Of one cause. Where fewer changes were looked at than there are, it is a lower bound. */
export function foreseenWords({ causes, more, days, short, since }: ForeseenCards, cause: Cause): string {
  const own = causes.find((one) => one.cause === cause)
  const when = short ? `since ${since.slice(0, 10)}` : `in the last ${days} days`
  if (!own?.cards) return more ? `None among the changes that were looked at, ${when}.` : `None ${when}.`
  const bound = more ? 'More than ' : 'At most '
  return `${bound}${cards(own.cards)} ${when}, ${own.busiestDay.toLocaleString('en')} on the busiest day.`
}

/** Of all of them together. */
export function foreseenTotal({ causes, busiestDay, short, since, days, more }: ForeseenCards): string {
  const sum = causes.reduce((total, one) => total + one.cards, 0)
  const known = short
    ? `It is known since ${since.slice(0, 16).replace('T', ' ')} UTC: nothing was read before, or it is not kept any more.`
    : `All of the last ${days} days is known.`
  const told = sum
    ? `With every cause there would have been ${more ? 'more than' : 'at most'} ${cards(sum)}, ${busiestDay.toLocaleString('en')} on the busiest day.`
    : 'With every cause there would have been no card.'
  return `${told} ${known}`
}

// What is to be done about a decision, in words. Nothing of it is done by Rollcall. Pure.
import type { Card } from '@/core/campaign'

/** The gentlest first: each can be taken back until the last one. */
export function stepsFor(kind: 'remove' | 'reduce', card: Card, drops: readonly string[]): string[] {
  const name = `${card.identity.name} (${card.identity.nativeId})`
  const asks =
    card.removing.state === 'known'
      ? card.removing.lines
      : [`Not known: ${card.removing.why}.`, ...(card.removing.lines ?? [])]
  if (kind === 'remove')
    return [
      `Tell whoever runs what uses ${name}. ${asks.join(' ')}`,
      `Turn off ${name} and its credentials; do not delete it yet.`,
      'Wait 14 days, and look for what fails for want of it. Turn it on again where something does.',
      `Delete ${name} in ${card.identity.scope.name}.`,
      'Sync the source: only a complete look tells that it is gone.',
    ]
  const named = card.grants.filter(({ id }) => drops.includes(id)).map((grant) => grant.name)
  return [
    named.length
      ? `Take from ${name}: ${named.join(', ')}.`
      : `Find out which rights of ${name} are not used, and take these away. None was named, so a later look cannot tell whether it was done.`,
    'Wait 14 days, and look for what is denied. Give back what is needed.',
    'Sync the source: only a complete look tells that they are gone.',
  ]
}

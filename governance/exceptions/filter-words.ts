// What a filter of findings says, in words that whoever decides can read: scopes by their names.
import { isUuid } from '@/inventory/queries/sql'
import type { Tx } from '@/prisma/client'

/** Without its rules, which are named elsewhere. Empty where it says nothing more. */
export async function filterWords(
  tx: Pick<Tx, 'scope'>,
  filter: Readonly<Record<string, string>>,
): Promise<string> {
  const { rule: _, ...rest } = filter
  const scopes = (rest.scope ?? '').split(',')
  const held = await tx.scope.findMany({
    where: { id: { in: scopes.filter(isUuid) } },
    select: { id: true, name: true },
  })
  const names = scopes.map((word) => held.find(({ id }) => id === word)?.name ?? word).join(', ')
  return Object.entries(rest)
    .map(([name, text]) => `${name} ${name === 'scope' ? names : text}`)
    .join(', ')
}

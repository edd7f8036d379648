// The accounts a holder may be in: those that patterns name, and any other.

export type World = { partition: string; account: string }

/** More accounts than this, and nobody could read the answer. */
const WORLDS_MAX = 24

/** One world for each partition and account that a pattern names, and one account that none names; undefined for too many. */
export function statedWorlds(patterns: Iterable<string>): World[] | undefined {
  const partitions = new Set(['aws'])
  const accounts = new Set<string>()
  for (const pattern of patterns) {
    const [, partition] = /^arn:(aws[a-z-]*):/.exec(pattern) ?? []
    if (partition !== undefined) partitions.add(partition)
    for (const [account] of pattern.matchAll(/(?<!\d)\d{12}(?!\d)/g)) accounts.add(account)
  }
  accounts.add(unnamed(accounts))
  if (partitions.size * accounts.size > WORLDS_MAX) return undefined
  return [...partitions].flatMap((partition) => [...accounts].map((account) => ({ partition, account })))
}

function unnamed(accounts: ReadonlySet<string>): string {
  for (let number = 0; ; number++) {
    const account = String(number).padStart(12, '0')
    if (!accounts.has(account)) return account
  }
}

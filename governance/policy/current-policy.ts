// The policy that counts: the newest one, or what is built in where nobody has decided anything.
import { DEFAULT_POLICY, Policy } from '@/core/policy'
import { db, type Tx } from '@/prisma/client'

export type CurrentPolicy = {
  /** 0 where nobody has decided anything. */
  version: number
  policy: Policy
}

const BUILT_IN: CurrentPolicy = { version: 0, policy: DEFAULT_POLICY }
let held: (CurrentPolicy & { at: Date }) | undefined

/**
 * A version never changes, so it is read and parsed once a process; that there is a newer one is asked each time.
 * @throws ZodError where it is no policy, which no command writes
 */
export async function currentPolicy(client: Pick<Tx, 'policy'> = db): Promise<CurrentPolicy> {
  const newest = await client.policy.findFirst({
    orderBy: { version: 'desc' },
    select: { version: true, at: true },
  })
  if (!newest) return BUILT_IN
  if (held?.version === newest.version && held.at.getTime() === newest.at.getTime()) return held
  const { doc } = await client.policy.findUniqueOrThrow({
    where: { version: newest.version },
    select: { doc: true },
  })
  held = { ...newest, policy: Policy.parse(doc) }
  return held
}

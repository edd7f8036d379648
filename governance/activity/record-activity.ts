// Writes what someone did to the activity log, in the transaction that did it.
import type { Actor } from '@/core/permissions'
import type { Tx } from '@/prisma/client'

/** Plain values only, picked one by one by the command: never an input as a whole, never a secret. */
export type Detail = Record<string, string | number | boolean | null | string[]>
export type Act = { action: string; object?: string; detail?: Detail }

export async function recordActivity(tx: Tx, actor: Actor, act: Act, at: Date): Promise<void> {
  await tx.activity.create({
    data: {
      at,
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      action: act.action,
      object: act.object,
      detail: act.detail ?? {},
    },
  })
}

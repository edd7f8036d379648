// The activity log as nobody can change it in the product: past its guards, as whoever owns the tables could.
import { db, type Tx } from '@/prisma/client'

/** Runs with the triggers of the log taken off, which are back however it ends. */
export const unguarded = <R>(work: (tx: Tx) => Promise<R>): Promise<R> =>
  db.$transaction(async (tx) => {
    for (const table of ['activity', 'activity_link'])
      await tx.$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
    const result = await work(tx)
    for (const table of ['activity', 'activity_link'])
      await tx.$executeRawUnsafe(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
    return result
  })

/** As if nothing had been done yet. */
export const forgetActivity = () =>
  unguarded(async (tx) => {
    await tx.activityLink.deleteMany()
    await tx.activity.deleteMany()
  })

// Reads the rows of a large question bit by bit: asked once, in one pass over the table, with memory for one chunk.
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'

/** Rows judged and written at a time. */
export const CHUNK = 1000

/** @param tx held open while rows are read; writing goes through transactions of its own */
export async function* scan<Row>(tx: Tx, question: Prisma.Sql): AsyncGenerator<Row[]> {
  await tx.$executeRaw`DECLARE scan NO SCROLL CURSOR FOR ${question}`
  for (;;) {
    const rows = await tx.$queryRaw<Row[]>`FETCH ${Prisma.raw(String(CHUNK))} FROM scan`
    if (rows.length) yield rows
    if (rows.length < CHUNK) break
  }
  await tx.$executeRaw`CLOSE scan`
}

/** The same items, each asked for while the one before is worked on. */
export async function* ahead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = items.next()
  try {
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = items.next()
      yield value
    }
  } finally {
    // Whoever stops early leaves one question open: its answer, or why there is none, is of no interest any more.
    await next.catch(() => undefined)
  }
}

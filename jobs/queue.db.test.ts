// A job is sent with its transaction or not at all, and only with a payload that fits.
import { afterAll, describe, expect, test } from 'vitest'
import { db } from '@/prisma/client'
import { runJob } from '.'
import { closeSender, pendingJobs, send } from './queue'

afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})
const id = () => crypto.randomUUID()

describe('sending', () => {
  test('in a transaction that is rolled back leaves no job', async () => {
    const runId = id()
    const failure = db.$transaction(async (tx) => {
      await send('sync-connection', { runId }, tx)
      throw new Error('rolled back')
    })
    await expect(failure).rejects.toThrow('rolled back')
    expect(await pendingJobs('sync-connection', { runId })).toEqual([])
  })
  test('in a transaction that commits leaves one', async () => {
    const runId = id()
    await db.$transaction(async (tx) => {
      await send('sync-connection', { runId }, tx)
      expect(await pendingJobs('sync-connection', { runId })).toEqual([])
    })
    expect(await pendingJobs('sync-connection', { runId })).toMatchObject([{ state: 'created' }])
  })
  test('twice with one key within an hour leaves one', async () => {
    const scopeId = id()
    for (let count = 0; count < 3; count++)
      await send('evaluate-scope', { scopeId, runId: null }, undefined, { hourlyKey: scopeId })
    expect(await pendingJobs('evaluate-scope', { scopeId })).toHaveLength(1)
    await send('evaluate-scope', { scopeId, runId: id() })
    expect(await pendingJobs('evaluate-scope', { scopeId })).toHaveLength(2)
  })
  test('takes no payload that does not fit, and neither does a handler', async () => {
    await expect(send('sync-connection', { runId: 'x' })).rejects.toThrow()
    await expect(send('sync-connection', { runId: id(), settings: 'x' } as never)).rejects.toThrow()
    const signal = new AbortController().signal
    const at = {
      signal,
      stopping: signal,
      lastAttempt: true,
      connectorOf: () => Promise.reject(new Error('no')),
    }
    await expect(runJob('sync-connection', { runId: 'x' }, at)).rejects.toThrow()
  })
})

// What was read and not judged yet: no finding then means nothing, and every answer says so.
import { afterAll, expect, test } from 'vitest'
import { getSource } from './get-source'
import { askMoment } from '@/inventory/moment/ask-moment'
import { atMoment } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { settledNow } from '@/inventory/moment/settled-now'
import { analyst, look } from '@/tests/queried-estate'
import { connection, identity, refused, takeLook } from '@/tests/scripted-source'
import { homeSummary } from './home-summary'
import { listIdentities } from './list-identities'
import { unjudged } from './unjudged'

const at = (minute: number) => new Date(Date.now() - (60 - minute) * 60_000).toISOString()
const rows = async () => (await listIdentities(analyst, { sort: 'name', size: 10 })).rows
afterAll(closeMomentClient)

test('identities and scopes that no rule was asked about are told as such, now and as of then', async () => {
  const to = await connection()
  const streams = { main: { observations: [identity('a')] } }
  await takeLook(to, { at: at(1), scopes: ['one'], streams })
  expect((await homeSummary(analyst)).unjudged).toEqual({ scopes: 1, of: 1 })
  expect(await unjudged(analyst)).toEqual({ scopes: 1, of: 1 })
  expect(await rows()).toMatchObject([{ name: 'a', judged: false, failing: 0 }])
  const before = await askMoment({ asOf: await settledNow() })

  await look(to, { at: at(2), scopes: ['one'], streams })
  expect((await homeSummary(analyst)).unjudged).toEqual({ scopes: 0, of: 1 })
  expect(await rows()).toMatchObject([{ name: 'a', judged: true }])
  await takeLook(to, { at: at(3), scopes: ['two'], streams })
  expect((await homeSummary(analyst)).unjudged).toEqual({ scopes: 1, of: 2 })

  const then = await atMoment(before, async () => ({ home: await homeSummary(analyst), rows: await rows() }))
  expect(then).toMatchObject({ home: { unjudged: { scopes: 1, of: 1 } }, rows: [{ judged: false }] })
})

test('a scope of which anything was never seen whole was never seen whole', async () => {
  const to = await connection()
  const streams = {
    users: { observations: [identity('u')] },
    roles: { observations: [], fails: refused() },
  }
  await takeLook(to, { at: at(5), scopes: ['partly'], streams })
  const { source } = await getSource(analyst, to.id)
  expect(source.scopes.rows).toMatchObject([{ name: 'partly', state: 'partial' }])
  expect(source.scopes.rows[0]).not.toHaveProperty('asOf')
})

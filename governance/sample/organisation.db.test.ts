// The sample organisation with every connector there is: what each page shows of it, and how its sources belong together.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeSender } from '@/jobs/queue'
import { runJob } from '@/jobs'
import { homeSummary } from '@/inventory/queries/home-summary'
import { listIdentities } from '@/inventory/queries/list-identities'
import { listSources } from '@/inventory/queries/list-sources'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { connectorOf } from '../connector-registry'
import { addSample } from './add-sample'

const administrator = actorAs('administrator')

beforeAll(async () => {
  const signal = new AbortController().signal
  const at = { signal, stopping: signal, lastAttempt: true, connectorOf }
  const { connections } = await addSample(administrator, {})
  for (const { runId } of connections) await runJob('sync-connection', { runId }, at)
  await runJob('join-changes', {}, at)
  for (const { id } of await db.scope.findMany()) await runJob('evaluate-scope', { scopeId: id }, at)
}, 120_000)
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

test('every connector brings its part', async () => {
  const { rows } = await listSources(administrator)
  console.log(rows.map(({ name, state, mode, scopes }) => [name, state, mode, scopes.rows.map((s) => [s.name, s.type, s.identities])]))
  const home = await homeSummary(administrator)
  console.log(JSON.stringify(home).slice(0, 3000))
  const page = await listIdentities(administrator, {})
  console.log(page.total)
  console.log(await db.$queryRaw`SELECT type, count(*)::int FROM identity GROUP BY 1 ORDER BY 1`)
  console.log(await db.$queryRaw`SELECT e.key_type, e.state, count(*)::int FROM edge e GROUP BY 1,2 ORDER BY 1,2`)
  console.log(await db.$queryRaw`SELECT e.key_type, e.key_value, e.state, e.from_kind, left(e.why,90) as why FROM edge e WHERE e.state <> 'matched' ORDER BY 1,2`)
  console.log(await db.$queryRaw`SELECT split_part(i.type,'.',1) t, privilege_class, count(*)::int FROM posture p JOIN identity i ON i.id=p.identity_id GROUP BY 1,2 ORDER BY 1,2`)
})

// A followed cluster that is away for a while: nothing it had is taken for gone.
import { expect, test, vi } from 'vitest'
import { db } from '@/prisma/client'
import { followedCluster, PATIENCE_MS } from './followed'

const here = followedCluster()

test('nothing is retired while the cluster is away, and the look says what is not known', async () => {
  await here.followed()
  here.cluster.down = true
  here.cluster.cut()
  const looks = () => db.look.findMany({ where: { scopeId: here.scope(), stream: 'service-accounts' } })
  await vi.waitFor(
    async () => {
      const found = await looks()
      expect(found.length).toBeGreaterThan(0)
      for (const look of found) expect(look.state).toBe('partial')
    },
    { timeout: PATIENCE_MS, interval: 200 },
  )
  expect(await here.names()).toEqual(['shop/web'])
  here.cluster.down = false
})

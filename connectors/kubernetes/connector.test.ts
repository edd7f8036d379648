// The laws over the recorded cluster.
import { expect, test } from 'vitest'
import { conformance, dropping, replay } from '@/tests/conformance'
import kubernetes from './collect'
import { emptyWorld, eventsOf, NOW, WORLD } from './fixtures/recorded-world'

/** `monitoring/nhi-inventory-secrets`: nothing runs as it, and no other identity depends on it. */
const ACCOUNT = '94023d61-5cbd-4488-a0b4-403158ae703b'

conformance(kubernetes, {
  transport: () => replay(WORLD),
  golden: `${import.meta.dirname}/fixtures/golden.json`,
  folder: import.meta.dirname,
  recorded: () => WORLD,
  remove: {
    identity: ACCOUNT,
    from: () =>
      dropping(replay(WORLD), ({ metadata }) => (metadata as { uid?: string } | undefined)?.uid === ACCOUNT),
  },
  now: NOW,
  // Bindings name service accounts that are not there, as they do in every cluster; certificates name users by no binding.
  dangling: [
    'system:serviceaccount:kube-system:bootstrap-signer',
    'system:serviceaccount:kube-system:cloud-provider',
    'system:serviceaccount:kube-system:kube-controller-manager',
    'system:serviceaccount:kube-system:kube-dns',
    'system:serviceaccount:kube-system:kube-scheduler',
    'system:serviceaccount:kube-system:leader-election-controller',
    'system:serviceaccount:kube-system:token-cleaner',
    'system:serviceaccount:shop:inventory-api',
    'user:jenkins-legacy',
  ],
  empty: () => replay(emptyWorld()),
})

test('what can only add says so of itself, and is never complete', async () => {
  const events = await eventsOf(replay(emptyWorld()))
  const partial = events.flatMap((event) =>
    event.type === 'coverage' && Object.values(event.kinds).some(({ state }) => state === 'partial')
      ? [event.stream]
      : [],
  )
  const neverWhole = Object.entries(kubernetes.streams).filter(([, { neverWhole }]) => neverWhole)
  expect(partial).toEqual(['signing-requests', 'audit-log'])
  expect(neverWhole.map(([name]) => name)).toEqual(partial)
  const found = events.flatMap((event) => (event.type === 'observations' ? event.observations : []))
  // The issuer and the version belong to the cluster itself.
  expect(found.map(({ kind }) => kind)).toEqual(['issuer', 'entitlement'])
})

// The laws over the recorded cluster.
import { expect, test } from 'vitest'
import type { Coverage } from '@/core/upstream'
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
  skip: {
    empty:
      'Signing requests vanish within hours while their certificates stay valid, and no API shows the audit log: those two looks are never complete. The rest of the law is tested below.',
  },
})

const NEVER_WHOLE = ['signing-requests', 'audit-log']
const coverages = (events: Awaited<ReturnType<typeof eventsOf>>): [string, Coverage][] =>
  events.flatMap((event) =>
    event.type === 'coverage'
      ? Object.values(event.kinds).map((one): [string, Coverage] => [event.stream, one])
      : [],
  )

test('an empty cluster is seen completely, but for what can never be', async () => {
  const events = await eventsOf(replay(emptyWorld()))
  const partial = coverages(events).filter(([, { state }]) => state === 'partial')
  expect([...new Set(partial.map(([stream]) => stream))]).toEqual(NEVER_WHOLE)
  expect(partial.every(([, one]) => one.state === 'partial' && one.why === 'not-offered')).toBe(true)
  const found = events.flatMap((event) => (event.type === 'observations' ? event.observations : []))
  // The issuer belongs to the cluster itself.
  expect(found.map(({ kind }) => kind)).toEqual(['issuer'])
})

test('an empty cluster is told from one where every list was denied', async () => {
  for (const { permission } of emptyWorld().filter((one) => 'answer' in one)) {
    const denied = emptyWorld().map((one) =>
      one.permission === permission
        ? { permission, params: one.params, refusal: { why: 'denied' as const, detail: 'no' } }
        : one,
    )
    const events = await eventsOf(replay(denied))
    const says = [...coverages(events).map(([, one]) => one), ...scopes(events)].some(
      (one) =>
        (one.state === 'partial' && one.why === 'denied' && one.permission === permission) ||
        one.gaps.some((gap) => gap.permission === permission && gap.why === 'denied'),
    )
    expect([permission, says]).toEqual([permission, true])
  }
})
const scopes = (events: Awaited<ReturnType<typeof eventsOf>>): Coverage[] =>
  events.flatMap((event) => (event.type === 'scopes' ? [event.coverage] : []))

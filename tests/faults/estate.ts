// What a made-up source says in three looks, one after the other: things of every kind that come, change, go and come
// back, names across scopes, answers that are refused, and one stream that is cut short.
import type { Connector } from '@/core/connector'
import { absent, known, unknown, type Instant } from '@/core/fact'
import type { Observed, Of } from '@/core/observation'
import { UpstreamError, type Transport } from '@/core/upstream'
import { credential, ended, grant, identity } from '@/tests/scripted-source'
import { z } from 'zod'

export const LOOKS = [1, 2, 3] as const
const SOURCE = 'demo:List'
const ROBOTS = 40
/** More than one batch of observations. */
const USES = 1100
type At = { scope: string; look: number; now: Instant }

const robots = (look: number): number[] =>
  Array.from({ length: ROBOTS + 5 }, (_, n) => n).filter(
    (n) => look === 3 || (look === 1 ? n < ROBOTS : n >= 5),
  )

function robot({ scope, look }: At, n: number): Of<'identity'> {
  const used =
    look === 2 && n % 4 === 0 ? unknown('denied', 'demo:Use') : known('2026-06-01T00:00:00.000Z', 'demo:Use')
  return identity(`${scope}-${n}`, {
    name: n % 3 === 0 ? `robot ${n} of look ${look}` : `robot ${n}`,
    aliases: [`name:${scope}/${n}`],
    lastUsedAt: used,
    keys: [{ type: 'demo.robot', value: `${scope}/${n}` }],
  })
}

const hint = (scope: string, n: number): Of<'owner-hint'> => ({
  kind: 'owner-hint',
  nativeId: `${scope}-${n}/owner`,
  identity: `${scope}-${n}`,
  names: 'person',
  value: `person-${n % 7}@example.com`,
  via: 'tag owner',
})
const usage = (scope: string, n: number, look: number): Of<'usage'> => ({
  kind: 'usage',
  nativeId: `${scope}-use-${n}`,
  identity: `${scope}-${n % ROBOTS}`,
  at: '2026-06-01T00:00:00.000Z',
  what: n % 50 === 0 ? `read in look ${look}` : 'read',
})
const trust = (scope: string, n: number): Of<'trust'> => ({
  kind: 'trust',
  nativeId: `${scope}-trust-${n}`,
  // Named by what may be borne anew, not by the id.
  identity: n % 2 ? `name:${scope}/${n}` : `${scope}-${n}`,
  principalType: 'identity',
  principal: `south/${n}`,
  effect: 'allow',
  actions: ['become'],
  links: [
    {
      relation: 'permitted',
      means: 'becomes-this',
      to: 'demo.robot',
      match: 'exact',
      value: `south/${n}`,
      authority: 'demo:robots of south',
      reason: 'The policy names it.',
    },
  ],
})
const dated = { createdAt: known('2026-01-01T00:00:00.000Z', SOURCE), expiresAt: absent(SOURCE) }
const typed = (scope: string, what: string) => ({
  nativeId: `${scope}-${what}`,
  name: what,
  type: `demo.${what}`,
})

function people(at: At): Observed[] {
  const { scope, look, now } = at
  const uses = scope === 'north' ? Array.from({ length: USES }, (_, n) => usage(scope, n, look)) : []
  const gone = look === 2 ? [ended('identity', `${scope}-6`, now)] : []
  const seen = robots(look).filter((n) => look !== 2 || n !== 6)
  return [...seen.map((n) => robot(at, n)), ...seen.map((n) => hint(scope, n)), ...uses, ...gone]
}
const keys = ({ scope, look }: At): Observed[] => [
  ...robots(look).map((n) =>
    credential(`${scope}-key-${n}`, `${scope}-${n}`, { enabled: known(n % 5 !== look, SOURCE) }),
  ),
  {
    kind: 'secret',
    ...typed(scope, 'vaulted'),
    ...dated,
    rotatedAt: look === 2 ? unknown('throttled', SOURCE) : absent(SOURCE),
    lastReadAt: absent(SOURCE),
    rotates: known(look === 3, SOURCE),
  },
  {
    kind: 'issuer',
    ...typed(scope, 'issuer'),
    ...dated,
    aliases: [],
    audiences: known([`look ${look}`], SOURCE),
  },
]
const access = ({ scope, look }: At): Observed[] => [
  {
    kind: 'entitlement',
    ...typed(scope, 'role'),
    nativeId: 'e1',
    aliases: [],
    language: 'none',
    managedBy: 'customer',
    document: known({ look }, SOURCE),
  },
  ...robots(look).map((n) => grant(`${scope}-grant-${n}`, `${scope}-${n}`)),
  ...robots(look).map((n) => trust(scope, n)),
  {
    kind: 'workload',
    ...typed(scope, 'workload'),
    aliases: [],
    uses: [`${scope}-${look}`],
    createdAt: absent(SOURCE),
  },
]

const transport: Transport = {
  send: () => Promise.reject(new Error('a made-up source asks nothing')),
  explain: () => undefined,
}

/** The source as it is at one of the looks. */
export function estateConnector(look: number): Connector {
  const stream = (
    kinds: Connector['streams'][string]['kinds'],
    say: (at: At) => Observed[],
    cutIn?: string,
  ) => ({
    kinds,
    async *collect({ scope: { nativeId: scope }, now }: { scope: { nativeId: string }; now: Instant }) {
      const all = say({ scope, look, now })
      if (look !== 2 || scope !== cutIn) return yield* all
      yield* all.slice(0, all.length / 2)
      throw new UpstreamError('throttled', 'demo:ListKeys', 'asked to slow down')
    },
  })
  return {
    manifest: {
      id: 'demo',
      settings: z.object({}),
      permissions: [],
      streams: {},
      types: {},
    } as unknown as Connector['manifest'],
    open: () => transport,
    openFile: () => Promise.reject(new Error('no files')),
    async *scopes() {
      for (const nativeId of look === 3 ? ['north', 'south'] : ['north', 'south', 'west'])
        yield { nativeId, name: nativeId, type: 'demo.account', authorities: [`demo:robots of ${nativeId}`] }
    },
    streams: {
      people: stream(['identity', 'owner-hint', 'usage'], people),
      keys: stream(['credential', 'secret', 'issuer'], keys, 'south'),
      access: stream(['entitlement', 'grant', 'trust', 'workload'], access),
    },
  }
}

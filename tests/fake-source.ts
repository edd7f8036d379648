// A source for tests: a small made-up service with two scopes, two permissions, a file format and a brake.
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { defineConnector, defineManifest, type Connector } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import { absent, known, unknown } from '@/core/fact'
import type { Of } from '@/core/observation'
import { UpstreamError, type Transport } from '@/core/upstream'

export const Settings = z.strictObject({
  address: z.url().meta({ title: 'Address' }),
  token: z.string().min(8).meta({ title: 'Token', secret: true }),
  team: z.string().optional().meta({ title: 'Team' }),
})
type Settings = z.infer<typeof Settings>

/** What the made-up service holds, and how it behaves. */
export type FakeEstate = {
  scopes: string[]
  bots: string[]
  /** Milliseconds every call takes. */
  slowMs: number
  /** From this bot on it gives no answer at all: whoever reads it waits until it is stopped. */
  stallsAt?: number
  /** Permissions it refuses. */
  denied: string[]
  /** Called with every permission that is used. */
  onCall?: (permission: string, settings: Settings | undefined) => void
}
export const fakeEstate = (): FakeEstate => ({
  scopes: ['north'],
  bots: ['a', 'b', 'c'],
  slowMs: 0,
  denied: [],
})

const Page = z.object({ names: z.array(z.string()), next: z.string().optional() })
const PAGE_SIZE = 2
/** Longer than any test. */
const NEVER_MS = 3600_000

export function fakeTransport(estate: FakeEstate, settings?: Settings): Transport {
  return {
    async send(permission, params, signal) {
      estate.onCall?.(permission, settings)
      if (estate.slowMs) await wait(estate.slowMs, undefined, { signal })
      if (estate.denied.includes(permission)) throw new UpstreamError('denied', permission, 'not allowed')
      if (permission === 'owner:read') return { names: [`owner of ${String(params.bot)}`] }
      const all = permission === 'scope:list' ? estate.scopes : estate.bots
      const from = Number(params.from ?? 0)
      if (all === estate.bots && from >= (estate.stallsAt ?? Infinity))
        await wait(NEVER_MS, undefined, { signal })
      const next = from + PAGE_SIZE < all.length ? String(from + PAGE_SIZE) : undefined
      return { names: all.slice(from, from + PAGE_SIZE), next }
    },
    explain: () => undefined,
  }
}

const bot = (scope: string, name: string, owner: Of<'identity'>['description']): Of<'identity'> => ({
  kind: 'identity',
  nativeId: `${scope}/${name}`,
  aliases: [],
  type: 'fake.bot',
  name,
  class: 'machine',
  classReason: 'All bots are machines.',
  createdAt: absent('bot:list'),
  enabled: known(true, 'bot:list'),
  lastUsedAt: unknown('not-offered', 'bot:list'),
  description: owner,
  maxSessionSeconds: absent('bot:list'),
  tags: absent('bot:list'),
})

const manifest = defineManifest<Settings>({
  id: 'fake',
  title: 'Fake',
  summary: 'Bots of a made-up service.',
  settings: Settings,
  permissions: [
    { name: 'scope:list', gives: 'Which places there are.' },
    { name: 'bot:list', gives: 'The bots.' },
    { name: 'owner:read', gives: 'Who made a bot.', optional: true },
    { name: 'never:asked', gives: 'Nothing.', optional: true },
  ],
  streams: { bots: 'The bots.' },
  types: { 'fake.bot': 'Bot' },
  imports: [
    {
      id: 'fake-list',
      title: 'List of bots',
      command: 'fake list > bots.json',
      endings: ['.json'],
      otherIds: true,
    },
  ],
  gaps: [],
  intervalMinutes: 60,
  setup: () => [],
})

const FakeFile = z.object({ scope: z.string(), bots: z.array(z.string()) })

export const fakeConnector = (estate: FakeEstate): Connector =>
  defineConnector<Settings>({
    manifest,
    open: (settings) => fakeTransport(estate, settings),
    async openFile(_, path) {
      const parsed = FakeFile.safeParse(JSON.parse(await readFile(path, 'utf8')))
      if (!parsed.success)
        throw new RollcallError('invalid', `bots.json: ${parsed.error.issues[0]?.path.join('.')} is wrong`)
      const { scope, bots } = parsed.data
      return {
        transport: fakeTransport({ ...fakeEstate(), scopes: [scope], bots }),
        report: () => ({ understood: [{ what: 'bots', count: bots.length }], ignored: [], dropped: [] }),
      }
    },
    sample: () => fakeTransport({ ...estate, scopes: ['sample'] }),
    async *scopes(session) {
      const next = (page: z.infer<typeof Page>) => (page.next ? { from: page.next } : undefined)
      for await (const page of session.pages('scope:list', {}, Page, { next }))
        for (const name of page.names) yield { nativeId: name, name, type: 'fake.place' }
    },
    streams: {
      bots: {
        kinds: ['identity'],
        async *collect({ session, scope }) {
          const next = (page: z.infer<typeof Page>) => (page.next ? { from: page.next } : undefined)
          for await (const page of session.pages('bot:list', { scope: scope.nativeId }, Page, { next }))
            for (const name of page.names) {
              const owner = await session.ask('owner:read', { bot: name }, Page)
              yield bot(
                scope.nativeId,
                name,
                owner.state === 'known' ? known(owner.value.names.join(), 'owner:read') : owner,
              )
            }
        },
      },
    },
  }) as unknown as Connector

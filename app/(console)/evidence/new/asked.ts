// The question of a pack as the address of its page has it.
import { IdentityFilter } from '@/core/list'
import type { PackInput } from '@/governance/packs/asking/input'
import { proposed } from '@/governance/packs/asking/begin-with'
import { CONTENTS } from '@/governance/packs/makers'
import { readyPackOf, type ReadyPack } from '@/governance/packs/ready'
import { flatParams, readFilter, type RawParams } from '@/app/_list/query'
import { pageNow } from '@/app/_ui/page-clock'

/** Where in the list one is, is no part of what is meant. */
const PLACES = ['sort', 'size', 'after']
const NAMES = Object.keys(IdentityFilter.shape).filter((name) => !PLACES.includes(name))

export type AskedPack = {
  /** The ready-made pack it was begun with. */
  ready: ReadyPack | undefined
  /** The filter of the list of identities, as the address brings it along. */
  filter: Record<string, string>
  problems: string[]
  /** Empty: of no control. */
  framework: string
  /** Of the framework; none: all of them. */
  controls: string[]
  /** Empty: now. */
  at: string
  /** As we knew it then, or as it was with what became known later. */
  knowledge: 'then' | 'later'
  from: string
  title: string
  /** Ids of files; undefined: the usual ones. */
  files: string[] | undefined
  redact: boolean
  keep: string
  /** Whether it was asked for, so that there is something to preview. */
  isAsked: boolean
}

const wordsIn = (text = '') => text.split(',').filter(Boolean)

/** As an address has it: what a ready-made pack proposes, until somebody has looked at it. */
function begun(flat: Record<string, string>, ready: ReadyPack | undefined): Record<string, string> {
  if (!ready || flat.look === 'yes') return flat
  const { controls, filter, contents, from } = proposed(ready, flat.at, pageNow())
  const [framework = ''] = (controls[0] ?? '').split(':')
  return {
    framework,
    control: controls.flatMap((one) => (one.includes(':') ? one.slice(framework.length + 1) : [])).join(','),
    files: contents.join(','),
    title: ready.title,
    ...(from !== undefined && { from }),
    ...filter,
    ...flat,
  }
}

export function askedPack(raw: RawParams): AskedPack {
  const given = flatParams(raw)
  const ready = readyPackOf(given.ready ?? '')
  const flat = begun(given, ready)
  const taken = Object.fromEntries(Object.entries(flat).filter(([name]) => NAMES.includes(name)))
  const { params: filter, problems } = readFilter(IdentityFilter, taken)
  const framework = flat.framework ?? ''
  const files = wordsIn(flat.files).filter((id) => CONTENTS.some((one) => one.id === id))
  return {
    ready,
    filter,
    problems,
    framework,
    controls: wordsIn(flat.control),
    at: flat.at ?? '',
    knowledge: flat.knowledge === 'later' ? 'later' : 'then',
    from: flat.from ?? '',
    title: flat.title ?? '',
    files: files.length ? files : undefined,
    redact: flat.redact === 'people',
    keep: flat.keep ?? '',
    isAsked: flat.look === 'yes',
  }
}

export function inputOf({
  filter,
  framework,
  controls,
  at,
  knowledge,
  from,
  title,
  files,
  redact,
  keep,
}: AskedPack): PackInput {
  return {
    controls: controls.length ? controls.map((id) => `${framework}:${id}`) : framework ? [framework] : [],
    filter,
    ...(title && { title }),
    ...(at && { asOf: at, ...(knowledge === 'later' && { known: 'now' }) }),
    ...(from && { from }),
    ...(files && { contents: files }),
    ...(redact && { redact: ['people'] }),
    ...(keep && { keepDays: Number(keep) }),
  }
}

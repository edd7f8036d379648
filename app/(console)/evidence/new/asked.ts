// The question of a pack as the address of its page has it.
import { IdentityFilter } from '@/core/list'
import type { PackInput } from '@/governance/packs/asking/input'
import { CONTENTS } from '@/governance/packs/makers'
import { flatParams, readFilter, type RawParams } from '@/app/_list/query'

/** Where in the list one is, is no part of what is meant. */
const PLACES = ['sort', 'size', 'after']
const NAMES = Object.keys(IdentityFilter.shape).filter((name) => !PLACES.includes(name))

export type AskedPack = {
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

export function askedPack(raw: RawParams): AskedPack {
  const flat = flatParams(raw)
  const taken = Object.fromEntries(Object.entries(flat).filter(([name]) => NAMES.includes(name)))
  const { params: filter, problems } = readFilter(IdentityFilter, taken)
  const framework = flat.framework ?? ''
  const files = wordsIn(flat.files).filter((id) => CONTENTS.some((one) => one.id === id))
  return {
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

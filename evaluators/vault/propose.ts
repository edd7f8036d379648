// A policy that holds no more than the mounts and capabilities that a log of a server says were used. The log names no path
// below a mount, so that paths stay as they are.
import type { Held, Question } from '@/core/access'
import { Budget, TooMuch } from '../budget'
import {
  holding,
  plainName,
  textsIn,
  withheld,
  type Given,
  type Proposal,
  type Proposer,
  type Right,
} from '../proposal'
import { Access } from './can'
import { readHeld } from './rules'

const EVIDENCE = 'The audit log of the server tells what was done in which mount: it can be imported.'
/** What every token has, for itself alone (developer.hashicorp.com/vault/docs/concepts/policies, "Default policy"). */
const KEPT = 'default'

/** The capabilities that a word of the connector may have needed, and the paths it may have been about. */
export type Deed = { capabilities: readonly string[]; mount: string; exact: boolean }
const WORDS: Readonly<Record<string, readonly string[]>> = {
  read: ['read'],
  list: ['list', 'scan'],
  delete: ['delete'],
  write: ['create', 'update', 'patch'],
  call: ['create', 'read', 'update', 'patch', 'delete', 'list', 'scan', 'recover', 'subscribe'],
}
const TOKENS = ['create', 'read', 'update', 'list', 'sudo']

/** Undefined for what needs no right of its own: a sign-in, something refused or failed. */
export function deedIn(what: string): Deed | undefined {
  if (/^(denied|failed) /.test(what)) return undefined
  const [, issued] = /^credential from (.+)$/.exec(what) ?? []
  if (issued !== undefined) return { capabilities: ['create', 'read', 'update'], mount: issued, exact: true }
  if (/^token (made|renewed|revoked|looked up)/.test(what))
    return { capabilities: TOKENS, mount: 'auth/token', exact: false }
  const [, word = '', place] = /^(read|list|delete|write|call) on (.+)$/.exec(what) ?? []
  if (place === undefined) return undefined
  return { capabilities: WORDS[word] ?? [], mount: place.replace(/\/…$/, ''), exact: false }
}

type Path = { path: string; capabilities: readonly string[] }
const SIMPLE = new Set(['path', 'capabilities'])
/** Undefined where it holds what cannot be written down again: of parameters only the names are kept. */
function pathsOf({ document }: Held): Path[] | undefined {
  const paths: unknown = document?.['paths']
  if (!Array.isArray(paths)) return undefined
  const read = paths.map((raw: unknown): Path | undefined => {
    if (typeof raw !== 'object' || raw === null) return undefined
    const { path, capabilities } = raw as Record<string, unknown>
    const plain = Object.entries(raw).every(
      ([key, value]) => SIMPLE.has(key) || (Array.isArray(value) && !value.length),
    )
    if (typeof path !== 'string' || !Array.isArray(capabilities) || !plain) return undefined
    return { path: path.replace(/^\//, ''), capabilities: textsIn(capabilities) }
  })
  return read.every((one) => one !== undefined) ? read : undefined
}

/** What of a path is the same for all that it covers. */
const fixedOf = (path: string): string => path.split(/[+*{]/)[0] ?? ''
const isOpen = (path: string): boolean => fixedOf(path) !== path
/** Whether the path covers something that the deed may have been about. */
function touches(path: string, { mount, exact }: Deed): boolean {
  const fixed = fixedOf(path)
  if (exact) return isOpen(path) ? mount.startsWith(fixed) : path === mount
  const inside = `${mount}/`
  return fixed.startsWith(inside) || path === mount || (isOpen(path) && inside.startsWith(fixed))
}

const rights: Proposer['rights'] = (held, { uses }) => {
  const paths = pathsOf(held)
  if (!paths) return undefined
  const deeds = uses.flatMap((what) => deedIn(what) ?? [])
  const found: Right[] = paths.flatMap(({ path, capabilities }) =>
    capabilities.map((capability): Right => {
      const hits = deeds.filter((deed) => deed.capabilities.includes(capability) && touches(path, deed))
      const exact = hits.some((deed) => deed.exact && path === deed.mount)
      return { name: `${capability} on ${path}`, use: exact ? 'seen' : hits.length ? 'may-be' : 'not-seen' }
    }),
  )
  return { told: deeds.length > 0, rights: found }
}

function propose(given: Given): Proposal {
  const { realm, principal, uses } = given
  const deeds = [...new Set(uses)].flatMap((what) => deedIn(what) ?? [])
  if (!deeds.length) return withheld(`Nothing tells what it uses. ${EVIDENCE}`)
  const kept = principal.held.filter(({ name }) => name === KEPT)
  const others = principal.held.filter((held) => !kept.includes(held))
  const unread = others.find((held) => !pathsOf(held))
  if (unread)
    return withheld(
      `${unread.name} could not be read, or limits parameters, whose values are not kept: it cannot be written down again.`,
    )
  if (others.some(({ name }) => name === 'root'))
    return withheld('It holds root, which is no policy: give it one first.')
  const joined = joinedPaths(others)
  const narrowed = joined.flatMap((one) => narrowedTo(one, deeds, joined))
  // The most exact path decides alone: without one that was narrower than another, the wider would give more than now.
  const always = new Set(kept.flatMap((held) => (pathsOf(held) ?? []).map(({ path }) => path)))
  const closed = joined
    .filter(
      ({ path }) =>
        !always.has(path) &&
        !narrowed.some((one) => one.path === path) &&
        narrowed.some((one) => covers(one.path, path)),
    )
    .map(({ path }) => ({ path, capabilities: ['deny'] }))
  const paths = [...narrowed, ...closed].sort((a, b) => (a.path < b.path ? -1 : 1))
  const all = [...joined, ...kept.flatMap((held) => pathsOf(held) ?? [])]
  const allowed = allowedBy(principal.held)
  const open = deeds.find((deed) => !asksOf([deed], all).some(allowed))
  if (open) return withheld(`It was seen at work in ${open.mount}, and nothing that it holds now gives that.`)
  const name = plainName(principal.name, '-')
  return {
    made: true,
    files: [{ name: `${name}.hcl`, language: 'hcl', text: hclOf(paths) }],
    realm: holding(realm, principal.id, [
      ...kept,
      { id: name, name, language: 'vault', effect: 'allow', via: 'attached', document: { paths } },
    ]),
    asks: asksOf(deeds, all).filter(allowed),
    notes: [
      ...others.slice(0, 10).map((one) => `The policy ${one.name} is to be taken from it.`),
      'The log names mounts and no paths below them: paths within a mount that was used stay as they are.',
      'A log tells what was done in its time: what is done once a year may not be in it.',
    ],
  }
}

const STEPS_MAX = 2_000_000
/** What is allowed now: the most exact path decides, which need not be one that gives it. */
function allowedBy(own: readonly Held[]): (question: Question) => boolean {
  const documents = own.map(({ name, effect, via, document }) => ({
    name,
    effect,
    via,
    ...(document && { document }),
  }))
  const access = new Access(readHeld(documents), new Budget(STEPS_MAX))
  return ({ action, resource }) => {
    try {
      return access.can(resource, action).value === 'yes'
    } catch (error) {
      if (error instanceof TooMuch) return false
      throw error
    }
  }
}

/** Policies with the same path give what any of them gives, unless one denies. */
function joinedPaths(documents: readonly Held[]): Path[] {
  const byPath = new Map<string, Set<string>>()
  for (const held of documents)
    for (const { path, capabilities } of pathsOf(held) ?? []) {
      const all = byPath.get(path) ?? new Set<string>()
      byPath.set(path, all)
      for (const one of capabilities) all.add(one)
    }
  return [...byPath]
    .map(([path, all]) => ({ path, capabilities: all.has('deny') ? ['deny'] : [...all].sort() }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/**
 * The same path with what was used there. One that reaches over several mounts becomes one for each of them, unless another
 * reaches into the mount from without: which of them decides there could change.
 */
function narrowedTo({ path, capabilities }: Path, deeds: readonly Deed[], all: readonly Path[]): Path[] {
  if (capabilities.includes('deny')) return [{ path, capabilities }]
  const found = new Map<string, Set<string>>()
  for (const deed of deeds) {
    if (!touches(path, deed)) continue
    const used = capabilities.filter((one) => deed.capabilities.includes(one) || one === 'sudo')
    if (!used.some((one) => one !== 'sudo')) continue
    const narrower = deed.exact ? deed.mount : allOf(deed.mount)
    const reaching = all.some(
      (other) =>
        other.path !== path &&
        touches(other.path, deed) &&
        (other.path === narrower || !fixedOf(other.path).startsWith(`${deed.mount}/`)),
    )
    const isWide = path.endsWith('*') && !/[+{]/.test(path) && !fixedOf(path).startsWith(`${deed.mount}/`)
    const own = isWide && !reaching
    const narrow = own ? narrower : path
    const held = found.get(narrow) ?? new Set<string>()
    found.set(narrow, held)
    for (const one of used) held.add(one)
  }
  return [...found].map(([one, all]) => ({ path: one, capabilities: [...all].sort() }))
}

/** Of what belongs to the server itself the log tells the first part, which may be all of the path. */
const allOf = (mount: string): string => (mount.startsWith('sys/') ? `${mount}*` : `${mount}/*`)
const covers = (wide: string, path: string): boolean =>
  isOpen(wide) && path !== wide && path.startsWith(fixedOf(wide))

/** One request for each path that the deed may have been about, as it is allowed now. */
function asksOf(deeds: readonly Deed[], paths: readonly Path[]): Question[] {
  const asks = new Map<string, Question>()
  for (const deed of deeds)
    for (const { path, capabilities } of paths) {
      if (!touches(path, deed) || capabilities.includes('deny')) continue
      const within = fixedOf(path).startsWith(`${deed.mount}/`)
        ? path
        : isOpen(path)
          ? allOf(deed.mount)
          : path
      const resource = deed.exact
        ? deed.mount
        : within
            .replace(/\{\{.*?\}\}/g, 'x')
            .replace(/\+/g, 'x')
            .replace(/\*$/, 'x')
      for (const action of capabilities)
        if (deed.capabilities.includes(action)) asks.set(`${action} ${resource}`, { action, resource })
    }
  return [...asks.values()]
}

const hclOf = (paths: readonly Path[]): string =>
  paths
    .map(({ path, capabilities }) =>
      [
        `path ${JSON.stringify(path)} {`,
        `  capabilities = [${capabilities.map((one) => JSON.stringify(one)).join(', ')}]`,
        '}',
        '',
      ].join('\n'),
    )
    .join('')

export const vaultProposer: Proposer = { platform: 'vault', evidence: EVIDENCE, rights, propose }

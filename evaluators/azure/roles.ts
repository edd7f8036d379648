// What role definitions permit and deny assignments take away: actions less the exceptions of the same entry, and data actions
// apart from them ("Understand Azure role definitions": Actions - NotActions, DataActions - NotDataActions).
import type { Ruling } from '@/core/access'
import { REMOVED } from '@/core/secret-like'
import { conditionOf, type Condition } from './abac/evaluate'
import { isRecord } from './documents'
import { anyFits, looselyFits, patternsOf, type Patterns } from './patterns'
import { OWNER, short } from './words'

/** Whether an action is about the resource or about the data in it. */
export type Plane = 'control' | 'data'

type Entry = {
  allow: Record<Plane, Patterns>
  except: Record<Plane, Patterns>
  condition: Condition | undefined
}
/** How an action is permitted: surely or only maybe, and under which condition of the definition itself. */
export type Way = { sure: boolean; condition?: Condition; why?: string }

function entryOf(value: unknown): Entry | undefined {
  if (!isRecord(value)) return undefined
  const { condition } = value
  const version = typeof value['conditionVersion'] === 'string' ? value['conditionVersion'] : ''
  const isPlain = typeof condition === 'string' && !condition.includes(REMOVED)
  return {
    allow: { control: patternsOf(value['actions']), data: patternsOf(value['dataActions']) },
    except: { control: patternsOf(value['notActions']), data: patternsOf(value['notDataActions']) },
    condition:
      condition === undefined || condition === null
        ? undefined
        : conditionOf(isPlain ? condition : '', isPlain ? version : ''),
  }
}

/** A list of permissions, of a role or of a denial. */
export class Permissions {
  private readonly ways = new Map<string, readonly Way[]>()
  private constructor(
    private readonly entries: readonly Entry[],
    /** Something in it could not be read: it may permit anything. */
    readonly unreadable: boolean,
  ) {}

  static of(value: unknown): Permissions {
    if (!Array.isArray(value)) return new Permissions([], true)
    const entries = (value as unknown[]).map(entryOf)
    const read = entries.filter((one) => one !== undefined)
    return new Permissions(read, read.length !== entries.length)
  }

  /** Every way in which it permits an action; none: it does not. */
  permits(plane: Plane, action: string): readonly Way[] {
    const key = `${plane} ${action}`
    const found = this.ways.get(key)
    if (found) return found
    const ways = this.entries.flatMap((entry) => wayOf(entry, plane, action))
    if (this.unreadable) ways.push({ sure: false, why: 'A part of it could not be read.' })
    this.ways.set(key, ways)
    return ways
  }

  /** Everything there is on the control plane, without exception. */
  get everything(): boolean {
    return this.entries.some(
      ({ allow, except, condition }) =>
        !condition &&
        allow.control.texts.includes('*') &&
        except.control.texts.length === 0 &&
        !except.control.unreadable,
    )
  }

  /** Patterns that are no wildcard on their own, of what is given and what is excepted. */
  literal(plane: Plane): string[] {
    return this.entries.flatMap(({ allow, except }) =>
      [...allow[plane].texts, ...except[plane].texts].filter((one) => !one.includes('*')),
    )
  }

  /** The strongest verb that its patterns could stand for, as far as they were read. */
  patterns(plane: Plane): string[] {
    return this.entries.flatMap(({ allow }) => [...allow[plane].texts])
  }
}

function wayOf({ allow, except, condition }: Entry, plane: Plane, action: string): Way[] {
  const loose = looselyFits(allow[plane], action)
  const given = anyFits(allow[plane], action) || loose === 'yes'
  if (!given && loose === 'no' && !allow[plane].unreadable) return []
  if (anyFits(except[plane], action)) return []
  const isLoose = (!given && loose === 'depends') || looselyFits(except[plane], action) !== 'no'
  const sure = given && !except[plane].unreadable && !isLoose
  const why = isLoose
    ? 'Whether a star between slashes stands for nothing as well is not documented.'
    : 'Not all that it permits could be read.'
  return [{ sure, ...(condition && { condition }), ...(!sure && { why }) }]
}

export type Role = {
  id: string
  name: string
  permissions: Permissions
  /** Where it can be assigned; those of Microsoft everywhere. Undefined where that is not told. */
  assignable: readonly string[] | undefined
}

export function roleOf({ id, name, document }: Ruling): Role | undefined {
  if (document?.['kind'] !== 'definition') return undefined
  const scopes = document['assignableScopes']
  const assignable =
    Array.isArray(scopes) && scopes.every((one) => typeof one === 'string')
      ? scopes.map((one) => one.toLowerCase())
      : undefined
  return { id, name: short(name), permissions: Permissions.of(document['permissions']), assignable }
}

const fixed = (id: string, name: string, actions: string[]): Role => ({
  id,
  name,
  permissions: Permissions.of([{ actions }]),
  assignable: ['/'],
})
/**
 * Roles of Microsoft that permit the same in every tenant and have not changed ("Azure built-in roles"): they are known even
 * where the list of roles could not be read.
 */
export const FIXED: readonly Role[] = [
  fixed(OWNER, 'Owner', ['*']),
  fixed('acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader', ['*/read']),
  fixed('18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', 'User Access Administrator', [
    '*/read',
    'Microsoft.Authorization/*',
    'Microsoft.Support/*',
  ]),
]

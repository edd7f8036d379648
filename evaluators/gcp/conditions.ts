// Conditions of bindings and of deny policies: what they ask of the resource and the request, as far as that is known.
// Source: cloud.google.com/iam/docs/conditions-attribute-reference.
import type { Question } from '@/core/access'
import { agree, depends, no, yes, type Answer } from '../three-valued'
import { compiled, evaluate, type Expression } from './cel'
import { instant } from './cel-functions'
import { Given, known, unknown, type Value } from './cel-values'
import type { Attributes } from './resources'
import { short } from './words'

export type Condition = Expression & { title: string; asksResource: boolean; asksGrants: boolean }

/** Undefined: there is none. One that is there in a form that is not known cannot be read. */
export function conditionIn(value: unknown): Condition | undefined {
  if (value === undefined || value === null) return undefined
  const { expression, title } = value as Record<string, unknown>
  const text = typeof expression === 'string' ? expression : ''
  return {
    ...compiled(text),
    title: typeof title === 'string' ? title : '',
    asksResource: text.includes('resource'),
    asksGrants: text.includes('modifiedGrantsByRole'),
  }
}

/** What a condition may be asked with. */
export type Asked = {
  /** Undefined where the service tells conditions nothing of it, or it is not fixed which resource it is. */
  resource?: Attributes | undefined
  /** Names of its project, where it goes by its number or by both. */
  project?: { id: string | undefined; number: string | undefined } | undefined
  context?: Question['context']
  /** Roles that are granted or taken away by the request. */
  grants?: readonly string[]
}

const FRESH = '900000000000001'
/** Every name that the resource may bear in the request: where it goes by a number that is not known, any that is asked about. */
function namesOf({ resource, project }: Asked, text: string): string[] {
  if (!resource) return []
  const [, given, rest] = /^projects\/([^/]+)(\/.*)?$/s.exec(resource.path) ?? []
  if (given === undefined || given === '_') return [resource.path]
  const numbers =
    project?.number === undefined ? [...new Set([...(text.match(/\d{4,}/g) ?? []), FRESH])] : [project.number]
  const ids = [project?.id ?? given]
  const chosen = resource.names === 'id' ? ids : resource.names === 'number' ? numbers : [...ids, ...numbers]
  return chosen.slice(0, 20).map((one) => `projects/${one}${rest ?? ''}`)
}

const valueOf = (given: string | readonly string[]): Value | undefined => {
  if (typeof given === 'string') return known(given)
  return given.length ? known(given.map((one) => known(one))) : undefined
}

/** `request.auth.claims.sub` and the like, from the keys of the question. */
function fromContext(prefix: string, context: Question['context']): Given {
  const entries = new Map<string, Value | undefined>()
  for (const [key, given] of Object.entries(context ?? {})) {
    if (!key.startsWith(`${prefix}.`)) continue
    const rest = key.slice(prefix.length + 1)
    const dot = rest.indexOf('.')
    if (dot >= 0)
      entries.set(rest.slice(0, dot), known(fromContext(`${prefix}.${rest.slice(0, dot)}`, context)))
    else
      entries.set(rest, key === 'request.time' && typeof given === 'string' ? instant(given) : valueOf(given))
  }
  return new Given(prefix, entries)
}

function resourceScope({ resource, context }: Asked, name: string | undefined): Given {
  const entries = new Map<string, Value | undefined>()
  if (resource) {
    entries.set('service', known(resource.service))
    if (resource.type !== undefined) entries.set('type', known(resource.type))
    if (name !== undefined) entries.set('name', known(name))
  }
  for (const key of ['name', 'type', 'service']) {
    const given = context?.[`resource.${key}`]
    if (given !== undefined) entries.set(key, valueOf(given))
  }
  return new Given('resource', entries)
}

const TAGS = new Set(['matchTag', 'matchTagId', 'hasTagKey', 'hasTagKeyId'])
function ownMethod(root: string, name: string, args: readonly Value[], asked: Asked): Value | undefined {
  if (root === 'resource' && TAGS.has(name)) return unknown('tags of resources are not collected')
  if (root !== 'api') return undefined
  const [key] = args
  const asks = key?.is === 'known' && key.value === 'iam.googleapis.com/modifiedGrantsByRole'
  if (asks && asked.grants) return known(asked.grants.map((role) => known(role)))
  return asks
    ? unknown('it may only grant or take away certain roles')
    : unknown('an attribute of the request is not known')
}

function valueAt(condition: Condition, asked: Asked, name: string | undefined): Value {
  const request = known(fromContext('request', asked.context))
  const destination = known(fromContext('destination', asked.context))
  const resource = known(resourceScope(asked, name))
  return evaluate(condition, {
    root: (root) =>
      root === 'resource'
        ? resource
        : root === 'request'
          ? request
          : root === 'destination'
            ? destination
            : unknown(`${short(root, 60)} is not known`),
    own: (root, method, args) => ownMethod(root, method, args, asked),
  })
}

/** Whether a condition holds. `error`: what it is where it fails for certain. */
export function holds(condition: Condition, asked: Asked, error: 'depends' | 'yes' = 'depends'): Answer {
  const names = condition.asksResource ? namesOf(asked, condition.text) : []
  const candidates: (string | undefined)[] = names.length ? names : [undefined]
  const answers = candidates.map((name) => answerOf(valueAt(condition, asked, name), condition, error))
  return answers.length === 1 && answers[0]
    ? answers[0]
    : agree(
        answers,
        `${inWords(condition)} asks for the name of the resource, which is not known for certain here.`,
      )
}

function answerOf(value: Value, condition: Condition, error: 'depends' | 'yes'): Answer {
  if (value.is === 'known' && value.value === true) return yes()
  if (value.is === 'known' && value.value === false) return no(`${inWords(condition)} does not hold.`)
  if (value.is === 'error' && error === 'yes')
    return yes(`${inWords(condition)} cannot be evaluated, and so counts.`)
  const why = value.is === 'known' ? ['it is neither true nor false'] : value.why
  return depends(`${inWords(condition)} decides: ${inTime(why.join('; '))}.`)
}
const inWords = ({ title, text }: Condition): string =>
  title ? `The condition "${short(title, 80)}" (${short(text)})` : `The condition ${short(text)}`

/** `request.time < timestamp("2026-12-01T00:00:00Z")` says until when. */
const inTime = (why: string): string =>
  why
    .replace(/it holds while request\.time\s*<=?\s*timestamp\(["']([^"']+)["']\)/g, 'it holds until $1')
    .replace(/it holds while request\.time\s*>=?\s*timestamp\(["']([^"']+)["']\)/g, 'it holds from $1 on')

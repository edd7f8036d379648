// Keys of a request that whoever asks chooses, and the requests that conditions on them tell apart.
import type { Question } from '@/core/access'
import { actionNamed } from './catalogue'
import type { Condition } from './conditions'
import { plainOf } from './condition-operators'
import type { Context } from './context-keys'
import { isRegional, REGION, regionsBy, turnedOn } from './regions'
import { filled } from './variables'

type Values = string | readonly string[]
/** One request that can be made. */
export type Choice = {
  given: NonNullable<Question['context']>
  /** It brings tags, which takes leave to tag as well. */
  tags: boolean
  /** What has to hold for it and was not seen. */
  open: readonly string[]
}
/** `whole`: there is no other request that conditions tell from these. */
export type Choices = { all: readonly Choice[]; whole: boolean }

/** More requests than this are not tried. */
const TRIES_MAX = 128
const FRESH = 'zq7'
const TAG = 'aws:requesttag/'
const TAG_KEYS = 'aws:tagkeys'
const SESSION = 'sts:rolesessionname'

/** Source: IAM user guide, "AWS global condition context keys" and "IAM and AWS STS condition context keys". */
const CHOSEN = new Set([REGION, 'aws:securetransport', 'aws:useragent', 'aws:referer', TAG_KEYS, SESSION])
export const isChosen = ({ key }: Condition): boolean => CHOSEN.has(key) || key.startsWith(TAG)

export type Request = {
  action: string
  partition: string
  /** Regions in which the account has something. */
  seen: ReadonlySet<string>
  context: Context
}

/** @param conditions of every statement that is about the action, whatever keys they are about */
export function choicesOf(conditions: readonly Condition[], request: Request): Choices {
  const { action, context } = request
  const open = conditions.filter((one) => isChosen(one) && context(one.key) === undefined)
  const takesTags = actionNamed(action)?.tags === true
  const options = [
    ...regional(open, request),
    ...single(open, context, action),
    ...(takesTags ? tagged(open, context) : []),
  ]
  let all: Option[][] = [[]]
  let whole = true
  for (const option of options) {
    const next = option.flatMap((one) => all.map((before) => [...before, one]))
    whole &&= next.length <= TRIES_MAX
    all = next.slice(0, TRIES_MAX)
  }
  const isTagging = takesTags && open.some(({ key }) => key === TAG_KEYS || key.startsWith(TAG))
  return { all: all.map((of) => choiceOf(of, isTagging)), whole }
}

/** One value of one key; of a tag, its name. */
type Option = { key: string; values: Values; tag?: string; open?: string }

function choiceOf(options: readonly Option[], isTagging: boolean): Choice {
  const given: Record<string, Values> = {}
  for (const { key, values } of options) given[key] = values
  const names = options.flatMap(({ tag, values }) => (tag !== undefined && values.length ? [tag] : []))
  if (isTagging) given[TAG_KEYS] = names
  return { given, tags: names.length > 0, open: options.flatMap(({ open }) => open ?? []) }
}

/** PassRole is asked about while a service is told of the role: which region that counts for is not documented. */
function regional(open: readonly Condition[], { action, partition, seen, context }: Request): Option[][] {
  const lines = open.filter(isRegional)
  if (!lines.length || action.toLowerCase() === 'iam:passrole') return []
  const regions = regionsBy(lines, partition, seen, context)
  if (!regions.length) return []
  return [
    regions.map(({ sample, on }) => ({
      key: REGION,
      values: sample,
      ...(!on && { open: turnedOn(sample) }),
    })),
  ]
}

function single(open: readonly Condition[], context: Context, action: string): Option[][] {
  const keys = new Set(open.map(({ key }) => key))
  return [...keys].flatMap((key): Option[][] => {
    if (key === 'aws:securetransport') return [['true', 'false'].map((values) => ({ key, values }))]
    if (key === SESSION && !/^sts:assumerole/i.test(action)) return []
    if (key !== SESSION && key !== 'aws:useragent' && key !== 'aws:referer') return []
    const values = [...literalsOf(open, key, context), FRESH]
    const fit = key === SESSION ? values.filter((one) => /^[\w+=,.@-]{2,64}$/.test(one)) : values
    return [fit.map((one) => ({ key, values: one }))]
  })
}

function tagged(open: readonly Condition[], context: Context): Option[][] {
  const names = new Map<string, string>()
  for (const { key } of open) if (key.startsWith(TAG)) names.set(key.slice(TAG.length), key.slice(TAG.length))
  const listed = literalsOf(open, TAG_KEYS, context)
  // A tag that nothing names keeps a condition on all of them from holding.
  for (const name of open.some(({ key }) => key === TAG_KEYS) ? [...listed, FRESH] : [])
    names.set(name.toLowerCase(), name)
  return [...names].map(([key, tag]) => {
    const values = [...literalsOf(open, TAG + key, context), FRESH]
    const absent: Option = { key: TAG + key, values: [], tag }
    return [absent, ...values.map((one): Option => ({ key: TAG + key, values: [one], tag }))]
  })
}

/** Texts that fit what is written of a key; one that rests on what is not known fits nothing for certain. */
function literalsOf(open: readonly Condition[], key: string, context: Context): string[] {
  const values = open.filter((one) => one.key === key).flatMap((one) => one.values)
  const texts = values.flatMap((template) => {
    const value = filled(template, context, true)
    return value?.exact ? [plainOf(value.pattern.replaceAll('*', FRESH).replaceAll('?', 'q'))] : []
  })
  return [...new Set(texts)].filter((text) => text !== FRESH)
}

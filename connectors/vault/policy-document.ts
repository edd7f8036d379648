// A policy as a document: each path with what may be done there. Of parameters only the names are kept, since their values
// may be anything.
import { known, unknown, type Fact } from '@/core/fact'
import { isBlock, readPolicyText, type Block, type Entry, type Value } from './policy-text'
import { withoutSecretForm } from '@/core/secret-like'

export type PathRule = {
  path: string
  capabilities: string[]
  allowed_parameters?: string[]
  denied_parameters?: string[]
  required_parameters?: string[]
  min_wrapping_ttl?: string
  max_wrapping_ttl?: string
  /** Names of further settings that narrow the rule and are not read here. */
  further?: string[]
}
export type PolicyDocument = { paths: PathRule[] }

/** The one word of old policies, as the capabilities it stood for. */
const OLD_WORDS: Readonly<Record<string, readonly string[]>> = {
  deny: ['deny'],
  read: ['read', 'list'],
  write: ['create', 'read', 'update', 'delete', 'list'],
  sudo: ['create', 'read', 'update', 'delete', 'list', 'sudo'],
}
/** Neither grants nor narrows anything. */
const SAYS_NOTHING = new Set(['comment', 'description'])

const textsOf = (value: Value): string[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')
    ? (value as string[]).map(withoutSecretForm)
    : undefined
const namesOf = (value: Value): string[] | undefined =>
  isBlock(value) ? value.entries.map(({ key }) => withoutSecretForm(key)) : undefined
const spanOf = (value: Value): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? withoutSecretForm(String(value)) : undefined

type Read = { rule: PathRule } | undefined

function withEntry(rule: PathRule, { key, value }: Entry): Read {
  const put = (part: Partial<PathRule>): Read => ({ rule: { ...rule, ...part } })
  if (key === 'capabilities') {
    const capabilities = textsOf(value)
    return capabilities && put({ capabilities: [...rule.capabilities, ...capabilities] })
  }
  if (key === 'policy') {
    const capabilities = typeof value === 'string' ? OLD_WORDS[value] : undefined
    return capabilities && put({ capabilities: [...rule.capabilities, ...capabilities] })
  }
  if (key === 'allowed_parameters' || key === 'denied_parameters') {
    const names = namesOf(value)
    return names && put({ [key]: names })
  }
  if (key === 'required_parameters') {
    const names = textsOf(value)
    return names && put({ [key]: names })
  }
  if (key === 'min_wrapping_ttl' || key === 'max_wrapping_ttl') {
    const span = spanOf(value)
    return span === undefined ? undefined : put({ [key]: span })
  }
  return SAYS_NOTHING.has(key)
    ? { rule }
    : put({ further: [...(rule.further ?? []), withoutSecretForm(key)] })
}

/** One rule, or undefined where it holds something that is not understood: then the whole policy is not. */
function ruleOf(path: string, block: Block): PathRule | undefined {
  let rule: PathRule = { path: withoutSecretForm(path), capabilities: [] }
  for (const entry of block.entries) {
    const read = withEntry(rule, entry)
    if (!read) return undefined
    rule = read.rule
  }
  return { ...rule, capabilities: [...new Set(rule.capabilities)] }
}

/** `path "x" { … }`, or in JSON `"path": { "x": { … } }`, or a list of such. */
function rulesOf(entry: Entry): (PathRule | undefined)[] {
  if (entry.label !== undefined) return [isBlock(entry.value) ? ruleOf(entry.label, entry.value) : undefined]
  const blocks: readonly Value[] = Array.isArray(entry.value) ? (entry.value as Value[]) : [entry.value]
  return blocks.flatMap((block) =>
    isBlock(block)
      ? block.entries.map(({ key, value }) => (isBlock(value) ? ruleOf(key, value) : undefined))
      : [undefined],
  )
}

/** A policy that cannot be read must not look like one that allows nothing. */
export function readPolicy(text: string, source: string, name: string): Fact<PolicyDocument> {
  const entries = readPolicyText(text)
  const malformed = unknown('malformed', source, `the policy ${name} is in a form that is not known`)
  if (!entries || entries.some(({ key }) => key !== 'path' && key !== 'name')) return malformed
  const rules = entries.filter(({ key }) => key === 'path').flatMap(rulesOf)
  return rules.every((rule) => rule !== undefined) ? known({ paths: rules }, source) : malformed
}

/** What the root policy allows is not written down anywhere. */
export const ROOT_DOCUMENT: PolicyDocument = { paths: [{ path: '*', capabilities: ['root'] }] }

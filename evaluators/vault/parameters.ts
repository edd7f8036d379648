// What rules ask of the parameters of a request. Only their names are kept, never the values they may have.
import { depends, no, yes, type Answer } from '../three-valued'
import type { Rule } from './rules'

/** Requests whose parameters the server looks at (`AllowOperation` in `vault/acl.go`). */
const WITH_PARAMETERS = new Set(['read', 'update', 'create', 'patch', 'recover'])

const namesIn = (rules: readonly Rule[], of: (rule: Rule) => readonly string[]): string[] =>
  [...new Set(rules.flatMap(of).map((name) => name.toLowerCase()))].sort()

/**
 * What rules of the deciding pattern leave open together.
 * @param asked names of the parameters that the request bears
 */
export function limited(
  rules: readonly Rule[],
  capability: string,
  asked: readonly string[] | 'unknown',
): Answer {
  const open: string[] = []
  const further = namesIn(rules, (rule) => rule.further)
  if (further.length) open.push(`narrowed by settings that are not read here: ${further.join(', ')}`)
  if (rules.some((rule) => rule.wrapping.min) && rules.some((rule) => rule.wrapping.max))
    open.push('if its answer may be wrapped for as long as asked')
  if (WITH_PARAMETERS.has(capability)) {
    const { value, because } = asked === 'unknown' ? unknownOnes(rules) : known(rules, asked)
    if (value === 'no') return no(...because)
    if (value === 'depends') open.push(...because)
  }
  return open.length ? depends(...open) : yes()
}

function unknownOnes(rules: readonly Rule[]): Answer {
  const [allowed, denied, required] = limits(rules)
  const open: string[] = []
  if (allowed.length && allowed.join() !== '*') open.push(`with the parameters ${allowed.join(', ')} only`)
  if (denied.length) open.push(`without the parameters ${denied.join(', ')}`)
  if (required.length) open.push(`with the parameters ${required.join(', ')} given`)
  return open.length ? depends(...open) : yes()
}

const limits = (rules: readonly Rule[]): [string[], string[], string[]] => [
  namesIn(rules, (rule) => rule.allowed),
  namesIn(rules, (rule) => rule.denied),
  namesIn(rules, (rule) => rule.required),
]

function known(rules: readonly Rule[], asked: readonly string[]): Answer {
  const [allowed, denied, required] = limits(rules)
  const given = new Set(asked.map((name) => name.toLowerCase()))
  const lacking = required.filter((name) => !given.has(name))
  if (lacking.length) return no(`it asks for the parameters ${lacking.join(', ')}`)
  if (!given.size) return yes()
  if (denied.includes('*')) return no('it denies all parameters')
  const open: string[] = []
  const barred = denied.filter((name) => given.has(name))
  if (barred.length)
    open.push(`for values of ${barred.join(', ')} that it does not deny: which those are is not kept`)
  if (allowed.length && allowed.join() !== '*') {
    const beyond = [...given].filter((name) => !allowed.includes(name))
    if (beyond.length && !allowed.includes('*'))
      return no(`it does not allow the parameters ${beyond.join(', ')}`)
    const within = [...given].filter((name) => allowed.includes(name))
    if (within.length)
      open.push(`for values of ${within.join(', ')} that it allows: which those are is not kept`)
  }
  return open.length ? depends(...open) : yes()
}

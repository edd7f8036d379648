// Topics belong to rules: a filter that names topics is one that names their rules.
import type { FindingFilter } from '@/core/list'
import { rules } from '@/rules'

/** A word that no rule has: what names no rule matches nothing. */
const NO_RULE = '-'

export function rulesOfTopics<F extends Pick<FindingFilter, 'rule' | 'topic'>>(filter: F): F {
  const { topic: topics, ...rest } = filter
  if (!topics || topics.includes('any')) return rest as F
  const of = rules.filter(({ meta }) => topics.includes(meta.topic)).map(({ meta }) => meta.id)
  const asked = filter.rule && !filter.rule.includes('any') ? filter.rule : undefined
  const both = asked ? of.filter((id) => asked.includes(id)) : of
  return { ...rest, rule: both.length ? both : [NO_RULE] } as F
}

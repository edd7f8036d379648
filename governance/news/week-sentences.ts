// What changed in a week in sentences, the worst first. Generated facts: where nothing changed there is none.
import { SEVERITIES } from '@/core/rule'
import type { Became, RuleNews } from '@/inventory/queries/home-news'
import type { BoundedCount, HomeSummary } from '@/inventory/queries/types'
import { blindSentences, policySentences, seeingSentences, sourceSentences } from './change-sentences'
import { ruleTitleOf } from './rule-titles'
import { counted, names, number, type Sentence } from './sentence'

type Week = HomeSummary['week']
const RULES_TOLD = 5
const CLOSED_TOLD = 3
const OURS = 'class=machine,unclear'

function became({ count, named }: Became, one: string, many: string, href: string): Sentence[] {
  if (!count) return []
  return [{ text: `${counted(count, one, many)}: ${names(named, count)}.`, href }]
}

const powers = ({ administrators, escalating }: Week): Sentence[] => [
  ...became(
    administrators,
    'identity is an administrator now and was not known to be',
    'identities are administrators now and were not known to be',
    `/identities?privilege=administrator&${OURS}`,
  ),
  ...became(
    escalating,
    'identity can come to be an administrator now and was not known to',
    'identities can come to be administrators now and were not known to',
    `/identities?privilege=escalates&${OURS}`,
  ),
]

const total = (news: readonly RuleNews[]) => news.reduce((sum, { count }) => sum + count, 0)

/** Each rule by itself, as far as there is room; the rest together. */
function opened({ opened: news }: Week): Sentence[] {
  const told = news.slice(0, RULES_TOLD).map(({ ruleId, count, severity }) => ({
    text: `${ruleTitleOf(ruleId)}: ${counted(count, 'finding')} opened, ${SEVERITIES[severity] ?? 'info'}${count > 1 ? ' at worst' : ''}.`,
    href: `/findings?rule=${ruleId}&verdict=fail&sort=-opened`,
  }))
  const rest = total(news.slice(RULES_TOLD))
  if (!rest) return told
  return [
    ...told,
    {
      text: `${counted(rest, 'more finding')} of other rules opened.`,
      href: '/findings?verdict=fail&sort=-opened',
    },
  ]
}

function closed({ closed: news }: Week): Sentence[] {
  if (!news.length) return []
  const most = [...news].sort((a, b) => b.count - a.count).slice(0, CLOSED_TOLD)
  const of = most.map(({ ruleId, count }) => `${ruleTitleOf(ruleId)} (${number(count)})`)
  return [
    {
      text: `${counted(total(news), 'finding was', 'findings were')} closed${news.length > most.length ? ', most of them' : ''}: ${of.join(', ')}.`,
      href: '/findings?state=resolved&sort=-opened',
    },
  ]
}

function bounded({ count, more }: BoundedCount, one: string, many: string, href?: string): Sentence[] {
  if (!count) return []
  const text = `${more ? 'More than ' : ''}${counted(count, one, many)}.`
  return [{ text, ...(href && { href }) }]
}

/** The worst first: who has more power, what fails, who answers for nothing any more, what is not seen, what else moved. */
export function weekSentences(week: Week): Sentence[] {
  const { changes, newIdentities, retiredIdentities, changedIdentities, newCredentials } = week
  const gone = '/identities?state=retired'
  const isNew = '/identities?sort=-created'
  return [
    ...powers(week),
    ...opened(week),
    ...became(
      week.ownerless,
      'identity has no owner any more',
      'identities have no owner any more',
      `/identities?owner=none&${OURS}`,
    ),
    ...blindSentences(changes),
    ...policySentences(changes),
    ...sourceSentences(changes),
    ...bounded(newIdentities, 'identity is new', 'identities are new', isNew),
    ...bounded(newCredentials, 'credential is new', 'credentials are new', '/credentials'),
    ...bounded(changedIdentities, 'identity changed', 'identities changed', '/diff'),
    ...bounded(retiredIdentities, 'identity is gone', 'identities are gone', gone),
    ...seeingSentences(changes),
    ...closed(week),
  ]
}

/** Said where nothing changed: it is as good as what was looked at. */
export function nothingChanged({ total, lookedAt }: HomeSummary['sources']): string {
  if (!total) return 'Nothing changed that was seen.'
  return `Nothing changed that was seen; ${number(Math.min(lookedAt, total))} of ${counted(total, 'source')} ${total === 1 ? 'was' : 'were'} looked at.`
}

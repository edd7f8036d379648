// What moved since an instant, in sentences that pages about a score and about a week share.
import { ruleTitleOf } from './rule-titles'
import { counted, names, number, type Sentence } from './sentence'
import type { ChangesSince } from '@/inventory/queries/changes-since'

const moved = (n: number, what: string): string =>
  `${number(Math.abs(n))} ${n > 0 ? 'more' : 'fewer'} ${what}`

/** @param most how many rules are told of */
export function ruleSentences({ rules }: Pick<ChangesSince, 'rules'>, most: number): Sentence[] {
  return rules.slice(0, most).map(({ ruleId, fail, unknown }) => {
    const said = [
      ...(fail ? [moved(fail, `${Math.abs(fail) === 1 ? 'fails' : 'fail'}`)] : []),
      ...(unknown ? [moved(unknown, 'cannot be told')] : []),
    ]
    const verdict = fail ? 'fail' : 'unknown'
    return {
      text: `${ruleTitleOf(ruleId)}: ${said.join(', ')}.`,
      href: `/findings?rule=${ruleId}&verdict=${verdict}`,
    }
  })
}

export const blindSentences = ({ blind }: Pick<ChangesSince, 'blind'>): Sentence[] =>
  blind.length
    ? [
        {
          text: `${counted(blind.length, 'scope')} can no longer be seen whole: ${names(blind)}.`,
          href: '/sources',
        },
      ]
    : []

export const seeingSentences = ({ seeing }: Pick<ChangesSince, 'seeing'>): Sentence[] =>
  seeing.length
    ? [
        {
          text: `${counted(seeing.length, 'scope')} can be seen better than before: ${names(seeing)}.`,
          href: '/sources',
        },
      ]
    : []

export function sourceSentences({ added, removed }: Pick<ChangesSince, 'added' | 'removed'>): Sentence[] {
  const gone = removed.map((name) => ({ id: name, name }))
  return [
    ...(added.length
      ? [
          {
            text: `${counted(added.length, 'scope')} ${added.length === 1 ? 'was' : 'were'} read for the first time: ${names(added)}.`,
            href: '/sources',
          },
        ]
      : []),
    ...(gone.length
      ? [
          {
            text: `${counted(gone.length, 'scope')} went with ${gone.length === 1 ? 'its' : 'their'} source: ${names(gone)}.`,
            href: '/activity',
          },
        ]
      : []),
  ]
}

/** The note is what whoever saved it wrote. */
export const policySentences = ({ policies }: Pick<ChangesSince, 'policies'>): Sentence[] =>
  policies.map(({ version, note, author }) => ({
    text: `Version ${version} of the policy was saved by ${author}${note ? `: ${note.replace(/[.\s]+$/, '')}` : ''}.`,
    href: '/settings/policy',
  }))

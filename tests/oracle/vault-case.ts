// A question about a principal, with the answer that was worked out by hand.
import type { Question, Realm } from '@/core/access'

export type CanCase = {
  why: string
  realm: Realm
  who: string
  ask: Question
  answer: 'yes' | 'no' | 'depends'
  says?: RegExp
}
export const of = (
  why: string,
  realm: Realm,
  who: string,
  ask: string,
  answer: CanCase['answer'],
  says?: RegExp,
): CanCase => {
  const [action = '', resource = ''] = ask.split(' ')
  return { why, realm, who, ask: { action, resource }, answer, ...(says && { says }) }
}

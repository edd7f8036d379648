// What a mail server said, in words: by its codes alone, for its text can hold anything.
import type { Outcome } from '@/core/sender'
import { troubleWords } from '../door/trouble'

type SmtpError = { code?: unknown; command?: unknown; responseCode?: unknown; response?: unknown }

/** By the middle digit of a status such as 5.1.1 (RFC 3463). */
const SUBJECTS: Record<string, string> = {
  '1': 'the address is not known there, or not taken',
  '2': 'the mailbox cannot take it',
  '3': 'the server cannot take it',
  '4': 'it cannot be passed on from there',
  '7': 'its policy does not allow it',
}

function codesOf({
  responseCode,
  response,
}: SmtpError): { code: number; told: string; words: string } | undefined {
  if (typeof responseCode !== 'number') return undefined
  const status = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(
    typeof response === 'string' ? response : '',
  )?.[1]
  const told = status === undefined ? String(responseCode) : `${responseCode} ${status}`
  const words = SUBJECTS[status?.split('.')[1] ?? ''] ?? 'it gives no further reason'
  return { code: responseCode, told, words }
}

export function smtpTrouble(error: unknown, server: string): Outcome {
  const given = (typeof error === 'object' && error !== null ? error : {}) as SmtpError
  const codes = codesOf(given)
  const told = codes ? ` (${codes.told})` : ''
  const failed = (words: string): Outcome => ({ state: 'failed', words })
  if (given.code === 'EAUTH' || given.code === 'ENOAUTH')
    return failed(`${server} does not take the user name and password of this channel${told}.`)
  if (given.code === 'ETLS' && codes)
    return failed(`${server} does not offer STARTTLS${told}. Choose the encryption that it has.`)
  if (!codes) return failed(troubleWords(error, server))
  const said = `${server} answered ${codes.told}: ${codes.words}.`
  // What it says about this person or this message is final; about the sender, a person has to mend the settings.
  const isFinal = codes.code >= 500 && given.command !== 'MAIL FROM' && given.command !== 'CONN'
  return isFinal ? { state: 'refused', words: said } : failed(said)
}

'use client'
// The course of a check: what is wrong with what was asked, how far it is, and what came of it.
import { useRef, useState } from 'react'
import { keysIn } from '@/evidence/verify/expected-key'
import type { CheckedCountersignature } from '@/evidence/verify/verify-countersignature'
import type { Checked } from '@/evidence/verify/verify-pack'
import { announce } from '@/app/_ui/announce'
import { checkPack } from './check-pack'
import { countersignedHeadline, headline } from './outcome-words'

/** Everything that was chosen and typed. */
export type Given = { files: readonly File[]; key: string; countersignature?: File; countersigner: string }
type Refused = { field: 'pack' | 'key' | 'countersigner'; words: string }
type State =
  | { is: 'asking'; wrong?: Refused; failed?: string }
  | { is: 'reading'; name: string; read: number; of: number }
  | { is: 'done'; name: string; checked: Checked; countersigned?: CheckedCountersignature }

type Question = {
  file: File
  keys?: readonly string[]
  countersignature?: { file: File; keys?: readonly string[] }
}
const NO_KEY = 'This is no Ed25519 public key, in hex or as PEM.'
/** Undefined where nothing was typed. */
const typedKeys = (text: string): readonly string[] | 'wrong' | undefined =>
  text.trim() ? (keysIn(text) ?? 'wrong') : undefined

/** What can be checked, or what is wrong with it. */
function asked({ files, key, countersignature, countersigner }: Given): Question | Refused {
  const [file, ...others] = files
  if (!file) return { field: 'pack', words: 'Choose a pack first.' }
  if (others.length) return { field: 'pack', words: 'Check one pack at a time.' }
  const keys = typedKeys(key)
  const theirs = typedKeys(countersigner)
  if (keys === 'wrong') return { field: 'key', words: NO_KEY }
  if (theirs === 'wrong') return { field: 'countersigner', words: NO_KEY }
  if (theirs && !countersignature)
    return {
      field: 'countersigner',
      words: 'Choose the countersignature that is to be theirs, or leave this empty.',
    }
  const second = countersignature && { file: countersignature, ...(theirs && { keys: theirs }) }
  return { file, ...(keys && { keys }), ...(second && { countersignature: second }) }
}

export function useCheck() {
  const running = useRef<AbortController>(undefined)
  const [state, setState] = useState<State>({ is: 'asking' })

  const check = async (given: Given) => {
    const question = asked(given)
    if ('field' in question) return setState({ is: 'asking', wrong: question })
    const { file, ...expected } = question
    const { name } = file
    const controller = new AbortController()
    running.current = controller
    setState({ is: 'reading', name, read: 0, of: 1 })
    announce(`Checking ${name}`)
    const answer = await checkPack(file, {
      ...expected,
      signal: controller.signal,
      onProgress: (read, of) => setState((now) => (now.is === 'reading' ? { ...now, read, of } : now)),
    })
    if ('ended' in answer) return
    if ('refused' in answer) return setState({ is: 'asking', failed: answer.refused })
    setState({ is: 'done', name, ...answer })
    const also = answer.countersigned ? `. ${countersignedHeadline(answer.countersigned).title}` : ''
    announce(`${headline(answer.checked).title}${also}`)
  }
  const stop = () => {
    running.current?.abort()
    setState({ is: 'asking' })
    announce('Stopped')
  }
  return { state, check, stop }
}

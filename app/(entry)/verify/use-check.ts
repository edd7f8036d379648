'use client'
// The course of a check: what is wrong with what was asked, how far it is, and what came of it.
import { useRef, useState } from 'react'
import { keysIn } from '@/evidence/verify/expected-key'
import type { Checked } from '@/evidence/verify/verify-pack'
import { announce } from '@/app/_ui/announce'
import { checkPack } from './check-pack'
import { headline } from './outcome-words'

type Refused = { field: 'pack' | 'key'; words: string }
type State =
  | { is: 'asking'; wrong?: Refused; failed?: string }
  | { is: 'reading'; name: string; read: number; of: number }
  | { is: 'done'; name: string; checked: Checked }

/** What can be checked, or what is wrong with it. */
function asked(files: readonly File[], text: string): { file: File; keys?: readonly string[] } | Refused {
  const [file, ...others] = files
  if (!file) return { field: 'pack', words: 'Choose a pack first.' }
  if (others.length) return { field: 'pack', words: 'Check one pack at a time.' }
  if (!text.trim()) return { file }
  const keys = keysIn(text)
  return keys ? { file, keys } : { field: 'key', words: 'This is no Ed25519 public key, in hex or as PEM.' }
}

export function useCheck() {
  const running = useRef<AbortController>(undefined)
  const [state, setState] = useState<State>({ is: 'asking' })

  const check = async (files: readonly File[], text: string) => {
    const question = asked(files, text)
    if ('field' in question) return setState({ is: 'asking', wrong: question })
    const { name } = question.file
    const controller = new AbortController()
    running.current = controller
    setState({ is: 'reading', name, read: 0, of: 1 })
    announce(`Checking ${name}`)
    const answer = await checkPack(question.file, {
      ...(question.keys && { keys: question.keys }),
      signal: controller.signal,
      onProgress: (read, of) => setState((now) => (now.is === 'reading' ? { ...now, read, of } : now)),
    })
    if ('ended' in answer) return
    if ('refused' in answer) return setState({ is: 'asking', failed: answer.refused })
    setState({ is: 'done', name, checked: answer.checked })
    announce(headline(answer.checked).title)
  }
  const stop = () => {
    running.current?.abort()
    setState({ is: 'asking' })
    announce('Stopped')
  }
  return { state, check, stop }
}

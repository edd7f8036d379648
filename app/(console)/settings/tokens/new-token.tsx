'use client'
// A token that was just made: the only time it is shown.
import { useEffect, useRef } from 'react'
import { useForm } from '@/app/_form/action-form'
import { CopyButton } from '@/app/_ui/copy-button'

export function NewToken() {
  const { state } = useForm()
  const token = state.result as string | undefined
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [token])
  if (!token) return null
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="group"
      aria-label="New token"
      className="rounded-lg border border-ok bg-surface p-3 focus:outline-none"
    >
      <p className="font-medium">Copy it now: it is not shown again.</p>
      <p className="mt-1 flex items-center gap-2">
        <code className="font-mono text-caption break-all">{token}</code>
        <CopyButton text={token} what="token" label="Copy" />
      </p>
    </div>
  )
}

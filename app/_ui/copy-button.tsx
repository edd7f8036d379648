'use client'
// Copies a text and says so to everyone, also to those who cannot see the tick.
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { announce } from './announce'

const SHOWN_MS = 1500

export function CopyButton({ text, what, label }: { text: string; what: string; label?: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    announce(`Copied ${what}`)
    setCopied(true)
    setTimeout(() => setCopied(false), SHOWN_MS)
  }
  const Icon = copied ? Check : Copy
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
      className="inline-flex h-6 min-w-6 shrink-0 items-center justify-center gap-1 rounded-sm px-1 align-middle text-caption text-muted hover:bg-hover hover:text-ink print:hidden"
    >
      <Icon size={14} aria-hidden />
      {label}
    </button>
  )
}

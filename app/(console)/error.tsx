'use client'
// Something broke on our side: what to do, and the id under which it is in the server's log.
import { useEffect, useRef } from 'react'
import { Button, ButtonLink } from '@/app/_ui/button'
import { CopyButton } from '@/app/_ui/copy-button'

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="max-w-[60ch]">
      <h1 ref={heading} tabIndex={-1} className="text-title focus:outline-none">
        This page could not be made
      </h1>
      <p className="mt-2 text-prose text-muted">
        The fault is on our side, not in what you did. Nothing was changed. Try again; if it stays, give the
        id below to whoever runs this installation: the server has logged the cause under it.
      </p>
      {digest && (
        <p className="mt-3 flex items-center gap-1">
          Request id <code className="font-mono">{digest}</code>{' '}
          <CopyButton text={digest} what="request id" />
        </p>
      )}
      <div className="mt-4 flex gap-2">
        <Button look="primary" onClick={retry}>
          Try again
        </Button>
        <ButtonLink href="/">Home</ButtonLink>
      </div>
    </div>
  )
}

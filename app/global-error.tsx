'use client'
// The last resort, when not even the frame of the page could be made. Brings its own document and no styles.
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined
  return (
    <html lang="en">
      <body>
        <title>Rollcall: this page could not be made</title>
        <h1>This page could not be made</h1>
        <p>The fault is on our side. The server has logged the cause{digest ? ` under ${digest}` : ''}.</p>
        <button type="button" onClick={retry}>
          Try again
        </button>
      </body>
    </html>
  )
}

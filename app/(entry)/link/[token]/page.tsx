// What a link in a mail leads to: a page that says the same to everybody, and does nothing until the button is pressed. Mail
// programs look at links by themselves.
import type { Metadata } from 'next'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { Panel } from '@/app/_ui/section'
import { again, open } from './open'

export const metadata: Metadata = {
  title: 'Your review',
  referrer: 'no-referrer',
  robots: { index: false, follow: false },
}

export default function LinkPage() {
  return (
    <Panel className="w-full max-w-120 p-6">
      <h1 className="text-title">Your review</h1>
      <p className="mt-2 text-muted">
        Somebody asks you to decide about identities of machines that you know. The link works once, and for
        half an hour after that. Nothing was decided by opening this page.
      </p>
      <ActionForm action={open} label="Open" className="mt-4">
        <Submit busy="Opening…">Open what I am asked</Submit>
      </ActionForm>
      <p className="mt-6 text-caption text-muted">
        It does not open? A new link goes to your mailbox, and the old one opens nothing any more.
      </p>
      <ActionForm action={again} label="Ask for another link" className="mt-2">
        <Submit busy="Asking…" look="plain">
          Send me a new link
        </Submit>
      </ActionForm>
    </Panel>
  )
}

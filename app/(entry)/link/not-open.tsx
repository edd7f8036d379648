// What whoever has no link open is told, whatever the reason.
import { Panel } from '@/app/_ui/section'

export function NotOpen() {
  return (
    <Panel className="w-full max-w-120 p-6">
      <h1 className="text-title">Nothing is open</h1>
      <p className="mt-2 text-muted">
        Open the link in your mail. It works once, and for half an hour after that; there is a button for a
        new one on its page.
      </p>
    </Panel>
  )
}

// Loaded into what a start runs (node --import): ends it when the start is gone, even by kill -9, so that ports, jobs and
// folders are free for the next one. The channel between the two closes in any case.
import { isMainThread } from 'node:worker_threads'

const patience = Number(new URL(import.meta.url).searchParams.get('patience') ?? 8000)
// Programs that they start load this too, but answer to them: their channel is not ours to touch.
const parent = Number(process.env.ROLLCALL_PARENT)
const isOurChild = parent === process.ppid

// A start that was ended before this was loaded closes no channel any more.
if (isMainThread && parent && isGone(parent)) process.exit(1)

if (isMainThread && isOurChild && process.channel) {
  process.on('disconnect', () => {
    if (!patience) process.kill(process.pid, 'SIGKILL')
    setTimeout(() => process.exit(1), patience).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  process.channel.unref() // a listener alone would keep the program running
}

function isGone(pid) {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    // EPERM: it is there, and another user's.
    return error.code === 'ESRCH'
  }
}

// Ctrl-C and its relatives: the first asks for an orderly stop, the second forces one.
import fs from 'node:fs'
import { stopTools } from '../setup/tool.mjs'

const PARENT_CHECK_MS = 1000
const ECHO_MS = 800 // npm passes on the Ctrl-C that the terminal has sent to this process already

/** This process' parent and the parent of that: npm runs scripts through a shell. */
function ancestors() {
  try {
    const text = fs.readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    return `${process.ppid} ${text.slice(text.lastIndexOf(')') + 2).split(' ')[1]}`
  } catch {
    return String(process.ppid) // no /proc on this system
  }
}

/** Calls `onStop` once for SIGINT, SIGTERM, SIGHUP or the loss of npm, and `onForce` for the next signal. */
export function onShutdown(onStop, onForce) {
  let asked = 0
  const ask = () => {
    if (asked && Date.now() - asked < ECHO_MS) return
    const again = asked > 0
    asked = Date.now()
    stopTools()
    if (again) onForce()
    else onStop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, ask)
  if (!process.env.npm_lifecycle_event) return
  // npm killed with -9 cannot pass anything on; what it started must not stay behind unseen.
  const before = ancestors()
  const watch = setInterval(() => {
    if (ancestors() === before) return
    clearInterval(watch)
    if (!asked) ask()
  }, PARENT_CHECK_MS)
  watch.unref()
}

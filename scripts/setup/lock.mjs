// Lock files that name their process. A process is known by pid and start time: after a crash, or in a container where
// pids start over, another program may have the same pid.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const GONE = ['Z', 'X'] // killed, but not yet collected by its parent

function startTime(pid) {
  if (process.platform === 'win32') return ''
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return GONE.includes(fields[0]) ? undefined : fields[19]
  } catch {
    if (process.platform === 'linux') return undefined
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim()
  }
}

export const myself = (extra) => JSON.stringify({ pid: process.pid, start: startTime(process.pid), ...extra })

/** Who holds the file, if that process still lives. */
export function holder(file) {
  try {
    const held = JSON.parse(fs.readFileSync(file, 'utf8'))
    const start = isAlive(held.pid) ? startTime(held.pid) : undefined
    return start !== undefined && start === held.start ? held : undefined
  } catch {
    return undefined
  }
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Takes the lock, or returns the living process that has it. */
export function take(file, extra) {
  const mine = `${file}.${process.pid}`
  fs.writeFileSync(mine, myself(extra), { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        fs.linkSync(mine, file) // fails when it exists, and shows the whole content at once when it does not
        return undefined
      } catch (error) {
        if (error.code !== 'EEXIST') throw error
        const other = holder(file)
        if (other) return other
        fs.rmSync(file, { force: true })
      }
    }
    return holder(file) ?? { pid: 0 }
  } finally {
    fs.rmSync(mine, { force: true })
  }
}

export function release(file) {
  if (holder(file)?.pid === process.pid) fs.rmSync(file, { force: true })
}

/** Runs `job` while no other process runs one under the same lock; `onWait` is called once if it has to wait. */
export async function exclusively(file, job, onWait = () => {}) {
  let waited = false
  for (let other; (other = take(file)); await sleep(200)) {
    if (!waited) onWait(other)
    waited = true
  }
  try {
    return await job()
  } finally {
    release(file)
  }
}

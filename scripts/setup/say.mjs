// Progress for the person at the terminal. On standard output, unless a command's own output belongs there.
let stream = process.stdout

export const say = (line) => void stream.write(`${line}\n`)

export function sayOnStandardError() {
  stream = process.stderr
}

export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`

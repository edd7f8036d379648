// Where the web server listens. This is the one place that decides it: 127.0.0.1 unless HOST says otherwise (0.0.0.0 for
// all interfaces, as in a container), port 3000 unless PORT does.
import { Failure } from '../setup/failure.mjs'
import { freePort, obstacle } from '../setup/port.mjs'
import { say } from '../setup/say.mjs'

function wishedPort(text = '3000') {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new Failure(
    `PORT=${text} is not a port number.`,
    'Use a number from 1 to 65535, for example PORT=3000.',
  )
}

/** @param {Record<string, string | undefined>} env */
export async function whereToListen(env = process.env) {
  const wished = wishedPort(env.PORT || undefined)
  const host = env.HOST || '127.0.0.1'
  const error = await obstacle(wished, host)
  if (!error) return { host, port: wished }
  if (error.code === 'EACCES')
    throw new Failure(
      `This user may not listen on port ${wished}.`,
      'Use a port from 1024 up, for example PORT=3000.',
    )
  if (error.code !== 'EADDRINUSE')
    throw new Failure(
      `HOST=${host} is not an address of this machine (${error.code}).`,
      'Unset HOST to listen on 127.0.0.1 only, or use HOST=0.0.0.0 for all interfaces.',
    )
  const port = await freePort(wished + 1, host)
  say(`Port ${wished} is taken by another program; using ${port} instead (PORT chooses another)`)
  return { host, port }
}

/** Where this machine reaches a server that listens on `host`. */
export const loopback = (host) => (['0.0.0.0', '::', '127.0.0.1'].includes(host) ? '127.0.0.1' : host)

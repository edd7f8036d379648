// Free ports on the loopback interface.
import net from 'node:net'

function canListen(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', (error) => resolve({ error }))
    server.listen({ port, host, exclusive: true }, () => {
      const { port: got } = server.address()
      server.close(() => resolve({ port: got }))
    })
  })
}

/** Why nothing can listen there, or undefined. A machine without IPv6 has nobody on ::1 either. */
export async function obstacle(port, host) {
  const { error } = await canListen(port, host)
  if (error || host !== '127.0.0.1') return error
  const six = await canListen(port, '::1') // a browser tries ::1 first for "localhost"
  return six.error?.code === 'EADDRINUSE' ? six.error : undefined
}

/** The first free one of `wished` and the ports after it, else any. */
export async function freePort(wished, host = '127.0.0.1') {
  for (let port = wished; port < Math.min(wished + 50, 65_536); port++)
    if (!(await obstacle(port, host))) return port
  return (await canListen(0, host)).port
}

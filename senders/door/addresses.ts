// Which addresses of a network nothing is sent to: whoever may add a webhook must not come to reach what only this machine can.
import { BlockList, isIP, isIPv4 } from 'node:net'

type Range = readonly [network: string, prefix: number]

function listOf(four: readonly Range[], six: readonly Range[]): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of four) list.addSubnet(network, prefix, 'ipv4')
  for (const [network, prefix] of six) list.addSubnet(network, prefix, 'ipv6')
  return list
}

/** Where machines are told about themselves and their credentials: link-local, and what providers use besides. */
const METADATA = listOf(
  [
    ['169.254.0.0', 16],
    ['168.63.129.16', 32],
    ['100.100.100.200', 32],
    ['192.0.0.0', 24],
  ],
  [
    ['fe80::', 10],
    ['fd00:ec2::254', 128],
    ['fd20:ce::254', 128],
  ],
)
/** No single machine: unspecified, multicast, reserved, and tunnels that hide where they lead. */
const NOWHERE = listOf(
  [
    ['0.0.0.0', 8],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
  [
    ['::', 128],
    ['ff00::', 8],
    ['2001::', 32],
  ],
)
const PRIVATE = listOf(
  [
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
  ],
  [
    ['::1', 128],
    ['fc00::', 7],
    ['fec0::', 10],
    ['64:ff9b:1::', 48],
  ],
)

/** The 16 bytes of an IPv6 address. */
function bytesOf(address: string): number[] {
  const plain = address.replace(
    /(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
    (_, a: string, b: string, c: string, d: string) =>
      [256 * Number(a) + Number(b), 256 * Number(c) + Number(d)].map((n) => n.toString(16)).join(':'),
  )
  const [head = '', tail] = plain.split('::')
  const words = (text: string) => (text ? text.split(':').map((word) => Number.parseInt(word, 16)) : [])
  const [before, after] = [words(head), tail === undefined ? [] : words(tail)]
  const zeros = Array<number>(8 - before.length - after.length).fill(0)
  return [...before, ...zeros, ...after].flatMap((word) => [word >> 8, word & 255])
}

/** Beginnings of IPv6 addresses that stand for an IPv4 address, and where in them it is. */
const CARRIERS: readonly [begin: readonly number[], at: number][] = [
  [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255], 12],
  [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 12],
  [[0, 100, 255, 155, 0, 0, 0, 0, 0, 0, 0, 0], 12],
  [[32, 2], 2],
]

/** The IPv4 address that an IPv6 address stands for. */
function carried(address: string): string | undefined {
  const bytes = bytesOf(address)
  const found = CARRIERS.find(([begin]) => begin.every((byte, place) => bytes[place] === byte))
  return found && bytes.slice(found[1], found[1] + 4).join('.')
}

/**
 * Why nothing is sent to this address, in words; undefined where it may be.
 * @param address an IP address, without brackets
 * @param allowed whether private networks may be reached; where machines are told about themselves is refused all the same
 */
export function whyNotTo(address: string, allowed: { privateNetworks: boolean }): string | undefined {
  const bare = address.replace(/%.*$/, '')
  if (!isIP(bare)) return 'it is no address'
  const family = isIPv4(bare) ? 'ipv4' : 'ipv6'
  if (METADATA.check(bare, family))
    return 'it is a link-local or metadata address, where a machine is told its own credentials'
  const inside = family === 'ipv6' && bare !== '::1' && bare !== '::' ? carried(bare) : undefined
  if (inside !== undefined) return whyNotTo(inside, allowed)
  if (NOWHERE.check(bare, family)) return 'it is no address of a single machine'
  if (!allowed.privateNetworks && PRIVATE.check(bare, family))
    return 'it is in a private network or this machine itself; an administrator can allow private networks for this channel'
  return undefined
}

// Addresses in every spelling: what is refused is refused however it is written.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { whyNotTo } from './addresses'

const closed = { privateNetworks: false }
const open = { privateNetworks: true }

test.each([
  '169.254.169.254',
  '169.254.170.2',
  'fe80::1',
  'fe80::1%eth0',
  'fd00:ec2::254',
  'fd20:ce::254',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  '::a9fe:a9fe',
  '168.63.129.16',
  '100.100.100.200',
  '0.0.0.0',
  '::',
  '255.255.255.255',
  '224.0.0.1',
  'ff02::1',
  '2001:0:53aa:64c:0:fbfd:5601:5601',
  'not an address',
])('%s is never sent to', (address) => {
  expect(whyNotTo(address, closed)).toBeTruthy()
  expect(whyNotTo(address, open)).toBeTruthy()
})

test.each([
  '127.0.0.1',
  '127.8.9.1',
  '::1',
  '10.0.0.8',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  'fd12:3456::1',
  '::ffff:10.0.0.8',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '2002:c0a8:101::',
])('%s is, where private networks are allowed', (address) => {
  expect(whyNotTo(address, closed)).toContain('private')
  expect(whyNotTo(address, open)).toBeUndefined()
})

test.each(['93.184.216.34', '172.32.0.1', '2606:2800:220:1::1', '64:ff9b::5db8:d822', '2002:5db8:d822::'])(
  '%s is in the open',
  (address) => expect(whyNotTo(address, closed)).toBeUndefined(),
)

test('an IPv4 address is judged alike in every form that carries it', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.boolean(), (address, privateNetworks) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
      const hex = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
      const plain = whyNotTo(address, { privateNetworks })
      const forms = [`::ffff:${address}`, `::ffff:${hex}`, `64:ff9b::${hex}`, `2002:${hex}::5`]
      expect(forms.map((form) => whyNotTo(form, { privateNetworks }))).toEqual(forms.map(() => plain))
    }),
  )
})

import { BlockList, isIP } from 'node:net'

/** Whether it is an address of the open internet: nothing of this machine, its network or its host (a cloud's metadata, say). The IANA's special-purpose registries (RFC 6890) say which are not. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !reserved.check(address, 'ipv4')
  // Of IPv6 only what is given out to anybody at all; what carries an address of IPv4 within (6to4, Teredo, mapped) is not.
  return isIP(address) === 6 && given.check(address, 'ipv6') && !reserved.check(address, 'ipv6')
}

const given = new BlockList()
given.addSubnet('2000::', 3, 'ipv6')

const reserved = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3], // multicast, reserved, broadcast
] as const)
  reserved.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  reserved.addSubnet(network, bits, 'ipv6')

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isPublic } from '../public-address.ts'
import { isEndpoint, openInternet } from '../way-out.ts'

describe('an address of the open internet is', () => {
  for (const address of ['142.250.74.106', '17.188.166.6', '34.117.65.55', '2a00:1450:4001:82b::200a', '2620:149:208::1'])
    test(address, () => assert.equal(isPublic(address), true))
})

describe('nobody is sent to', () => {
  for (const address of [
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '169.254.169.254', // where a cloud keeps its machines' secrets
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.7',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2001:db8::1',
    '2001::1', // Teredo
    '2002:7f00:1::', // 6to4
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    'localhost',
    '',
  ])
    test(address || 'nothing', () => assert.equal(isPublic(address), false))
})

describe('no endpoint is', () => {
  for (const endpoint of [
    'http://push.example.test/x',
    'https://push.example.test:8443/x',
    'https://user:word@push.example.test/x',
    'https://127.0.0.1/x',
    'https://2130706433/x', // 127.0.0.1 as one number
    'https://0x7f.1/x',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://[fd00::1]/x',
    'ftp://push.example.test/x',
    'javascript:alert(1)',
    'push.example.test/x',
    '',
    'https://1.1.1.1/x', // also of the open internet
    'https://1.1.1.1./',
    'https://1.1.1.1../',
    'https://16843009/',
    'https://[2606:4700:4700::1111]/',
    'https://./x',
    ' https://push.example.test/x',
    'https://push.example.test/x y',
    'https://push.example.test/x\t',
    'https://push.example.test/x\n',
    'https://push.exa\tmple.test/x',
    'https://push.example.test/ü',
    'https://püsh.example.test/x',
    'HTTPS://push.example.test/x',
    'https:\\\\push.example.test\\x',
    'https:push.example.test/x',
    'https:/push.example.test/x',
  ])
    test(endpoint || 'nothing', () => assert.equal(isEndpoint(endpoint, openInternet), false))
})

test('an endpoint is an address of https at a name', () => {
  for (const name of ['fcm.googleapis.com', 'fcm.googleapis.com.', '1.1.1.1.example.test'])
    assert.equal(isEndpoint(`https://${name}/fcm/send/c9w:APA91b`, openInternet), true, name)
})

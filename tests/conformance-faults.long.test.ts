import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { root } from '#platform/configuration/environment.ts'
import { conformance } from './conformance/conformance.ts'
import { type Proofs, proofs } from './conformance/proofs.ts'
import { parse, readSeeds, type Seed } from './conformance/seed.ts'
import { plantable } from './planted.ts'

const { planted } = await plantable({ demo: false })
const seeds = readSeeds()

// What never finds anything proves nothing.
describe('the comparison with the seeds finds', () => {
  const changed = (file: string, from: string, to: string): Seed[] => {
    const text = readFileSync(path.join(root, 'docs/seeds', file), 'utf8')
    assert.ok(text.includes(from), `${file} does not say "${from}"`)
    return seeds.map((seed) => (seed.file === file ? parse(file, text.replace(from, to)) : seed))
  }
  const faults: Record<string, { sql?: string; of?: () => Seed[]; by?: Proofs; says: RegExp }> = {
    'a table that is not there': {
      sql: 'drop table care.message_attachments cascade',
      says: /^care\.message_attachments: there is no such table/,
    },
    'a column that is not': {
      sql: 'alter table care.profiles rename phone to telephone',
      says: /^care\.profiles\.phone: there is no such column/,
    },
    'another type': {
      sql: 'alter table care.message_attachments alter file_size type integer',
      says: /^care\.message_attachments\.file_size is bigint: is integer/,
    },
    'another length': {
      sql: 'alter table speaking.audit_logs alter ip_address type varchar(40)',
      says: /^speaking\.audit_logs\.ip_address is character varying\(50\): is character varying\(40\)/,
    },
    'a null that may not be, or must': {
      sql: 'alter table care.conversations alter last_message_at set not null',
      says: /^care\.conversations\.last_message_at may be null: yes: is no/,
    },
    'another default': {
      sql: `alter table care.video_calls alter provider set default 'jitsi'`,
      says: /^care\.video_calls\.provider has the default 'daily'::text: is 'jitsi'::text/,
    },
    'a default where there is none': {
      sql: `alter table care.profiles alter address set default ''`,
      says: /^care\.profiles\.address has the default none: is ''::text/,
    },
    'a foreign key that is gone': {
      sql: 'alter table care.messages drop constraint messages_sender_id_fkey',
      says: /^care\.messages\.sender_id references care\.profiles\(id\): refers to nothing/,
    },
    'one that deletes otherwise': {
      sql: `alter table interviews.cv_uploads drop constraint cv_uploads_user_id_fkey, add constraint cv_uploads_user_id_fkey foreign key (user_id) references auth.users`,
      says: /^interviews\.cv_uploads\.user_id references auth\.users\(id\) on delete cascade: does no action on delete/,
    },
    'an index that is gone': {
      sql: 'drop index care.video_calls_status_idx',
      says: /^care\.video_calls: index video_calls_status_idx \(status\): has no such index/,
    },
    'an index of other columns': {
      sql: 'drop index care.video_calls_conversation_created_idx; create index video_calls_conversation_created_idx on care.video_calls (conversation_id, created_at)',
      says: /^care\.video_calls: index video_calls_conversation_created_idx/,
    },
    'a check with another word': {
      sql: `alter table care.messages drop constraint message_type_is_known, add constraint message_type_is_known check (message_type in ('text', 'file', 'mixed', 'system', 'sound'))`,
      says: /^care\.messages: check unnamed \(message_type\): no constraint says so/,
    },
    'a trigger that is gone': {
      sql: 'drop trigger update_video_calls_updated_at on care.video_calls',
      says: /^care\.video_calls: trigger update_video_calls_updated_at/,
    },
    'an enum with another word': {
      sql: `alter type mentoring.app_role rename value 'mentee' to 'student'`,
      says: /^mentoring\.app_role: is mentor, student/,
    },
    'a view that is none': { sql: 'drop view mentoring.leaderboard cascade', says: /^mentoring\.leaderboard: is not a view/ },
    'a function with other arguments': {
      of: () => changed('mentoring.md', 'mentor_id unsaid, from unsaid', 'mentor unsaid, from unsaid'),
      says: /^mentoring\.get_mentor_busy: takes mentor_id/,
    },
    'a policy that is gone': {
      sql: 'drop policy "people appear here" on practice.profiles',
      says: /^practice\.profiles: the person may insert: no policy lets authenticated insert/,
    },
    'a departure that is gone': {
      of: () => changed('care.md', '| confirmed_at | a column like any other', '| phone | a column like any other'),
      says: /^auth\.users\.confirmed_at has the default none: is generated/,
    },
    'a departure that nobody has proven': {
      of: () => changed('care.md', '| confirmed_at | a column like any other', '| confirmed_at, phone | a column like any other'),
      says: /^auth\.users: departure confirmed_at, phone: .*: nobody has written a proof of it/,
    },
    'a departure that does not hold': {
      sql: 'alter table care.messages drop constraint message_sent_once',
      says: /^care\.messages: departure new: `client_id`, unique for each sender.*: the database does not say yes/,
    },
    'a proof of what no seed says': {
      by: { ...proofs, 'care.messages': { ...proofs['care.messages'], 'note (body)': 'true' } },
      says: /^care\.messages \| note \(body\): .* proves what no seed says/,
    },
    'a test that is not there': {
      by: {
        ...proofs,
        'practice.cases': {
          ...proofs['practice.cases'],
          'note (id)': { test: 'tests/conformance.test.ts', says: ['nobody', 'says so'].join(' ') },
        },
      },
      says: /^practice\.cases: note \(id\): .*: tests\/conformance\.test\.ts has no test "nobody says so"/,
    },
  }
  for (const [fault, { sql = '', of = () => seeds, by = proofs, says }] of Object.entries(faults))
    test(fault, async () => {
      const { findings } = await planted(sql, (owner) => conformance(owner, of(), by))
      assert.ok(
        findings.some((finding) => says.test(finding)),
        findings.join('\n') || 'nothing',
      )
    })
})
